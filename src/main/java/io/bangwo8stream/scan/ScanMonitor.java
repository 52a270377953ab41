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

/** Reports how scans proceed to the log, the metrics and the health checks. */
@Singleton
public class ScanMonitor {

    private static final Logger LOG = Logger.getLogger(ScanMonitor.class);

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<Source, Instant> lastProgress = new ConcurrentHashMap<>();
    private final Map<Source, Instant> lastSuccess = new ConcurrentHashMap<>();
    private final Map<String, BackfillProgress> backfills = new ConcurrentHashMap<>();
    private final List<Consumer<Scan>> startListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Scan>> endListeners = new CopyOnWriteArrayList<>();

    ScanMonitor(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /** When each source that this instance scans last made progress: a turn started or ended, or a page was committed. */
    public Map<Source, Instant> lastProgress() {
        return Map.copyOf(lastProgress);
    }

    /** When each source that this instance scans last committed a page, or ended a turn successfully. */
    public Map<Source, Instant> lastSuccess() {
        return Map.copyOf(lastSuccess);
    }

    /** Drops the times of every source that {@code kept} rejects, so that none is stale when the source is back. */
    public void keepTimes(Predicate<Source> kept) {
        lastProgress.keySet().removeIf(kept.negate());
        lastSuccess.keySet().removeIf(kept.negate());
    }

    /** Calls {@code listener} at the start of each turn. */
    public void onStart(Consumer<Scan> listener) {
        startListeners.add(listener);
    }

    /** Calls {@code listener} after each turn. */
    public void onEnd(Consumer<Scan> listener) {
        endListeners.add(listener);
    }

    /** Records that a page of {@code scan} was committed. */
    public void committed(Scan scan) {
        lastProgress.put(scan.source(), clock.instant());
        lastSuccess.put(scan.source(), clock.instant());
    }

    void started(Scan scan) {
        progressed(scan);
        lastSuccess.putIfAbsent(scan.source(), clock.instant());
        startListeners.forEach(listener -> listener.accept(scan));
    }

    /** Records that {@code scan} has not stalled: it waited for another source of its stream. */
    void progressed(Scan scan) {
        lastProgress.put(scan.source(), clock.instant());
    }

    void ended(Scan scan) {
        String source = scan.source().name();
        lastProgress.put(scan.source(), clock.instant());
        // A turn in which nothing was due proves nothing about the API.
        if (!scan.isAborted() && !scan.isIdle()) {
            lastSuccess.put(scan.source(), clock.instant());
        }
        Duration took = Duration.between(scan.startedAt(), clock.instant());
        if (scan.hasScanned()) {
            meters.timer("bangwo8.scan", "source", source).record(took);
            LOG.infof("scanned source=%s %s seconds=%.1f", source, scan.report(), took.toMillis() / 1000.0);
        }
        scan.deferred().forEach((endpoint, deferral) -> {
            meters.counter("bangwo8.scan.incomplete", "source", source, "reason", "endpoint-down")
                    .increment();
            LOG.warnf(
                    "endpoint-down source=%s endpoint=%s records=%d example=%s reason=%s: the records are fetched again "
                            + "in every scan until the endpoint responds",
                    source, endpoint, deferral.records(), deferral.example(), deferral.reason());
        });
        endListeners.forEach(listener -> listener.accept(scan));
    }

    /** Reports the progress of a backfill. */
    void backfilled(Scan scan, long daysLeft) {
        String source = scan.source().name();
        BackfillProgress progress =
                backfills.computeIfAbsent(source, name -> new BackfillProgress(name, clock, meters));
        LOG.infof(
                "backfilled source=%s day=%s %s",
                source, scan.window().from(), progress.day(scan.current().seen().size(), daysLeft));
    }

    /** Reports why the last window is scanned once more; one more pass mostly finds what was missing. */
    void retried(Scan scan, List<String> reasons) {
        String source = scan.source().name();
        reasons.forEach(reason -> meters.counter("bangwo8.scan.retries", "source", source, "reason", reason)
                .increment());
        LOG.infof(
                "scan-retry source=%s mode=%s window=%s reasons=%s",
                source, scan.mode(), scan.window(), String.join(",", reasons));
    }

    void incomplete(Scan scan, List<String> reasons) {
        for (String reason : reasons) {
            meters.counter("bangwo8.scan.incomplete", "source", scan.source().name(), "reason", reason)
                    .increment();
            if (!reason.equals(ListPages.PAGES_SHIFTED)) {
                scan.report().incomplete();
            }
        }
    }
}
