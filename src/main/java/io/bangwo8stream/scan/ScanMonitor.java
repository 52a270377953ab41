package io.bangwo8stream.scan;

import io.bangwo8stream.schedule.BackfillProgress;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.time.MonotonicTime;
import io.bangwo8stream.trace.Traces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Reports how scans proceed to the log, the metrics, the health checks and the traces. */
@Singleton
public class ScanMonitor {

    private static final Logger LOG = Logger.getLogger(ScanMonitor.class);

    private static final String ENDPOINT_DOWN = "endpoint-down";

    private final MeterRegistry meters;
    private final MonotonicTime clock;
    private final Traces traces;
    private final ScanTimes times;
    private final Set<String> loginRefused = ConcurrentHashMap.newKeySet();
    private final Map<String, BackfillProgress> backfills = new ConcurrentHashMap<>();
    private final List<Consumer<Scan>> startListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Scan>> windowListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Scan>> endListeners = new CopyOnWriteArrayList<>();

    ScanMonitor(MeterRegistry meters, MonotonicTime clock, Traces traces) {
        this.traces = traces;
        this.meters = meters;
        this.clock = clock;
        this.times = new ScanTimes(() -> clock.now().toNanos());
    }

    /** Exports zeros: Prometheus takes the first value of a counter that did not exist for no increase. */
    public void register(String source) {
        duration(source);
        for (String reason : ListPages.REASONS) {
            retries(source, reason);
            incompletes(source, reason);
        }
        List.of(Scan.JOINS_LATE, ENDPOINT_DOWN, ScanCompletion.CLOCK_NOT_TRUSTED)
                .forEach(reason -> incompletes(source, reason));
    }

    /** When the sources were last scanned, for the health checks and metrics. */
    public ScanTimes times() {
        return times;
    }

    /** Calls {@code listener} at the start of each turn. */
    public void onStart(Consumer<Scan> listener) {
        startListeners.add(listener);
    }

    /** Calls {@code listener} after each window, whose pages are committed then. */
    public void onWindow(Consumer<Scan> listener) {
        windowListeners.add(listener);
    }

    /** Calls {@code listener} after each turn. */
    public void onEnd(Consumer<Scan> listener) {
        endListeners.add(listener);
    }

    /** Records that a page of {@code scan} was committed. */
    public void committed(Scan scan) {
        times.committed(scan.source());
    }

    /** Records that a page of {@code scan} was abandoned, which is no success and no standstill either. */
    public void abandoned(Scan scan) {
        progressed(scan);
    }

    /** Records that a turn is due, which may have to wait for another source of its stream, or for Kafka. */
    void due(Scan scan) {
        times.due(scan.source());
    }

    void started(Scan scan) {
        scan.trace(new ScanTrace(traces, scan.source().name()));
        progressed(scan);
        startListeners.forEach(listener -> listener.accept(scan));
    }

    /** Records that {@code scan} has not stalled: it waited for another source of its stream. */
    void progressed(Scan scan) {
        times.progressed(scan.source(), true);
    }

    /** Records that the scan of a window begins. */
    void windowStarted(Scan scan) {
        progressed(scan);
        scan.begunAt(times.now());
    }

    /** Records that there is no list to scan, such as no followed view. */
    void nothingListed(Scan scan, ScanSchedule.Due due) {
        times.succeeded(scan.source(), due.window(), due.today(), times.now());
    }

    /** Records that all lists of a window were scanned. */
    void windowEnded(Scan scan) {
        LocalDate today = scan.current().due().today();
        scan.windowFailure()
                .ifPresentOrElse(
                        reason -> times.failed(scan.source(), scan.window(), today, reason),
                        () -> times.succeeded(scan.source(), scan.window(), today, scan.begunAt()));
        windowListeners.forEach(listener -> listener.accept(scan));
    }

    void ended(Scan scan) {
        String source = scan.source().name();
        times.progressed(scan.source(), false);
        scan.trace().ended(scan);
        scan.failure().ifPresent(reason -> times.failed(scan.source(), null, null, reason));
        Duration took = clock.now().minus(scan.startedAt());
        if (scan.hasScanned()) {
            duration(source).record(took);
            LOG.infof("scanned source=%s %s seconds=%.1f", source, scan.report(), took.toMillis() / 1000.0);
        }
        reportLogin(scan);
        scan.deferred().forEach((cause, deferral) -> deferred(source, cause, deferral));
        endListeners.forEach(listener -> listener.accept(scan));
    }

    /** Once until a scan succeeds. */
    private void reportLogin(Scan scan) {
        String source = scan.source().name();
        if (scan.isLoginRefused() && loginRefused.add(source)) {
            LOG.warnf(
                    "login-refused source=%s reason=%s: every scan tries again, and publishes what is missing once the API "
                            + "accepts the login",
                    source, scan.failure().orElse("unknown"));
        } else if (scan.hasScanned() && scan.report().isClean()) {
            loginRefused.remove(source);
        }
    }

    private void deferred(String source, String cause, Scan.Deferral deferral) {
        boolean late = cause.equals(Scan.JOINS_LATE);
        incompletes(source, late ? cause : ENDPOINT_DOWN).increment();
        if (late) {
            LOG.warnf(
                    "joins-late source=%s records=%d example=%s reason=%s: a later scan publishes the records",
                    source, deferral.records(), deferral.example(), deferral.reason());
        } else {
            LOG.warnf(
                    "endpoint-down source=%s endpoint=%s records=%d example=%s reason=%s: the records are fetched again "
                            + "in every scan until the endpoint responds",
                    source, cause, deferral.records(), deferral.example(), deferral.reason());
        }
    }

    /** Exports how many days are left, also while the first of them does not become complete. */
    void backfills(Scan scan, long daysLeft) {
        progress(scan).left(daysLeft);
    }

    private BackfillProgress progress(Scan scan) {
        return backfills.computeIfAbsent(scan.source().name(), name -> new BackfillProgress(name, clock, meters));
    }

    /** Reports the progress of a backfill. */
    void backfilled(Scan scan, long daysLeft) {
        String source = scan.source().name();
        BackfillProgress progress = progress(scan);
        LOG.infof(
                "backfilled source=%s day=%s %s",
                source, scan.window().from(), progress.day(scan.current().seen().size(), daysLeft));
    }

    /** Reports why the last window is scanned once more; one more pass mostly finds what was missing. */
    void retried(Scan scan, List<String> reasons) {
        String source = scan.source().name();
        reasons.forEach(reason -> retries(source, reason).increment());
        LOG.infof(
                "scan-retry source=%s mode=%s window=%s reasons=%s",
                source, scan.mode(), scan.window(), String.join(",", reasons));
    }

    void incomplete(Scan scan, List<String> reasons) {
        for (String reason : reasons) {
            incompletes(scan.source().name(), reason).increment();
            if (!reason.equals(ListPages.PAGES_SHIFTED)) {
                scan.report().incomplete();
            }
        }
    }

    private Timer duration(String source) {
        return meters.timer("bangwo8.scan", "source", source);
    }

    private Counter retries(String source, String reason) {
        return meters.counter("bangwo8.scan.retries", "source", source, "reason", reason);
    }

    private Counter incompletes(String source, String reason) {
        return meters.counter("bangwo8.scan.incomplete", "source", source, "reason", reason);
    }
}
