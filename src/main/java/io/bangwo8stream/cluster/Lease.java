package io.bangwo8stream.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long the last word of the group is good for; not thread-safe.
 *
 * <p>An answer is dated to the moment when waiting for it began, so that a process that was paused while an answer
 * lay in its buffers does not take it for a fresh one.
 */
final class Lease {

    private final Duration length;
    private final Clock clock;
    private Instant listeningSince;
    private Instant heard;

    Lease(Duration length, Clock clock) {
        this.length = length;
        this.clock = clock;
        restart();
    }

    void restart() {
        listeningSince = clock.instant();
        heard = listeningSince;
    }

    void listening() {
        listeningSince = clock.instant();
    }

    void heard() {
        heard = listeningSince;
    }

    Duration silence() {
        return Duration.between(heard, clock.instant());
    }

    boolean isOver() {
        // A clock that was set back proves nothing either.
        return silence().isNegative() || silence().compareTo(length) > 0;
    }
}
