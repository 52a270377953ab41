package io.bangwo8stream.crash;

import io.bangwo8stream.process.FakeClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/**
 * The wall clock of the help desk and of the instances: days can pass at once, and the clock of one instance can jump
 * away from it. Without the package {@code faketime} it is the clock of the machine.
 */
final class WorldClock extends Clock {

    private final Path directory;
    private final Map<String, FakeClock> clocks = new HashMap<>();
    private final Map<String, Duration> jumps = new HashMap<>();
    private Duration ahead;

    /**
     * @param directory of the files that set the clocks of the instances
     * @param behind    how far the clock is behind that of the machine at first: a broker refuses records of the future
     */
    WorldClock(Path directory, Duration behind) {
        this.directory = directory;
        this.ahead = FakeClock.in(directory.resolve("clock")).isPresent() ? behind.negated() : Duration.ZERO;
    }

    /** Whether days can pass at once, and clocks can jump. */
    boolean canJump() {
        return !clocks.isEmpty();
    }

    /** The environment with which an instance has a clock of its own, which agrees with this one at first. */
    synchronized Map<String, String> environmentOf(String instance) {
        FakeClock.in(directory.resolve(instance + ".clock")).ifPresent(clock -> clocks.putIfAbsent(instance, clock));
        set();
        return clocks.containsKey(instance) ? clocks.get(instance).environment() : Map.of();
    }

    /** Lets time pass at once, for the help desk and for all instances. */
    synchronized void advance(Duration time) {
        ahead = ahead.plus(time);
        set();
    }

    /** Sets the clock of one instance ahead of this one; zero ends the jump. */
    synchronized void jump(String instance, Duration aheadOfWorld) {
        jumps.put(instance, aheadOfWorld);
        set();
    }

    private void set() {
        clocks.forEach((instance, clock) -> clock.set(ahead.plus(jumps.getOrDefault(instance, Duration.ZERO))));
    }

    @Override
    public synchronized Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), ahead);
    }
}
