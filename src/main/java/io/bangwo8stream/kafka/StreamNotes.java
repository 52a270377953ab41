package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.record.LenientJson;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the state topic remembers of one stream besides its records, one JSON value under each
 * {@code _notes/{tenant}/{stream}/{name}}: the commands that were carried out, and which sources are paused.
 */
final class StreamNotes {

    private final String prefix;
    private final Map<String, JsonNode> reading = new HashMap<>();
    private boolean readsAgain;
    private volatile Map<String, JsonNode> current = Map.of();

    StreamNotes(String tenant, String stream) {
        this.prefix = "_notes/" + tenant + "/" + stream + "/";
    }

    /** The notes by name, sorted. */
    Map<String, JsonNode> all() {
        return current;
    }

    boolean isKey(String key) {
        return key.startsWith(prefix);
    }

    String key(String name) {
        return prefix + name;
    }

    static byte[] write(JsonNode value) {
        return value == null ? null : LenientJson.write(value);
    }

    /** Starts to read all notes again; until {@link #read} those that are known count. */
    synchronized void readAgain() {
        reading.clear();
        readsAgain = true;
    }

    /** Takes a note from the topic, or {@code null} for one that was removed there. */
    synchronized void reading(String key, JsonNode value) {
        reading.put(key.substring(prefix.length()), value);
    }

    /** Applies the notes that were taken from the topic, up to its end. */
    synchronized void read() {
        if (readsAgain || !reading.isEmpty()) {
            apply(readsAgain ? Map.of() : current, reading);
            readsAgain = false;
            reading.clear();
        }
    }

    /** Applies what a transaction has written. */
    synchronized void written(Map<String, JsonNode> notes) {
        if (!notes.isEmpty()) {
            apply(current, notes);
        }
    }

    private void apply(Map<String, JsonNode> before, Map<String, JsonNode> newer) {
        Map<String, JsonNode> all = new TreeMap<>(before);
        newer.forEach((name, value) -> {
            if (value == null) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        current = Collections.unmodifiableMap(all);
    }
}
