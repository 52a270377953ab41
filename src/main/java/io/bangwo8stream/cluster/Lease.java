package io.bangwo8stream.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long the last response of the group keeps leadership valid; not thread-safe.
 *
 * <p>A response counts from the moment when waiting for it began, so that a process that was paused while a response
 * was in its buffers does not treat that response as new.
 */
final class Lease {

    private final Duration length;
    private final Clock clock;
    private Instant waitingSince;
    private Instant renewedAt;

    Lease(Duration length, Clock clock) {
        this.length = length;
        this.clock = clock;
        restart();
    }

    void restart() {
        waitingSince = clock.instant();
        renewedAt = waitingSince;
    }

    void startWaiting() {
        waitingSince = clock.instant();
    }

    void renew() {
        renewedAt = waitingSince;
    }

    Duration sinceRenewal() {
        return Duration.between(renewedAt, clock.instant());
    }

    boolean isExpired() {
        // After the clock was set back, the age of the lease is unknown.
        return sinceRenewal().isNegative() || sinceRenewal().compareTo(length) > 0;
    }
}
