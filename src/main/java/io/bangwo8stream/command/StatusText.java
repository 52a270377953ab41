package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.text.SafeText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Reads members of a status as texts for people; empty where a member is missing. */
public final class StatusText {

    /** What the names of the statuses of instances begin with. */
    public static final String INSTANCES = "instances/";

    private StatusText() {}

    /** Whoever may write the topic must control neither a terminal nor a page. */
    public static String of(JsonNode status, String member) {
        return status.hasNonNull(member) ? SafeText.of(status.path(member).asText()) : "";
    }

    /**
     * The requests per second of the last minute, and those that are allowed now, such as {@code 2.1 / 5.0 (10.0)}; the
     * setting is in parentheses where refusals have reduced the rate. Only the first where there is no limit.
     */
    public static String requests(JsonNode status) {
        String allowed = of(status, "requestsPerSecond");
        String limit = of(status, "requestsPerSecondLimit");
        String used = of(status, "requestsPerSecondUsed");
        if (limit.isEmpty()) {
            return used;
        }
        return (used.isEmpty() ? "-" : used) + " / " + allowed + (allowed.equals(limit) ? "" : " (" + limit + ")");
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
