package io.bangwo8stream.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests when a clock counts as set back; the watch also looks by itself, which changes nothing here. */
class SetBackWatchTest {

    private Duration elapsed = Duration.ZERO;
    private Duration reading = Duration.ZERO;
    private Instant now = Instant.parse("2024-05-01T00:00:00Z");
    private final AtomicInteger setBacks = new AtomicInteger();
    private final SetBackWatch watch = new SetBackWatch(new WallClock(), this::monotonic);

    @BeforeEach
    void listen() {
        watch.onSetBack(() -> {
            throw new IllegalStateException("a listener that fails keeps no other from being told");
        });
        watch.onSetBack(setBacks::incrementAndGet);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void tellsEachTimeTheClockIsSetBack() {
        passes(Duration.ofHours(1), Duration.ofHours(1));
        passes(Duration.ofSeconds(1), Duration.ofDays(30));
        assertThat(setBacks).as("a clock that is set forward").hasValue(0);

        passes(Duration.ofSeconds(1), Duration.ofDays(-30));
        assertThat(setBacks).hasValue(1);
        passes(Duration.ofMinutes(1), Duration.ofMinutes(1));
        assertThat(setBacks).as("reported once").hasValue(1);
        passes(Duration.ofSeconds(30), Duration.ofSeconds(26));
        assertThat(setBacks).hasValue(2);
    }

    @Test
    void ignoresSmallCorrectionsAlsoWhenTheyAddUp() {
        for (int i = 0; i < 100; i++) {
            passes(Duration.ofMinutes(1), Duration.ofSeconds(58));
        }

        assertThat(setBacks).hasValue(0);
    }

    @Test
    void ignoresThePauseOfTheProcessBetweenTheReadingsOfTheTwoClocks() {
        reading = Duration.ofSeconds(20);
        watch.look();
        reading = Duration.ZERO;
        watch.look();

        assertThat(setBacks).hasValue(0);
    }

    private void passes(Duration monotonic, Duration wall) {
        synchronized (watch) {
            elapsed = elapsed.plus(monotonic);
            now = now.plus(wall);
        }
        watch.look();
    }

    private Duration monotonic() {
        return elapsed;
    }

    /** Reading it takes as long as the process is paused then. */
    private final class WallClock extends Clock {

        @Override
        public Instant instant() {
            elapsed = elapsed.plus(reading);
            now = now.plus(reading);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
