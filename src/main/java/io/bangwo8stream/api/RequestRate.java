package io.bangwo8stream.api;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many requests per second are allowed now: halved by refusals, and growing back to a ceiling; not thread-safe. */
final class RequestRate {

    /** Requests that were in flight together are refused together, and must count once. */
    private static final long MIN_TIME_BETWEEN_REDUCTIONS = TimeUnit.SECONDS.toNanos(5);

    private static final double MIN_RATE = 0.1;
    private static final double MIN_SHARE_OF_CEILING = 1.0 / 16;
    private static final double GROWTH_PER_MINUTE = 0.1;

    private final double ceiling;
    private final double floor;
    private final LongSupplier nanoTime;
    /** The rate at the time of the last reduction; meaningless before the first. */
    private double reduced;

    private long reducedAt;
    private boolean everReduced;

    /**
     * @param ceiling  requests per second; 0 for no limit
     * @param nanoTime a monotonic clock, in nanoseconds
     */
    RequestRate(double ceiling, LongSupplier nanoTime) {
        this.ceiling = ceiling;
        this.floor = Math.min(ceiling, Math.max(ceiling * MIN_SHARE_OF_CEILING, MIN_RATE));
        this.nanoTime = nanoTime;
    }

    boolean isLimited() {
        return ceiling > 0;
    }

    /** Requests per second; 0 when there is no limit. */
    double current() {
        if (!everReduced) {
            return ceiling;
        }
        double minutes = (nanoTime.getAsLong() - reducedAt) / (double) TimeUnit.MINUTES.toNanos(1);
        return Math.min(ceiling, reduced + minutes * ceiling * GROWTH_PER_MINUTE);
    }

    /** Nanoseconds between two requests; 0 when there is no limit. */
    long spacing() {
        return isLimited() ? (long) (TimeUnit.SECONDS.toNanos(1) / current()) : 0;
    }

    /**
     * Halves the rate after a refusal, unless it was halved in the last 5 s or is at its minimum.
     *
     * @return whether the rate is lower than before
     */
    boolean reduce() {
        long now = nanoTime.getAsLong();
        if (!isLimited() || everReduced && now - reducedAt < MIN_TIME_BETWEEN_REDUCTIONS) {
            return false;
        }
        double before = current();
        reduced = Math.max(floor, before / 2);
        reducedAt = now;
        everReduced = true;
        return reduced < before;
    }
}
