package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.StateJson;
import io.bangwo8stream.record.LenientJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * The days that each source of a stream has scanned to their end, as the state topic holds them.
 *
 * @param scannedDays by source
 * @param sequence    grows with each stored progress of the stream; the highest counts
 */
record StoredProgress(Map<String, DaySet> scannedDays, int sequence) {

    static final StoredProgress NONE = new StoredProgress(Map.of(), 0);

    private static final String SCANNED = "scanned";

    /** The progress that is stored next. */
    StoredProgress next(Map<String, DaySet> days) {
        return new StoredProgress(Map.copyOf(days), sequence + 1);
    }

    byte[] write() {
        ObjectNode json = LenientJson.object().put(StateJson.SEQUENCE, sequence);
        ObjectNode scanned = json.putObject(SCANNED);
        new TreeMap<>(scannedDays).forEach((source, days) -> scanned.put(source, days.toString()));
        return LenientJson.write(json);
    }

    static StoredProgress read(JsonNode json) {
        // Earlier versions stored the days alone, without a sequence.
        JsonNode scanned = json.path(SCANNED).isObject() ? json.path(SCANNED) : json;
        Map<String, DaySet> days = new TreeMap<>();
        scanned.properties()
                .forEach(entry ->
                        days.put(entry.getKey(), DaySet.parse(entry.getValue().asText())));
        return new StoredProgress(
                Map.copyOf(days),
                scanned == json ? 0 : json.path(StateJson.SEQUENCE).asInt());
    }
}
