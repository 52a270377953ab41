package io.bangwo8stream.cluster;

import io.bangwo8stream.time.MonotonicTime;
import java.time.Duration;

/**
 * How long the last response of the group keeps leadership valid; not thread-safe.
 *
 * <p>A response counts from the moment when waiting for it began, so that a process that was paused while a response
 * was in its buffers does not treat that response as new.
 */
final class Lease {

    private final Duration length;
    private final MonotonicTime clock;
    private Duration waitingSince;
    private Duration renewedAt;

    Lease(Duration length, MonotonicTime clock) {
        this.length = length;
        this.clock = clock;
        restart();
    }

    void restart() {
        waitingSince = clock.now();
        renewedAt = waitingSince;
    }

    void startWaiting() {
        waitingSince = clock.now();
    }

    void renew() {
        renewedAt = waitingSince;
    }

    Duration sinceRenewal() {
        return clock.now().minus(renewedAt);
    }

    boolean isExpired() {
        return sinceRenewal().compareTo(length) > 0;
    }
}
