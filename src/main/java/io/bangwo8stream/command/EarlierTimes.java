package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.scan.ScanTimes;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.time.ClockWatch;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Up to when a source was complete before this instance led it, which stands in its last status: a restart, or another
 * leader that cannot scan, must not lose it.
 */
@Singleton
class EarlierTimes {

    static final String COMPLETE_UP_TO = "completeUpTo";
    static final String LAST_SCAN = "lastScan";

    /** A broker that is away is back at one of them; a missing right is not. */
    private static final int ATTEMPTS = 5;

    private final StatusReader statuses;
    private final Clock clock;
    private int failures;

    EarlierTimes(StatusReader statuses, Clock clock) {
        this.statuses = statuses;
        this.clock = clock;
    }

    /**
     * Adds to {@code status} the times that it lacks.
     *
     * @param times learns them too
     * @throws RuntimeException when the topic cannot be read now, a few times; then the status stays without them
     */
    ObjectNode addTo(ObjectNode status, Source source, ScanTimes times) {
        if (status.has(COMPLETE_UP_TO) && status.has(LAST_SCAN) || failures >= ATTEMPTS) {
            return status;
        }
        JsonNode before = before(source);
        for (String name : List.of(COMPLETE_UP_TO, LAST_SCAN)) {
            if (!status.has(name) && before.has(name)) {
                status.set(name, before.get(name));
            }
        }
        rememberIn(times, source, status.path(COMPLETE_UP_TO).asText());
        return status;
    }

    private JsonNode before(Source source) {
        failures++;
        JsonNode before = statuses.read().getOrDefault(source.name(), MissingNode.getInstance());
        failures = 0;
        return before;
    }

    private void rememberIn(ScanTimes times, Source source, String completeUpTo) {
        try {
            Duration age = Duration.between(Instant.parse(completeUpTo), clock.instant());
            if (age.plus(ClockWatch.TOLERANCE).isNegative()) {
                // A leader whose clock was wrong has written it.
                return;
            }
            times.wasComplete(source, age.isNegative() ? Duration.ZERO : age);
        } catch (DateTimeException unknown) {
            // Nothing was ever complete, or somebody else has written the status.
        }
    }
}
