package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RequestRateTest {

    private static final Offset<Double> ROUNDING = within(1e-6);

    /** Close to the overflow, because {@link System#nanoTime} may start anywhere. */
    private long nanos = Long.MAX_VALUE - 1_000;

    private final RequestRate rate = new RequestRate(10, () -> nanos);

    @Test
    void startsAtTheCeiling() {
        advance(Duration.ofMinutes(5));

        assertThat(rate.current()).isEqualTo(10);
        assertThat(rate.spacing()).isEqualTo(Duration.ofMillis(100).toNanos());
    }

    @Test
    void halvesTheRateAfterARefusal() {
        assertThat(rate.reduce()).isTrue();

        assertThat(rate.current()).isEqualTo(5);
        assertThat(rate.spacing()).isEqualTo(Duration.ofMillis(200).toNanos());
    }

    @Test
    void countsTheRefusalsOfFiveSecondsOnce() {
        rate.reduce();
        advance(Duration.ofMillis(4_999));

        assertThat(rate.reduce()).isFalse();
        advance(Duration.ofMillis(1));
        double grown = rate.current();

        assertThat(rate.reduce()).isTrue();
        assertThat(rate.current()).isCloseTo(grown / 2, ROUNDING);
    }

    @Test
    void growsByATenthOfTheCeilingPerMinute() {
        rate.reduce();
        advance(Duration.ofMinutes(1));
        assertThat(rate.current()).isCloseTo(6, ROUNDING);

        advance(Duration.ofSeconds(90));
        assertThat(rate.current()).isCloseTo(7.5, ROUNDING);
    }

    @Test
    void growsNoHigherThanTheCeiling() {
        rate.reduce();
        advance(Duration.ofDays(400));

        assertThat(rate.current()).isEqualTo(10);
    }

    @Test
    void fallsNoLowerThanASixteenthOfTheCeiling() {
        reduceOften(rate);

        assertThat(rate.current()).isEqualTo(0.625);
    }

    @Test
    void fallsNoLowerThanOneRequestInTenSeconds() {
        RequestRate slow = new RequestRate(1, () -> nanos);
        reduceOften(slow);

        assertThat(slow.current()).isEqualTo(0.1);
    }

    @Test
    void neverExceedsACeilingBelowTheMinimum() {
        RequestRate verySlow = new RequestRate(0.05, () -> nanos);

        assertThat(verySlow.reduce()).isFalse();
        assertThat(verySlow.current()).isEqualTo(0.05);
    }

    @Test
    void reportsNoReductionAtTheMinimum() {
        reduceOften(rate);
        // Without a pause: the rate has not grown since.
        RequestRate atMinimum = new RequestRate(0.1, () -> nanos);

        assertThat(atMinimum.reduce()).isFalse();
        assertThat(rate.reduce()).isFalse();
    }

    @Test
    void growsOnlyAfterTheLastRefusal() {
        reduceOften(rate);
        advance(Duration.ofMinutes(1));

        assertThat(rate.current()).isCloseTo(1.625, ROUNDING);
    }

    @Test
    void hasNoLimitWhenTheCeilingIsZero() {
        RequestRate unlimited = new RequestRate(0, () -> nanos);

        assertThat(unlimited.reduce()).isFalse();
        assertThat(unlimited.isLimited()).isFalse();
        assertThat(unlimited.spacing()).isZero();
        assertThat(unlimited.current()).isZero();
    }

    private void reduceOften(RequestRate reduced) {
        for (int refusal = 0; refusal < 20; refusal++) {
            advance(Duration.ofSeconds(5));
            reduced.reduce();
        }
    }

    private void advance(Duration duration) {
        nanos += duration.toNanos();
    }
}
