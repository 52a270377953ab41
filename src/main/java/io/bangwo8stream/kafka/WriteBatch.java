package io.bangwo8stream.kafka;

import io.bangwo8stream.change.RecordState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What one transaction writes: events, dead letters, and the states that say so. */
public final class WriteBatch {

    private final List<Outgoing> records = new ArrayList<>();
    private final Map<String, RecordState> states = new HashMap<>();
    private Map<String, LocalDate> cursor;

    /**
     * A Kafka record, and what it was made from.
     *
     * @param origin what is to be told when the record is too large for the broker, or {@code null}
     */
    record Outgoing(ProducerRecord<String, byte[]> record, TooLarge origin) {}

    /** Takes note that a record was too large. */
    public interface TooLarge {
        void tooLarge(int bytes);
    }

    /** A batch that says only how far each source is backfilled. */
    static WriteBatch ofCursor(Map<String, LocalDate> cursor) {
        WriteBatch batch = new WriteBatch();
        batch.cursor = Map.copyOf(cursor);
        return batch;
    }

    public void add(ProducerRecord<String, byte[]> record, TooLarge origin) {
        records.add(new Outgoing(record, origin));
    }

    public void storeState(String id, RecordState state) {
        states.put(id, state);
    }

    /** Leaves a tombstone in the place of a record's state. */
    public void removeState(String id) {
        states.put(id, null);
    }

    List<Outgoing> records() {
        return records;
    }

    Map<String, RecordState> states() {
        return states;
    }

    Optional<Map<String, LocalDate>> cursor() {
        return Optional.ofNullable(cursor);
    }

    boolean isEmpty() {
        return records.isEmpty() && states.isEmpty() && cursor == null;
    }
}
