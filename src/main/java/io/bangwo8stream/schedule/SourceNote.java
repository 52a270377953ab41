package io.bangwo8stream.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.source.Source;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** What holds for one source since a time: a note of its stream, so that it survives restarts. */
public enum SourceNote {
    /** An operator has paused the source. */
    PAUSED("paused"),
    /** The topic of the source was empty although its records were published, and lacks what has not changed since. */
    TOPIC_EMPTY("topic-empty");

    private static final String SINCE = "since";

    private final String prefix;

    SourceNote(String name) {
        this.prefix = name + "/";
    }

    /** Since when it holds according to the {@code notes} of the stream, as ISO-8601 text; empty where it does not. */
    public Optional<String> since(Map<String, JsonNode> notes, Source source) {
        return Optional.ofNullable(notes.get(prefix + source.name()))
                .map(note -> note.path(SINCE).asText());
    }

    /** Adds to {@code batch} that it holds since {@code time}; with {@code null}, that it does not. */
    public void store(WriteBatch batch, Source source, Instant time) {
        JsonNode note = time == null
                ? null
                : LenientJson.object()
                        .put(SINCE, time.truncatedTo(ChronoUnit.MILLIS).toString());
        batch.storeNote(prefix + source.name(), note);
    }
}
