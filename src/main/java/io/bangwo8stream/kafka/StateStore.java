package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.StateJson;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
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
    private volatile Map<String, DaySet> scannedDays = Map.of();

    /**
     * A state and its place among the states of its record.
     *
     * @param sequence grows with each stored state of the record since its last tombstone; 0 when it was not written
     */
    private record StoredState(RecordState state, int sequence) {}

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
            if (state == null) {
                records.remove(id);
            } else {
                records.put(id, new StoredState(state, nextSequence(id)));
            }
        });
        committed.scannedDays().ifPresent(written -> scannedDays = written);
    }

    /** The states of the records that were created before {@code day}, by record id. */
    Map<String, RecordState> createdBefore(LocalDate day) {
        Map<String, RecordState> states = new HashMap<>();
        records.forEach((id, stored) -> {
            if (stored.state().day() < day.toEpochDay()) {
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
            } else {
                read(key, value, StateStore::readStoredState)
                        .ifPresent(state -> records.merge(id, state, StateStore::newer));
            }
            return true;
        }
        return false;
    }

    private static StoredState newer(StoredState applied, StoredState read) {
        return read.sequence() < applied.sequence() ? applied : read;
    }

    private int nextSequence(String id) {
        StoredState stored = records.get(id);
        return stored == null ? 1 : stored.sequence() + 1;
    }

    /** The value of the next state of the record {@code id} in the topic: its JSON with its sequence. */
    byte[] write(String id, RecordState state) {
        return StateJson.write(state, nextSequence(id));
    }

    private static StoredState readStoredState(JsonNode json) {
        return new StoredState(
                StateJson.read(json), json.path(StateJson.SEQUENCE).asInt());
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
            LOG.warnf("unreadable-state key=%s reason=%s", key, unreadable.getMessage());
            return Optional.empty();
        }
    }
}
