package io.bangwo8stream.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.LenientJson;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes and reads a {@link RecordState} as JSON that an operator can read; members that are not set are omitted. */
public final class StateJson {

    /** The member that orders the states of one record; the number that {@link #write} was called with. */
    public static final String SEQUENCE = "sequence";

    private static final String GONE = "gone";
    private static final String EVENT_ID = "eventId";

    private static final HexFormat HEX = HexFormat.of();

    private StateJson() {}

    public static byte[] write(RecordState state) {
        return write(state, 0);
    }

    /** Writes a state with its {@link #SEQUENCE}; 0 for none. */
    public static byte[] write(RecordState state, int sequence) {
        ObjectNode json = LenientJson.object();
        json.put("row", HEX.toHexDigits(state.rowFingerprint()));
        if (state.wasPublished()) {
            json.put("published", new Fingerprint(state.publishedHigh(), state.publishedLow()).hex());
        }
        json.put("day", LocalDate.ofEpochDay(state.day()).toString());
        if (state.open()) {
            json.put("open", true);
        }
        putUnlessZero(json, "endedAt", state.endedAt());
        putUnlessZero(json, "dueAt", state.dueAt());
        putUnlessZero(json, "failures", state.failures());
        if (state.deadLettered()) {
            json.put("deadLettered", true);
        }
        putUnlessNull(json, EVENT_ID, state.chain().eventId());
        if (!state.chain().parts().equals(PartHashes.NONE)) {
            json.put("parts", state.chain().parts().hex());
        }
        putDeadLetter(json, state.chain());
        if (!state.presence().lists().isEmpty()) {
            state.presence().lists().forEach(json.putArray("lists")::add);
        }
        putUnlessZero(json, "missingSince", state.presence().missingSince());
        putRows(json, state.rows());
        putUnlessZero(json, SEQUENCE, sequence);
        return LenientJson.write(json);
    }

    private static void putRows(ObjectNode json, SourceRows rows) {
        if (!rows.owner().isEmpty()) {
            json.put("source", rows.owner()).put("fields", rows.fields());
        }
        if (!rows.others().isEmpty()) {
            ObjectNode others = json.putObject("otherRows");
            new TreeMap<>(rows.others()).forEach((source, row) -> others.put(source, HEX.toHexDigits(row)));
        }
    }

    /** Writes what remains of a record that was deleted or forgotten: the ids of its last events. */
    public static byte[] writeGone(RecordState.Chain last, int sequence) {
        ObjectNode json = LenientJson.object().put(GONE, true);
        putUnlessNull(json, EVENT_ID, last.eventId());
        putDeadLetter(json, last);
        putUnlessZero(json, SEQUENCE, sequence);
        return LenientJson.write(json);
    }

    private static void putDeadLetter(ObjectNode json, RecordState.Chain chain) {
        putUnlessNull(json, "deadLetterId", chain.deadLetterId());
        if (chain.unrecovered()) {
            json.put("unrecovered", true);
        }
    }

    /** Whether {@link #writeGone} wrote this. */
    public static boolean isGone(JsonNode json) {
        return json.path(GONE).asBoolean();
    }

    /** Where the next events of a record continue that was deleted or forgotten. */
    public static RecordState.Chain readGone(JsonNode json) {
        return chain(json);
    }

    public static RecordState read(JsonNode json) {
        String published = json.path("published").asText("");
        return new RecordState(
                HexFormat.fromHexDigitsToLong(json.get("row").asText()),
                published.isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(published, 0, 16),
                published.isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(published, 16, 32),
                (int) LocalDate.parse(json.get("day").asText()).toEpochDay(),
                json.path("open").asBoolean(),
                json.path("endedAt").asLong(),
                json.path("dueAt").asLong(),
                json.path("failures").asInt(),
                json.path("deadLettered").asBoolean(),
                chain(json),
                new Presence(
                        lists(json.path("lists")), json.path("missingSince").asLong()),
                rows(json));
    }

    private static SourceRows rows(JsonNode json) {
        Map<String, Long> others = new TreeMap<>();
        json.path("otherRows")
                .properties()
                .forEach(other -> others.put(
                        other.getKey(),
                        HexFormat.fromHexDigitsToLong(other.getValue().asText())));
        return new SourceRows(
                json.path("source").asText(""), json.path("fields").asInt(), others);
    }

    private static RecordState.Chain chain(JsonNode json) {
        return new RecordState.Chain(
                Fingerprint.parse(json.path(EVENT_ID).asText("")),
                parts(Fingerprint.parse(json.path("parts").asText(""))),
                Fingerprint.parse(json.path("deadLetterId").asText("")),
                json.path("unrecovered").asBoolean());
    }

    private static List<String> lists(JsonNode names) {
        List<String> lists = new ArrayList<>();
        names.forEach(name -> lists.add(name.asText()));
        return lists;
    }

    private static PartHashes parts(Fingerprint written) {
        return written == null ? PartHashes.NONE : new PartHashes(written.high(), written.low());
    }

    private static void putUnlessNull(ObjectNode json, String name, Fingerprint value) {
        if (value != null) {
            json.put(name, value.hex());
        }
    }

    private static void putUnlessZero(ObjectNode json, String name, long value) {
        if (value != 0) {
            json.put(name, value);
        }
    }
}
