package io.bangwo8stream.schedule;

import io.bangwo8stream.time.MonotonicTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/** Progress of the backfill of one source since this instance started or resumed it. */
public final class BackfillProgress {

    private final MonotonicTime clock;
    private final Duration begun;
    private volatile long daysLeft;
    private final Counter days;
    private final Counter records;
    private long daysDone;
    private long recordsSeen;

    public BackfillProgress(String source, MonotonicTime clock, MeterRegistry meters) {
        this.clock = clock;
        this.begun = clock.now();
        Gauge.builder("bangwo8.backfill.days.left", this, progress -> progress.daysLeft)
                .tag("source", source)
                .register(meters);
        Gauge.builder("bangwo8.backfill.time.left", this, BackfillProgress::secondsLeft)
                .tag("source", source)
                .baseUnit("seconds")
                .register(meters);
        days = meters.counter("bangwo8.backfill.days", "source", source);
        records = meters.counter("bangwo8.backfill.records", "source", source);
    }

    /** Adds a day and its records; returns the totals, the rate and the estimated time left, for the log. */
    public synchronized String day(int seen, long left) {
        daysDone++;
        daysLeft = left;
        recordsSeen += seen;
        days.increment();
        records.increment(seen);
        double hours = hours();
        return String.format(
                Locale.ROOT,
                "days-done=%d days-left=%d records=%d records-per-hour=%.0f time-left=%s",
                daysDone,
                left,
                recordsSeen,
                recordsSeen / hours,
                timeLeft());
    }

    /** Sets how many days are to be backfilled. */
    public synchronized void left(long days) {
        daysLeft = days;
    }

    private synchronized double secondsLeft() {
        return daysDone == 0 ? Double.NaN : timeLeft().toSeconds();
    }

    private double hours() {
        return Math.max(clock.now().minus(begun).toMillis(), 1) / 3_600_000.0;
    }

    private synchronized Duration timeLeft() {
        return daysDone == 0 ? Duration.ZERO : Duration.ofSeconds((long) (daysLeft * hours() / daysDone * 3_600));
    }
}
