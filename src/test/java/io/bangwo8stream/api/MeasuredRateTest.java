package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MeasuredRateTest {

    private static final Offset<Double> ROUNDING = within(1e-6);

    /** Close to the overflow, because {@link System#nanoTime} may start anywhere. */
    private long nanos = Long.MAX_VALUE - 1_000;

    private final MeasuredRate rate = new MeasuredRate(() -> nanos);

    @Test
    void isZeroWithoutRequests() {
        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void dividesByTheTimeSinceTheStartWithinTheFirstMinute() {
        add(3);
        assertThat(rate.perSecond()).as("less than a second").isEqualTo(3);
        advance(Duration.ofSeconds(10));
        add(7);

        assertThat(rate.perSecond()).isEqualTo(1, ROUNDING);
    }

    @Test
    void measuresWhatIsSentAndForgetsItAfterAMinute() {
        for (int second = 0; second < 200; second++) {
            add(second < 100 ? 1 : 4);
            advance(Duration.ofSeconds(1));
        }
        assertThat(rate.perSecond()).isEqualTo(4, ROUNDING);

        advance(Duration.ofSeconds(30));
        assertThat(rate.perSecond()).isEqualTo(4 * 29 / 59.0, ROUNDING);
        advance(Duration.ofSeconds(31));

        assertThat(rate.perSecond()).isZero();
    }

    @Test
    void forgetsEverythingAfterALongPause() {
        add(1_000);

        advance(Duration.ofDays(300));

        assertThat(rate.perSecond()).isZero();
    }

    private void add(int requests) {
        for (int i = 0; i < requests; i++) {
            rate.add();
        }
    }

    private void advance(Duration time) {
        nanos += time.toNanos();
    }
}
