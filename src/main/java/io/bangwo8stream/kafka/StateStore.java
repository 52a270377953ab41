package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.StateJson;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The contents of the state topic for one stream: a {@link RecordState} under {@code {tenant}/{stream}/{record id}},
 * and under {@code {tenant}/{stream}} the backfill cursor, the first day that each source has not backfilled yet.
 */
final class StateStore {

    private static final Logger LOG = Logger.getLogger(StateStore.class);

    private final String backfillCursorKey;
    private final Map<String, RecordState> records = new ConcurrentHashMap<>();
    private volatile Map<String, LocalDate> backfillCursor = Map.of();

    StateStore(String tenant, String stream) {
        this.backfillCursorKey = tenant + "/" + stream;
    }

    RecordState get(String id) {
        return records.get(id);
    }

    /** Applies what a transaction has written. */
    void put(WriteBatch committed) {
        committed.states().forEach((id, state) -> {
            if (state == null) {
                records.remove(id);
            } else {
                records.put(id, state);
            }
        });
        committed.backfillCursor().ifPresent(written -> backfillCursor = written);
    }

    /** The states of the records that were created before {@code day}, by record id. */
    Map<String, RecordState> createdBefore(LocalDate day) {
        Map<String, RecordState> states = new HashMap<>();
        records.forEach((id, state) -> {
            if (state.day() < day.toEpochDay()) {
                states.put(id, state);
            }
        });
        return states;
    }

    int size() {
        return records.size();
    }

    Map<String, LocalDate> backfillCursor() {
        return backfillCursor;
    }

    /** Day of creation of the oldest record that is open, waits for a revisit, or could not be published. */
    Optional<LocalDate> oldestPending() {
        return records.values().stream().filter(RecordState::isPending).mapToInt(RecordState::day).min().stream()
                .mapToObj(LocalDate::ofEpochDay)
                .findFirst();
    }

    void clear() {
        records.clear();
        backfillCursor = Map.of();
    }

    /** Applies a record of the state topic; ignores a key of another stream or tenant, and returns {@code false}. */
    boolean apply(String key, byte[] value) {
        if (key.equals(backfillCursorKey)) {
            backfillCursor = value == null
                    ? Map.of()
                    : read(key, value, StateStore::readBackfillCursor).orElse(Map.of());
            return true;
        }
        if (key.startsWith(backfillCursorKey) && key.charAt(backfillCursorKey.length()) == '/') {
            String id = key.substring(backfillCursorKey.length() + 1);
            if (value == null) {
                records.remove(id);
            } else {
                read(key, value, StateJson::read).ifPresent(state -> records.put(id, state));
            }
            return true;
        }
        return false;
    }

    String key(String id) {
        return backfillCursorKey + "/" + id;
    }

    String backfillCursorKey() {
        return backfillCursorKey;
    }

    static byte[] writeBackfillCursor(Map<String, LocalDate> cursor) {
        var json = LenientJson.object();
        new TreeMap<>(cursor).forEach((source, day) -> json.put(source, day.toString()));
        return LenientJson.write(json);
    }

    private static Map<String, LocalDate> readBackfillCursor(JsonNode json) {
        Map<String, LocalDate> cursor = new TreeMap<>();
        json.properties()
                .forEach(entry -> cursor.put(
                        entry.getKey(), LocalDate.parse(entry.getValue().asText())));
        return Map.copyOf(cursor);
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
