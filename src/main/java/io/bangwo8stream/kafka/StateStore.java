package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.StateJson;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.text.SafeText;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The contents of the state topic for one stream: a {@link RecordState} under {@code {tenant}/{stream}/{record id}},
 * and under {@code {tenant}/{stream}} the days that each source has scanned to their end.
 */
final class StateStore {

    private static final Logger LOG = Logger.getLogger(StateStore.class);

    private final String progressKey;
    private final Map<String, StoredState> records = new ConcurrentHashMap<>();
    private final Map<String, StoredGone> gone = new ConcurrentHashMap<>();
    private volatile Map<String, DaySet> scannedDays = Map.of();

    /**
     * A state and its place among the states of its record.
     *
     * @param sequence grows with each stored state of the record since its last tombstone; 0 when it was not written
     */
    private record StoredState(RecordState state, int sequence) {}

    /** What remains of a record that was deleted or forgotten. */
    private record StoredGone(RecordState.Chain last, int sequence) {}

    StateStore(String tenant, String stream) {
        this.progressKey = tenant + "/" + stream;
    }

    RecordState get(String id) {
        StoredState stored = records.get(id);
        return stored == null ? null : stored.state();
    }

    /** Applies what a transaction has written. */
    void put(WriteBatch committed) {
        committed.states().forEach((id, state) -> {
            records.put(id, new StoredState(state, nextSequence(id)));
            gone.remove(id);
        });
        committed.forgotten().forEach((id, last) -> {
            putGone(id, new StoredGone(last, nextSequence(id)));
            records.remove(id);
        });
        committed.scannedDays().ifPresent(written -> scannedDays = written);
    }

    /** Where the events of a record without a state continue its earlier ones. */
    RecordState.Chain lastEvents(String id) {
        StoredGone stored = gone.get(id);
        return stored == null ? RecordState.Chain.EMPTY : stored.last();
    }

    private void putGone(String id, StoredGone stored) {
        if (stored.last().equals(RecordState.Chain.EMPTY)) {
            gone.remove(id);
        } else {
            gone.put(id, stored);
        }
    }

    /** The states of the records that were created from the first to the last day, by record id. */
    Map<String, RecordState> createdBetween(LocalDate first, LocalDate last) {
        Map<String, RecordState> states = new HashMap<>();
        records.forEach((id, stored) -> {
            long day = stored.state().day();
            if (day >= first.toEpochDay() && day <= last.toEpochDay()) {
                states.put(id, stored.state());
            }
        });
        return states;
    }

    int size() {
        return records.size();
    }

    /** The days that each source has scanned to their end, by source. */
    Map<String, DaySet> scannedDays() {
        return scannedDays;
    }

    /** Days of creation of the records that are open, wait for a revisit, or could not be published; sorted. */
    SortedSet<LocalDate> pendingDays() {
        return records.values().stream()
                .map(StoredState::state)
                .filter(RecordState::isPending)
                .mapToInt(RecordState::day)
                .distinct()
                .mapToObj(LocalDate::ofEpochDay)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    void clear() {
        records.clear();
        gone.clear();
        scannedDays = Map.of();
    }

    /**
     * Applies a record of the state topic; ignores a state that is older than the one of the same record that was
     * applied before.
     *
     * @return whether the key belongs to this stream and tenant
     */
    boolean apply(String key, byte[] value) {
        if (key.equals(progressKey)) {
            scannedDays = value == null
                    ? Map.of()
                    : read(key, value, StateStore::readScannedDays).orElse(Map.of());
            return true;
        }
        if (key.startsWith(progressKey) && key.charAt(progressKey.length()) == '/') {
            String id = key.substring(progressKey.length() + 1);
            if (value == null) {
                records.remove(id);
                gone.remove(id);
            } else {
                read(key, value, json -> json).ifPresent(json -> applyState(id, key, json));
            }
            return true;
        }
        return false;
    }

    private void applyState(String id, String key, JsonNode json) {
        try {
            int sequence = json.path(StateJson.SEQUENCE).asInt();
            if (sequence < nextSequence(id) - 1) {
                return;
            }
            if (StateJson.isGone(json)) {
                records.remove(id);
                putGone(id, new StoredGone(StateJson.readGone(json), sequence));
            } else {
                records.put(id, new StoredState(StateJson.read(json), sequence));
                gone.remove(id);
            }
        } catch (RuntimeException unreadable) {
            LOG.warnf("unreadable-state key=%s reason=%s", key, unreadable.getMessage());
        }
    }

    private int nextSequence(String id) {
        StoredState stored = records.get(id);
        if (stored != null) {
            return stored.sequence() + 1;
        }
        StoredGone last = gone.get(id);
        return last == null ? 1 : last.sequence() + 1;
    }

    /** The value of the next state of the record {@code id} in the topic: its JSON with its sequence. */
    byte[] write(String id, RecordState state) {
        return StateJson.write(state, nextSequence(id));
    }

    /** The value that remains of a record that is gone; none where no event would continue another. */
    byte[] writeGone(String id, RecordState.Chain last) {
        return last.equals(RecordState.Chain.EMPTY) ? null : StateJson.writeGone(last, nextSequence(id));
    }

    String key(String id) {
        return progressKey + "/" + id;
    }

    String progressKey() {
        return progressKey;
    }

    static byte[] writeScannedDays(Map<String, DaySet> scannedDays) {
        var json = LenientJson.object();
        new TreeMap<>(scannedDays).forEach((source, days) -> json.put(source, days.toString()));
        return LenientJson.write(json);
    }

    private static Map<String, DaySet> readScannedDays(JsonNode json) {
        Map<String, DaySet> scannedDays = new TreeMap<>();
        json.properties()
                .forEach(entry -> scannedDays.put(
                        entry.getKey(), DaySet.parse(entry.getValue().asText())));
        return Map.copyOf(scannedDays);
    }

    /** Reads a value; an unreadable one is logged and ignored, so that it does not stop the scans of the stream. */
    private static <T> Optional<T> read(String key, byte[] value, Function<JsonNode, T> reader) {
        try {
            return Optional.of(reader.apply(LenientJson.read(value)));
        } catch (UnreadableJsonException | RuntimeException unreadable) {
            LOG.warnf("unreadable-state key=%s reason=%s", SafeText.of(key), SafeText.of(unreadable));
            return Optional.empty();
        }
    }
}
