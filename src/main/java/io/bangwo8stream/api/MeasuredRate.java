package io.bangwo8stream.api;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many requests per second were sent within about the last minute; not thread-safe. */
final class MeasuredRate {

    private static final int SECONDS = 60;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final long startedAt;
    /** For each of the last seconds the number of its requests; a second has the place of its remainder. */
    private final int[] sent = new int[SECONDS];

    private long second;

    /** @param nanoTime a monotonic clock, in nanoseconds */
    MeasuredRate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
    }

    /** Counts a request that is sent now. */
    void add() {
        forgetBefore(elapsed() / SECOND);
        sent[(int) (second % SECONDS)]++;
    }

    /** Requests per second of the last minute, or since the start where that is later. */
    double perSecond() {
        long elapsed = elapsed();
        forgetBefore(elapsed / SECOND);
        long counted = Math.min(elapsed, (SECONDS - 1) * SECOND + elapsed % SECOND);
        // The first request of a process is no rate of many per second.
        return Arrays.stream(sent).sum() * (double) SECOND / Math.max(counted, SECOND);
    }

    private void forgetBefore(long now) {
        for (long passed = Math.max(second, now - SECONDS) + 1; passed <= now; passed++) {
            sent[(int) (passed % SECONDS)] = 0;
        }
        second = now;
    }

    private long elapsed() {
        return nanoTime.getAsLong() - startedAt;
    }
}
