package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.RecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one transaction writes: events, dead letters, and the states that record them. */
public final class WriteBatch {

    private final List<Outgoing> records = new ArrayList<>();
    private final Map<String, RecordState> states = new HashMap<>();
    private final Map<String, RecordState.Chain> forgotten = new HashMap<>();
    private Map<String, DaySet> scannedDays;
    private Map<String, String> labels = Map.of();
    private final Map<String, JsonNode> notes = new HashMap<>();

    /**
     * A Kafka record and its handler.
     *
     * @param tooLargeHandler called when the record is too large for the broker, or {@code null}
     */
    record Outgoing(OutgoingRecord record, TooLargeHandler tooLargeHandler) {}

    /** Handles a record that is too large for the broker, before the decision is re-evaluated. */
    public interface TooLargeHandler {
        void onTooLarge(int bytes);
    }

    /** A batch that contains only the days that each source has scanned. */
    static WriteBatch ofScannedDays(Map<String, DaySet> scannedDays) {
        WriteBatch batch = new WriteBatch();
        batch.storeScannedDays(scannedDays);
        return batch;
    }

    /** Stores the days that each source has scanned. */
    void storeScannedDays(Map<String, DaySet> days) {
        scannedDays = Map.copyOf(days);
    }

    public void add(OutgoingRecord record, TooLargeHandler tooLargeHandler) {
        records.add(new Outgoing(record, tooLargeHandler));
    }

    public void storeState(String id, RecordState state) {
        forgotten.remove(id);
        states.put(id, state);
    }

    /** Stores a state unless this batch stores another one of the record. */
    public void storeIfAbsent(String id, RecordState state) {
        if (!forgotten.containsKey(id)) {
            states.putIfAbsent(id, state);
        }
    }

    /**
     * Removes the state of a record, except for the ids of its last events: the next event of the record continues them.
     *
     * @param last where its next events continue
     */
    public void forget(String id, RecordState.Chain last) {
        states.remove(id);
        forgotten.put(id, last.withoutParts());
    }

    /** Stores a note of the stream; with {@code null}, removes it. */
    public void storeNote(String name, JsonNode value) {
        notes.put(name, value);
    }

    /** Adds the labels, by key, that the events of this batch may contain. */
    void storeLabels(Map<String, String> all) {
        labels = all;
    }

    List<Outgoing> records() {
        return records;
    }

    Map<String, RecordState> states() {
        return states;
    }

    Map<String, RecordState.Chain> forgotten() {
        return forgotten;
    }

    Optional<Map<String, DaySet>> scannedDays() {
        return Optional.ofNullable(scannedDays);
    }

    Map<String, String> labels() {
        return labels;
    }

    Map<String, JsonNode> notes() {
        return notes;
    }

    /** Bytes of all keys, values and headers; a decision that leaves something out is smaller. */
    long size() {
        return records.stream().mapToLong(outgoing -> outgoing.record().size()).sum();
    }

    boolean isEmpty() {
        return records.isEmpty()
                && states.isEmpty()
                && forgotten.isEmpty()
                && scannedDays == null
                && labels.isEmpty()
                && notes.isEmpty();
    }
}
