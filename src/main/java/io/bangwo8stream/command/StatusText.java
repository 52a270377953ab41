package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.text.SafeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Reads members of a status as texts for people; empty where a member is missing. */
public final class StatusText {

    private StatusText() {}

    /** Whoever may write the topic must control neither a terminal nor a page. */
    public static String of(JsonNode status, String member) {
        return status.hasNonNull(member) ? SafeText.of(status.path(member).asText()) : "";
    }

    /** How long ago a time in the status is, such as {@code 12s} or {@code 3h5m}. */
    public static String age(JsonNode status, String member, Instant now) {
        try {
            Duration age = Duration.between(Instant.parse(status.path(member).asText()), now);
            return Duration.ofSeconds(Math.max(age.toSeconds(), 0))
                    .toString()
                    .substring(2)
                    .toLowerCase(Locale.ROOT);
        } catch (DateTimeException none) {
            return "";
        }
    }
}
