package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.record.LenientJson;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The labels of the option ids of one stream: those in the state topic, one under each
 * {@code _labels/{tenant}/{stream}/{field}/{option}}, and those that the next transaction stores, so that no event has a
 * label that a restart does not know.
 */
public final class OptionLabels {

    private static final String LABEL = "label";

    private final String prefix;
    /** By key in the state topic; an empty one stands for none. */
    private final Map<String, String> current = new ConcurrentHashMap<>();

    private final AtomicInteger version = new AtomicInteger();
    private final Map<String, String> stored = new HashMap<>();
    private final Map<String, String> unstored = new HashMap<>();
    private final Map<String, String> reading = new HashMap<>();

    public OptionLabels(String tenant, String stream) {
        this.prefix = "_labels/" + tenant + "/" + stream + "/";
    }

    /** The label of an option of a field; empty where none is known. */
    public String get(String field, String option) {
        return current.getOrDefault(key(field, option), "");
    }

    /** Sets the label of an option of a field; the next transaction of the stream stores it. */
    public synchronized void learn(String field, String option, String label) {
        String key = key(field, option);
        current.put(key, label);
        version.incrementAndGet();
        unstored.put(key, label);
    }

    /** Another number once a label has changed. */
    public int version() {
        return version.get();
    }

    private String key(String field, String option) {
        return prefix + field + "/" + option;
    }

    /** The labels that are not stored yet, by key. */
    synchronized Map<String, String> unstored() {
        return Map.copyOf(unstored);
    }

    /** Applies what a transaction has written. */
    synchronized void written(Map<String, String> labels) {
        stored.putAll(labels);
        labels.forEach(unstored::remove);
    }

    boolean isKey(String key) {
        return key.startsWith(prefix);
    }

    /** Starts to read all labels again; until {@link #read} those that are known stay in use. */
    synchronized void readAgain() {
        reading.clear();
    }

    /** Takes a label from the topic, or {@code null} for one that was deleted there. */
    synchronized void reading(String key, String label) {
        reading.put(key, label == null ? "" : label);
    }

    /**
     * Applies the labels that were taken from the topic, up to its end. One that another instance has stored wins over one
     * that this instance has not stored yet, because the latter may be older.
     */
    synchronized void read() {
        reading.forEach((key, label) -> {
            if (!label.equals(stored.put(key, label))) {
                unstored.remove(key);
                current.put(key, label);
                version.incrementAndGet();
            }
        });
        reading.clear();
    }

    /** The value in the state topic. */
    static byte[] write(String label) {
        return LenientJson.write(LenientJson.object().put(LABEL, label));
    }

    /**
     * Reads such a value.
     *
     * @throws IllegalArgumentException where it has no label
     */
    static String read(JsonNode value) {
        String label = value.path(LABEL).asText("");
        if (label.isEmpty()) {
            throw new IllegalArgumentException("the member " + LABEL + " is missing or empty");
        }
        return label;
    }
}
