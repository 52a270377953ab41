package io.bangwo8stream.schedule;

import io.bangwo8stream.source.DateRange;
import java.time.Duration;
import java.time.LocalDate;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Days whose last scan was incomplete, and when each is scanned again: after growing pauses, so that other days go on.
 * Metrics read them from a thread of their own.
 */
final class IncompleteDays {

    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final Duration firstPause;
    private final LongSupplier nanoTime;
    private final TreeMap<LocalDate, Retry> days = new TreeMap<>();

    private record Retry(int failures, long dueAt) {}

    /** @param firstPause pause after the first failure; doubles with each further one, up to a day */
    IncompleteDays(Duration firstPause, LongSupplier nanoTime) {
        this.firstPause = firstPause;
        this.nanoTime = nanoTime;
    }

    synchronized void failed(DateRange window) {
        for (LocalDate day = window.from(); !day.isAfter(window.to()); day = day.plusDays(1)) {
            int failures = days.containsKey(day) ? days.get(day).failures() + 1 : 1;
            days.put(day, new Retry(failures, nanoTime.getAsLong() + pause(failures)));
        }
    }

    synchronized void completed(DateRange window) {
        days.subMap(window.from(), true, window.to(), true).clear();
    }

    /** Forgets all days: the list of a source without days is scanned as a whole. */
    synchronized void clear() {
        days.clear();
    }

    /** Whether the day is incomplete, and its pause has not passed yet. */
    synchronized boolean isWaiting(LocalDate day) {
        Retry retry = days.get(day);
        return retry != null && retry.dueAt() - nanoTime.getAsLong() > 0;
    }

    /** The incomplete days, sorted. */
    synchronized SortedSet<LocalDate> all() {
        return new TreeSet<>(days.keySet());
    }

    private long pause(int failures) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 30));
        return (pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause).toNanos();
    }
}
