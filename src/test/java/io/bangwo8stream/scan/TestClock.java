package io.bangwo8stream.scan;

import io.bangwo8stream.time.ClockWatch;
import io.bangwo8stream.time.MonotonicTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Both clocks of a machine; their time changes only when a test advances it. */
public final class TestClock extends Clock implements MonotonicTime {

    private final ClockWatch watch;
    private Instant now;
    private Duration elapsed = Duration.ZERO;

    public TestClock(String now) {
        this.now = Instant.parse(now);
        this.watch = new ClockWatch(this, this, new SimpleMeterRegistry());
    }

    /** The same time, as a monotonic clock in nanoseconds. */
    public long nanos() {
        return elapsed.toNanos();
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
        elapsed = elapsed.plus(duration);
    }

    /** Sets the wall clock forward, or back by a negative duration. */
    public void jump(Duration duration) {
        now = now.plus(duration);
    }

    /** Watches this clock. */
    public ClockWatch watch() {
        return watch;
    }

    @Override
    public Duration now() {
        return elapsed;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
