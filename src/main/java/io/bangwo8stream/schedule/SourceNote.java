package io.bangwo8stream.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.source.Source;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A source that an operator has paused: a note of its stream, so that it survives restarts. */
public final class SourcePause {

    private SourcePause() {}

    /** Since when the source is paused, as ISO-8601 text; empty where it is not. */
    public static Optional<String> since(EventStream stream, Source source) {
        return Optional.ofNullable(stream.notes().get(name(source)))
                .map(note -> note.path("since").asText());
    }

    /** Adds to {@code batch} that the source is paused since {@code time}; with {@code null}, that it is not. */
    public static void store(WriteBatch batch, Source source, Instant time) {
        JsonNode note = time == null
                ? null
                : LenientJson.object()
                        .put("since", time.truncatedTo(ChronoUnit.MILLIS).toString());
        batch.storeNote(name(source), note);
    }

    private static String name(Source source) {
        return "paused/" + source.name();
    }
}
