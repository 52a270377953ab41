package io.bangwo8stream.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.LenientJson;
import java.time.LocalDate;
import java.util.HexFormat;

/** Writes and reads a {@link RecordState} as JSON that an operator can read; members that are not set are omitted. */
public final class StateJson {

    /** The member that orders the states of one record; the number that {@link #write} was called with. */
    public static final String SEQUENCE = "sequence";

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
        putUnlessNull(json, "eventId", state.chain().eventId());
        if (!state.chain().parts().equals(PartHashes.NONE)) {
            json.put("parts", state.chain().parts().hex());
        }
        putUnlessNull(json, "deadLetterId", state.chain().deadLetterId());
        if (state.isUnrecovered()) {
            json.put("unrecovered", true);
        }
        putUnlessZero(json, SEQUENCE, sequence);
        return LenientJson.write(json);
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
                new RecordState.Chain(
                        Fingerprint.parse(json.path("eventId").asText("")),
                        parts(Fingerprint.parse(json.path("parts").asText(""))),
                        Fingerprint.parse(json.path("deadLetterId").asText("")),
                        json.path("unrecovered").asBoolean()));
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
