package io.bangwo8stream.scan;

import io.bangwo8stream.schedule.BackfillProgress;
import io.bangwo8stream.source.Source;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Remembers how the walks go: for the log, the metrics and the health checks. */
@Singleton
public class ScanMonitor {

    private static final Logger LOG = Logger.getLogger(ScanMonitor.class);

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<Source, Instant> moved = new ConcurrentHashMap<>();
    private final Map<Source, Instant> succeeded = new ConcurrentHashMap<>();
    private final Map<String, BackfillProgress> backfills = new ConcurrentHashMap<>();
    private final List<Consumer<Scan>> beginListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Scan>> endListeners = new CopyOnWriteArrayList<>();

    ScanMonitor(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /** When anything last happened to each source that this instance walks: a walk began or ended, a page was done. */
    public Map<Source, Instant> moved() {
        return Map.copyOf(moved);
    }

    /** When a page was last committed, or a walk last ended well, of each source that this instance walks. */
    public Map<Source, Instant> succeeded() {
        return Map.copyOf(succeeded);
    }

    /** Forgets the times of every source that {@code kept} does not take, so that none is stale when it is back. */
    public void keepTimes(Predicate<Source> kept) {
        moved.keySet().removeIf(kept.negate());
        succeeded.keySet().removeIf(kept.negate());
    }

    /** Calls {@code listener} at the beginning of each walk. */
    public void onBegin(Consumer<Scan> listener) {
        beginListeners.add(listener);
    }

    /** Calls {@code listener} after each walk. */
    public void onEnd(Consumer<Scan> listener) {
        endListeners.add(listener);
    }

    /** Says that a page of {@code scan} was committed. */
    public void committed(Scan scan) {
        moved.put(scan.source(), clock.instant());
        succeeded.put(scan.source(), clock.instant());
    }

    void begun(Scan scan) {
        canContinue(scan);
        succeeded.putIfAbsent(scan.source(), clock.instant());
        beginListeners.forEach(listener -> listener.accept(scan));
    }

    /** Says that {@code scan} has not been standing still: it waited for another of its stream. */
    void canContinue(Scan scan) {
        moved.put(scan.source(), clock.instant());
    }

    void ended(Scan scan) {
        String source = scan.source().name();
        moved.put(scan.source(), clock.instant());
        // A turn in which nothing was due says nothing of the API.
        if (!scan.isAborted() && !scan.isIdle()) {
            succeeded.put(scan.source(), clock.instant());
        }
        Duration took = Duration.between(scan.begun(), clock.instant());
        if (scan.hasScanned()) {
            meters.timer("bangwo8.walk", "source", source).record(took);
            LOG.infof("walked source=%s %s seconds=%.1f", source, scan.report(), took.toMillis() / 1000.0);
        }
        endListeners.forEach(listener -> listener.accept(scan));
    }

    /** Tells how far a backfill has come. */
    void backfilled(Scan scan, long daysLeft) {
        String source = scan.source().name();
        BackfillProgress progress =
                backfills.computeIfAbsent(source, name -> new BackfillProgress(name, clock, meters));
        LOG.infof(
                "backfilled source=%s day=%s %s",
                source, scan.window().from(), progress.day(scan.current().seen().size(), daysLeft));
    }

    /** Says why the window that was walked last is walked once more; mostly that mends it. */
    void retried(Scan scan, List<String> reasons) {
        String source = scan.source().name();
        reasons.forEach(reason -> meters.counter("bangwo8.walk.repetitions", "source", source, "reason", reason)
                .increment());
        LOG.infof(
                "walks-again source=%s rhythm=%s window=%s reasons=%s",
                source, scan.mode(), scan.window(), String.join(",", reasons));
    }

    void incomplete(Scan scan, List<String> reasons) {
        for (String reason : reasons) {
            meters.counter("bangwo8.walk.shortcomings", "source", scan.source().name(), "reason", reason)
                    .increment();
            if (!reason.equals(ListPages.PAGES_SHIFTED)) {
                scan.report().incomplete();
            }
        }
    }
}
