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
 * What stands in the state topic for one stream: a {@link RecordState} under {@code {tenant}/{stream}/{record id}}, and
 * under {@code {tenant}/{stream}} the cursor, the first day that each source has not backfilled yet.
 */
final class StateStore {

    private static final Logger LOG = Logger.getLogger(StateStore.class);

    private final String cursorKey;
    private final Map<String, RecordState> records = new ConcurrentHashMap<>();
    private volatile Map<String, LocalDate> cursor = Map.of();

    StateStore(String tenant, String stream) {
        this.cursorKey = tenant + "/" + stream;
    }

    RecordState get(String id) {
        return records.get(id);
    }

    /** Takes over what a transaction has written. */
    void put(WriteBatch committed) {
        committed.states().forEach((id, state) -> {
            if (state == null) {
                records.remove(id);
            } else {
                records.put(id, state);
            }
        });
        committed.cursor().ifPresent(written -> cursor = written);
    }

    /** The records that were created before {@code day}, with what is remembered of them. */
    Map<String, RecordState> before(LocalDate day) {
        Map<String, RecordState> old = new HashMap<>();
        records.forEach((id, state) -> {
            if (state.day() < day.toEpochDay()) {
                old.put(id, state);
            }
        });
        return old;
    }

    int size() {
        return records.size();
    }

    Map<String, LocalDate> cursor() {
        return cursor;
    }

    /** Day of the oldest record that is open, waits for a revisit, or could not be published. */
    Optional<LocalDate> oldestPending() {
        return records.values().stream().filter(RecordState::isPending).mapToInt(RecordState::day).min().stream()
                .mapToObj(LocalDate::ofEpochDay)
                .findFirst();
    }

    void clear() {
        records.clear();
        cursor = Map.of();
    }

    /** Takes over what stands in the topic; {@code false} for a key of another stream or tenant, which is passed over. */
    boolean apply(String key, byte[] value) {
        if (key.equals(cursorKey)) {
            cursor = value == null
                    ? Map.of()
                    : read(key, value, StateStore::readCursor).orElse(Map.of());
            return true;
        }
        if (key.startsWith(cursorKey) && key.charAt(cursorKey.length()) == '/') {
            String id = key.substring(cursorKey.length() + 1);
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
        return cursorKey + "/" + id;
    }

    String cursorKey() {
        return cursorKey;
    }

    static byte[] writeCursor(Map<String, LocalDate> cursor) {
        var json = LenientJson.object();
        new TreeMap<>(cursor).forEach((source, day) -> json.put(source, day.toString()));
        return LenientJson.write(json);
    }

    private static Map<String, LocalDate> readCursor(JsonNode json) {
        Map<String, LocalDate> cursor = new TreeMap<>();
        json.properties()
                .forEach(entry -> cursor.put(
                        entry.getKey(), LocalDate.parse(entry.getValue().asText())));
        return Map.copyOf(cursor);
    }

    /** What a value says; one that is no state says nothing, and must not keep the stream from being walked. */
    private static <T> Optional<T> read(String key, byte[] value, Function<JsonNode, T> reader) {
        try {
            return Optional.of(reader.apply(LenientJson.read(value)));
        } catch (UnreadableJsonException | RuntimeException foreign) {
            LOG.warnf("unreadable-state key=%s reason=%s", key, foreign.getMessage());
            return Optional.empty();
        }
    }
}
