package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.record.LenientJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Where the state of a stream comes from that was lost: a note of the stream, so that it holds for every leader. */
public enum StateOrigin {
    /** A command reads it from the events; nothing of the stream is scanned meanwhile. */
    READING,
    /** It was read from the events. */
    REBUILT,
    /** Only the ids of the last events were read; everything is published anew. */
    RESET;

    private static final String NOTE = "state-origin";
    private static final String ORIGIN = "origin";

    /** Adds this origin to {@code batch}. */
    public void store(WriteBatch batch, Instant time) {
        batch.storeNote(
                NOTE,
                LenientJson.object()
                        .put(ORIGIN, text())
                        .put("at", time.truncatedTo(ChronoUnit.MILLIS).toString()));
    }

    /** Whether a command has begun to read the state of the stream with these notes, and has not ended. */
    public static boolean isBeingRead(Map<String, JsonNode> notes) {
        return notes.containsKey(NOTE)
                && READING.text().equals(notes.get(NOTE).path(ORIGIN).asText());
    }

    /** Whether a command has ended that read the state of the stream with these notes. */
    static boolean isKnown(Map<String, JsonNode> notes) {
        return notes.containsKey(NOTE) && !isBeingRead(notes);
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
