package io.bangwo8stream.time;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * Both clocks, and whether the wall clock can be trusted: it must agree with the {@code Date} of the API's responses,
 * without one with monotonic time, and must not be behind what the stored state says. While it cannot be trusted,
 * nothing may expire and no record may count as deleted.
 */
@Singleton
public final class ClockWatch {

    /** Far more than corrections by a time server and slow responses make, and less than a wrong time zone. */
    public static final Duration TOLERANCE = Duration.ofMinutes(10);

    private static final Logger LOG = Logger.getLogger(ClockWatch.class);

    /** Servers behind one address may disagree with each other in every response; the log needs only one. */
    private static final Duration BETWEEN_REPORTS = Duration.ofHours(1);

    private static final String MONOTONIC = "monotonic";
    private static final String API = "api";
    private static final String STATE = "state";

    private final Clock wall;
    private final MonotonicTime monotonic;
    private final MeterRegistry meters;
    private final List<Runnable> jumpListeners = new CopyOnWriteArrayList<>();

    /** Each offset is a clock minus monotonic time: of the wall clock, of it without its jumps, and of the API. */
    private Duration wallOffset;

    private Duration steadyOffset;
    private Duration apiOffset;
    private Instant passed = Instant.EPOCH;
    private boolean trusted = true;
    private Duration nextReport;

    public ClockWatch(Clock wall, MonotonicTime monotonic, MeterRegistry meters) {
        this.wall = wall;
        this.monotonic = monotonic;
        this.meters = meters;
        this.nextReport = monotonic.now();
        this.wallOffset = offset(wall.instant());
        this.steadyOffset = wallOffset;
        Gauge.builder("bangwo8.clock.trusted", this, watch -> watch.isTrusted() ? 1 : 0)
                .description("Whether the clock of the machine agrees with the API and with monotonic time")
                .register(meters);
        // Prometheus takes the first value of a counter that did not exist for no increase.
        List.of(MONOTONIC, API, STATE).forEach(this::jumps);
    }

    /** Monotonic time. */
    public Duration elapsed() {
        return monotonic.now();
    }

    /** What the clock of the machine says. */
    public Instant instant() {
        return wall.instant();
    }

    /** The time that is most likely right: that of the machine, or the API's where they disagree. */
    public synchronized Instant likelyInstant() {
        if (isTrusted()) {
            return wall.instant();
        }
        Instant likely = at(reference());
        return apiOffset == null && likely.isBefore(passed) ? passed : likely;
    }

    /** Calls {@code listener} whenever the clock of the machine is found to have jumped, or to be wrong. */
    public void onJump(Runnable listener) {
        jumpListeners.add(listener);
    }

    /** Takes the {@code Date} of a response of the API. */
    public synchronized void apiDate(Instant date) {
        look();
        apiOffset = offset(date);
        look();
    }

    /** Takes a moment that had passed, by what the stored state says. */
    public synchronized void hasPassed(Instant moment) {
        passed = moment.isAfter(passed) ? moment : passed;
        look();
    }

    /** Whether the clock of the machine is right, as far as can be known. */
    public synchronized boolean isTrusted() {
        look();
        return trusted;
    }

    /** What is wrong with the clock of the machine, and what to do, in words; empty when it is trusted. */
    public synchronized Optional<String> problem() {
        return isTrusted() ? Optional.empty() : Optional.of(describe());
    }

    private void look() {
        Duration now = offset(wall.instant());
        Duration moved = now.minus(wallOffset);
        wallOffset = now;
        boolean jumped = isFar(moved);
        // Small corrections add up over months, and are no jump.
        steadyOffset = jumped ? steadyOffset : steadyOffset.plus(moved);
        if (jumped && apiOffset != null && isFar(now.minus(apiOffset))) {
            // Monotonic time may have stood still, as in a virtual machine that was suspended: the state may know
            // better.
            steadyOffset = apiOffset;
            apiOffset = null;
        }
        boolean before = trusted;
        trusted = !isFar(now.minus(reference())) && !isBehindState();
        if (jumped) {
            nextReport = elapsed();
            report(MONOTONIC);
        } else if (before && !trusted) {
            report(apiOffset != null ? API : STATE);
        } else if (!before && trusted) {
            LOG.debug("clock-agrees");
        }
    }

    private void report(String against) {
        jumps(against).increment();
        if (elapsed().compareTo(nextReport) >= 0) {
            nextReport = elapsed().plus(BETWEEN_REPORTS);
            LOG.warnf("clock-jumped against=%s trusted=%s: %s", against, trusted, describe());
        }
        jumpListeners.forEach(Runnable::run);
    }

    private Counter jumps(String against) {
        return meters.counter("bangwo8.clock.jumps", "against", against);
    }

    private String describe() {
        String right = apiOffset != null
                ? "the API says " + at(apiOffset)
                : isBehindState()
                        ? "the stored state knows of " + passed
                        : "by monotonic time it is " + at(steadyOffset);
        return "the clock of this machine says " + wall.instant() + ", and " + right
                + (trusted
                        ? ""
                        : "; until they agree nothing expires and no record counts as deleted: correct the clock");
    }

    private boolean isBehindState() {
        return apiOffset == null
                && isFar(Duration.between(wall.instant(), passed))
                && wall.instant().isBefore(passed);
    }

    private Duration reference() {
        return apiOffset != null ? apiOffset : steadyOffset;
    }

    private Duration offset(Instant instant) {
        return Duration.between(Instant.EPOCH, instant).minus(monotonic.now());
    }

    private Instant at(Duration offset) {
        return Instant.EPOCH.plus(offset).plus(monotonic.now()).truncatedTo(ChronoUnit.SECONDS);
    }

    private static boolean isFar(Duration difference) {
        return difference.abs().compareTo(TOLERANCE) > 0;
    }
}
