package io.bangwo8stream.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.scan.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockWatchTest {

    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final ClockWatch watch = clock.watch();
    private final AtomicInteger jumps = new AtomicInteger();

    @BeforeEach
    void countJumps() {
        watch.onJump(jumps::incrementAndGet);
    }

    @Test
    void trustsAClockThatIsCorrectedBySmallStepsForMonths() {
        for (int hour = 0; hour < 2_000; hour++) {
            clock.advance(Duration.ofHours(1));
            clock.jump(Duration.ofSeconds(2));
            assertThat(watch.isTrusted()).isTrue();
        }
        assertThat(jumps).hasValue(0);
        assertThat(watch.problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT11M", "-PT11M", "P30D", "-P9000D"})
    void distrustsAClockThatJumpsUntilItJumpsBack(Duration jump) {
        Instant before = clock.instant();
        clock.jump(jump);

        assertThat(watch.isTrusted()).isFalse();
        assertThat(watch.isTrusted()).isFalse();
        assertThat(jumps).hasValue(1);
        assertThat(watch.likelyInstant()).isEqualTo(before);
        assertThat(watch.problem())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains(
                                clock.instant().toString(),
                                "by monotonic time",
                                before.toString(),
                                "correct the clock"));

        clock.jump(jump.negated());
        assertThat(watch.isTrusted()).isTrue();
        assertThat(jumps).hasValue(2);
    }

    @Test
    void trustsAClockThatWasCorrectedAsTheApiConfirms() {
        watch.apiDate(Instant.parse("2026-03-02T04:00:00Z"));
        assertThat(watch.isTrusted()).isFalse();
        assertThat(jumps).hasValue(1);
        clock.advance(Duration.ofHours(1));
        assertThat(watch.likelyInstant()).isEqualTo("2026-03-02T05:00:00Z");

        clock.jump(Duration.ofDays(30));

        assertThat(watch.isTrusted()).isTrue();
        assertThat(jumps).as("a correction is a jump, too").hasValue(2);
    }

    @Test
    void reportsADisagreementWithTheApiOnce() {
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(1));
            watch.apiDate(clock.instant().minus(Duration.ofHours(8)));
        }
        assertThat(jumps).hasValue(1);
        assertThat(watch.problem())
                .hasValueSatisfying(text -> assertThat(text).contains("the API says 2026-01-30T20:00:05Z"));

        watch.apiDate(clock.instant().minus(Duration.ofMinutes(9)));
        assertThat(watch.isTrusted()).isTrue();
    }

    @Test
    void distrustsAClockThatIsBehindTheStateUntilTheApiConfirmsIt() {
        watch.hasPassed(Instant.parse("2026-01-31T03:00:00Z"));
        assertThat(watch.isTrusted()).isTrue();

        watch.hasPassed(Instant.parse("2026-02-20T16:00:00Z"));
        assertThat(watch.isTrusted()).isFalse();
        assertThat(watch.likelyInstant()).isEqualTo("2026-02-20T16:00:00Z");
        assertThat(jumps).hasValue(1);

        watch.apiDate(clock.instant());
        assertThat(watch.isTrusted()).as("an earlier run had the wrong clock").isTrue();
    }

    /** A virtual machine that is suspended: its monotonic clock and what is derived from it stand still. */
    @Test
    void believesTheStateRatherThanADateOfTheApiFromBeforeTheJump() {
        watch.apiDate(clock.instant());
        Instant before = clock.instant();
        clock.jump(Duration.ofDays(12));

        assertThat(watch.isTrusted()).isFalse();
        assertThat(watch.likelyInstant()).isEqualTo(before);

        watch.hasPassed(Instant.parse("2026-02-11T16:00:00Z"));
        assertThat(watch.likelyInstant()).isEqualTo("2026-02-11T16:00:00Z");
        assertThat(watch.isTrusted()).as("only the API can tell").isFalse();

        watch.apiDate(clock.instant());
        assertThat(watch.isTrusted()).isTrue();
    }
}
