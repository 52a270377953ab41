package io.bangwo8stream.scan;

import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.text.SafeText;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** When this instance last scanned each source, and what has failed since; ages count monotonic time. */
public final class ScanTimes {

    private final LongSupplier nanoTime;
    private final Map<Source, Times> bySource = new ConcurrentHashMap<>();

    /** @param nanoTime a monotonic clock, in nanoseconds */
    ScanTimes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * How the scans of one source proceed.
     *
     * @param inTurn        whether a turn of the source has begun, and not ended
     * @param sinceProgress since a turn began or ended, moved to another window, or committed or abandoned a page; at
     *                      first since a turn was due
     * @param sinceCommit   since a page was committed in this or a later turn than the last success
     * @param sinceSuccess  since the newest days, or the whole of a list without days, were last scanned completely
     * @param completeFor   since the beginning of the scan that saw them completely: what the API shows now may be newer
     * @param failure       why a scan of them failed after that
     */
    public record Status(
            boolean inTurn,
            Duration sinceProgress,
            Optional<Duration> sinceCommit,
            Optional<Duration> sinceSuccess,
            Optional<Duration> completeFor,
            Optional<String> failure) {}

    private static final class Times {
        private boolean inTurn;
        private long progressedAt;
        private Long committedAt;
        private Long succeededAt;
        private Long completeSince;
        private String failure;
        private final TreeMap<LocalDate, Long> completeDays = new TreeMap<>();
    }

    /** The monotonic time, for {@link #succeeded}. */
    long now() {
        return nanoTime.getAsLong();
    }

    /** The state of every source of which this instance has begun a turn, or one is due. */
    public Map<Source, Status> all() {
        Map<Source, Status> all = new TreeMap<>((one, other) -> one.name().compareTo(other.name()));
        bySource.keySet().forEach(source -> of(source).ifPresent(status -> all.put(source, status)));
        return all;
    }

    /** The state of {@code source}; empty when this instance has begun no turn of it, and none is due. */
    public Optional<Status> of(Source source) {
        Times times = bySource.get(source);
        if (times == null) {
            return Optional.empty();
        }
        synchronized (times) {
            return Optional.of(new Status(
                    times.inTurn,
                    age(times.progressedAt),
                    Optional.ofNullable(times.committedAt).map(this::age),
                    Optional.ofNullable(times.succeededAt).map(this::age),
                    Optional.ofNullable(times.completeSince).map(this::age),
                    Optional.ofNullable(times.failure)));
        }
    }

    /** Drops the times of every source that {@code kept} rejects, so that none is stale when the source is back. */
    public void keep(Predicate<Source> kept) {
        bySource.keySet().removeIf(kept.negate());
    }

    /** Records that {@code source} was complete {@code age} ago, for another instance or before a restart. */
    public void wasComplete(Source source, Duration age) {
        Times times = bySource.get(source);
        if (times != null) {
            synchronized (times) {
                if (times.completeSince == null) {
                    times.completeSince = now() - age.toNanos();
                }
            }
        }
    }

    /** Records that a turn of {@code source} is due; tells nothing new about one that has begun before. */
    void due(Source source) {
        times(source);
    }

    void progressed(Source source, boolean inTurn) {
        Times times = times(source);
        synchronized (times) {
            times.inTurn = inTurn;
            times.progressedAt = now();
        }
    }

    void committed(Source source) {
        Times times = times(source);
        synchronized (times) {
            times.progressedAt = now();
            times.committedAt = now();
        }
    }

    /** Records that a scan of {@code window}, which began at {@code begun}, was complete. */
    void succeeded(Source source, DateRange window, LocalDate today, long begun) {
        Times times = times(source);
        synchronized (times) {
            if (!source.windowed()) {
                times.completeSince = begun;
            } else if (!isNewest(window, today)) {
                return;
            } else if (!completeNewestDays(times, window, today, begun)) {
                return;
            }
            times.succeededAt = now();
            times.failure = null;
        }
    }

    /** Whether both of the newest days have been scanned completely, after {@code window} has. */
    private static boolean completeNewestDays(Times times, DateRange window, LocalDate today, long begun) {
        LocalDate yesterday = today.minusDays(1);
        times.completeDays.headMap(yesterday).clear();
        for (LocalDate day = yesterday; !day.isAfter(today); day = day.plusDays(1)) {
            if (!day.isBefore(window.from()) && !day.isAfter(window.to())) {
                times.completeDays.put(day, begun);
            }
        }
        Long ofToday = times.completeDays.get(today);
        Long ofYesterday = times.completeDays.get(yesterday);
        if (ofToday == null || ofYesterday == null) {
            return false;
        }
        long oldest = ofToday - ofYesterday < 0 ? ofToday : ofYesterday;
        // One of the two days may fail again and again while the other one succeeds.
        boolean later = times.completeSince == null || oldest - times.completeSince > 0;
        times.completeSince = oldest;
        return later;
    }

    /** Records that a scan of {@code window} failed; with {@code null} that a turn failed as a whole. */
    void failed(Source source, DateRange window, LocalDate today, String reason) {
        if (window == null || !source.windowed() || isNewest(window, today)) {
            Times times = times(source);
            synchronized (times) {
                times.failure = SafeText.line(reason);
            }
        }
    }

    private static boolean isNewest(DateRange window, LocalDate today) {
        return !window.to().isBefore(today.minusDays(1));
    }

    private Times times(Source source) {
        return bySource.computeIfAbsent(source, unknown -> {
            Times times = new Times();
            times.progressedAt = now();
            return times;
        });
    }

    private Duration age(long time) {
        return Duration.ofNanos(now() - time);
    }
}
