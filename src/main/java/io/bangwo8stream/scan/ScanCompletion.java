package io.bangwo8stream.scan;

import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.FencedException;
import io.bangwo8stream.kafka.StreamUnavailableException;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.label.LabelResolver;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.schedule.ScanOrder;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.ClockWatch;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Decides whether a window was scanned completely, then stores its progress, retries it, or reports what is missing. */
@Singleton
class ScanCompletion {

    private static final Logger LOG = Logger.getLogger(ScanCompletion.class);

    /** Passes over a window whose pages shift, or that misses records. */
    private static final int ATTEMPTS = 3;

    /** Passes over a list of several pages that no later scan visits, until one brings no record that slipped past others. */
    private static final int PASSES_TO_SETTLE = 5;

    /** Shortcomings after which a window counts as complete all the same. */
    private static final Set<String> HARMLESS =
            Set.of(ListPages.PAGES_SHIFTED, ListPages.LABELS_MISSING, ListPages.DUPLICATE_IDS);

    /** Shortcomings that nobody can mend now: the days are scanned again later, and the source counts as healthy. */
    private static final Set<String> LASTING = Set.of(ListPages.ROWS_UNREADABLE, ListPages.LIST_REFUSED);

    /** Shortcomings that another pass would have too. */
    private static final Set<String> POINTLESS_TO_RETRY = Set.of(
            ListPages.LIST_REFUSED, ListPages.LABELS_MISSING, ListPages.ROWS_UNREADABLE, ListPages.DUPLICATE_IDS);

    /** The days that are the newest at the vendor may not be among those that were scanned. */
    static final String CLOCK_NOT_TRUSTED = "clock-not-trusted";

    private final EventStreamRegistry streams;
    private final ScanScheduleRegistry schedules;
    private final LabelResolver labels;
    private final MissingRecords missing;
    private final ScanMonitor monitor;
    private final ClockWatch clock;

    ScanCompletion(
            EventStreamRegistry streams,
            ScanScheduleRegistry schedules,
            LabelResolver labels,
            MissingRecords missing,
            ScanMonitor monitor,
            ClockWatch clock) {
        this.streams = streams;
        this.schedules = schedules;
        this.labels = labels;
        this.missing = missing;
        this.monitor = monitor;
        this.clock = clock;
    }

    /**
     * Whether another pass over the last window may find what this one missed. Otherwise the window ends: its progress is
     * stored when it is complete, and what is missing is reported.
     *
     * @param canContinue whether the turn may go on
     */
    boolean needsRetry(Scan scan, BooleanSupplier canContinue) throws InterruptedException {
        PageSequence done = scan.current();
        if (done.failure() != null) {
            fail(scan, done.failure());
        } else if (done.isUnfinished()) {
            suspend(scan, canContinue);
            return false;
        }
        List<String> shortcomings = shortcomings(scan, done);
        if (isRetryable(shortcomings, done.attempt()) && done.failure() == null && !scan.isAborted()) {
            monitor.retried(scan, shortcomings);
            return true;
        }
        if (!shortcomings.isEmpty()) {
            report(scan, shortcomings);
        }
        close(scan, done, shortcomings);
        return false;
    }

    /**
     * Whether the last window needs another pass only because its list has several pages: such a pass mostly finds no
     * other record, and does not wait for the joins of the one before.
     */
    boolean settlesAtOnce(Scan scan) {
        PageSequence done = scan.current();
        boolean due = !done.isUnfinished()
                && done.failure() == null
                && done.attempt() < PASSES_TO_SETTLE
                && !scan.isAborted()
                && shortcomings(scan, done).equals(List.of(ListPages.PAGES_UNSETTLED));
        if (due) {
            monitor.retried(scan, List.of(ListPages.PAGES_UNSETTLED));
        }
        return due;
    }

    /** Neither the count nor anything else shows that a row slipped to an earlier page while another one was added. */
    private static List<String> shortcomings(Scan scan, PageSequence done) {
        List<String> shortcomings = new ArrayList<>(done.shortcomings());
        if (done.isUnsettled() && !scan.schedule().isVisitedAgain(scan.mode())) {
            shortcomings.add(ListPages.PAGES_UNSETTLED);
        }
        return shortcomings;
    }

    /** Other lists may succeed, but the window is not complete. */
    private void fail(Scan scan, ApiException failure) {
        scan.failList(failure.getMessage());
        if (failure instanceof ApiRejectedException) {
            labels.refuse(scan.source());
        }
    }

    private static boolean isRetryable(List<String> shortcomings, int attempt) {
        return shortcomings.contains(ListPages.PAGES_UNSETTLED) && attempt < PASSES_TO_SETTLE
                || attempt < ATTEMPTS && !POINTLESS_TO_RETRY.containsAll(shortcomings);
    }

    private void close(Scan scan, PageSequence done, List<String> shortcomings) throws InterruptedException {
        scan.addSeen(done);
        if (scan.mode() != ScanMode.BACKFILL) {
            scan.schedule().scanned();
        }
        if (done.isReceived()) {
            scan.received();
        }
        failListOf(scan, done, shortcomings);
        if (scan.isAborted() || scan.hasMore()) {
            return;
        }
        try {
            missing.windowEnded(scan.scannedWindow());
            if (scan.isWindowDone()) {
                storeProgress(scan);
                monitor.windowEnded(scan);
            } else {
                storeOrders(scan);
                monitor.windowEnded(scan);
                failDays(scan);
                endUnlessAnotherWindowMaySucceed(scan);
            }
        } catch (FencedException | StreamUnavailableException lost) {
            // The window will be scanned again; it must not count as complete.
            scan.abort(lost.getMessage());
            LOG.errorf(
                    "scan-completion-failed source=%s window=%s reason=%s",
                    scan.source().name(), scan.window(), SafeText.line(lost.getMessage()));
        }
    }

    /** Days that shared a list stand alone now: one of them may hide the others. */
    private static void failDays(Scan scan) {
        if (scan.isListFailed() && scan.source().windowed() && !scan.window().isOneDay()) {
            scan.schedule().separate(scan.current().due());
        } else {
            scan.schedule().failed(scan.window());
        }
    }

    private static void failListOf(Scan scan, PageSequence done, List<String> shortcomings) {
        List<String> serious = shortcomings.stream()
                .filter(reason -> !HARMLESS.contains(reason))
                // What has no days is scanned again in any case.
                .filter(reason -> scan.source().windowed() || !reason.equals(ListPages.LIST_REFUSED))
                .toList();
        boolean received = scan.isWindowReceived() || scan.hasMore();
        if (LASTING.containsAll(serious) && !serious.isEmpty() && received) {
            scan.failList();
        } else if (!serious.isEmpty()) {
            scan.failList(String.join(",", serious)
                    + done.cause().map(cause -> ": " + cause.getMessage()).orElse(""));
        } else if (!scan.isWindowReceived() && !scan.hasMore()) {
            scan.failList(done.cause().map(ApiException::getMessage).orElse("the API sent no list"));
        }
    }

    /** A refusal of the login, and several days in a row that fail, are a failure of the API, not of a day. */
    private static void endUnlessAnotherWindowMaySucceed(Scan scan) {
        ApiException cause = scan.current().cause().orElse(null);
        boolean refused = cause instanceof ApiRejectedException;
        if (refused && scan.isWindowReceived() && scan.source().windowed()) {
            return;
        }
        if (cause != null && cause.isOfCredentials()) {
            scan.refuseLogin(cause.getMessage());
            return;
        }
        boolean ofLogin = cause instanceof ApiRejectedException refusal && refusal.isOfLogin();
        if (!scan.source().windowed() || ofLogin || cause != null && areTooMany(scan)) {
            scan.abort();
        }
    }

    private static boolean areTooMany(Scan scan) {
        return scan.window().isOneDay()
                && scan.countFailedWindow() >= scan.schedule().failuresThatEndATurn();
    }

    /** Sweeps and backfills yield to the newest days; any other scan was ended from outside. */
    private static void suspend(Scan scan, BooleanSupplier canContinue) {
        if (canContinue.getAsBoolean() && scan.mode() != ScanMode.RECENT) {
            scan.suspend();
        } else {
            scan.abort();
        }
    }

    private void storeProgress(Scan scan) throws InterruptedException {
        EventStream stream = streams.of(scan.source().stream());
        String source = scan.source().name();
        ScanSchedule schedule = scan.schedule();
        scan.windowSucceeded();
        schedule.completed(scan.window(), scan.rowsByDay());
        if (!scan.source().windowed()) {
            storeOrders(scan);
        } else {
            stream.markScanned(
                    source,
                    schedule.withScanned(
                            stream.scannedDays(source), scan.current().due()),
                    batch -> addOrders(scan, batch));
            if (!clock.isTrusted()) {
                monitor.incomplete(scan, List.of(CLOCK_NOT_TRUSTED));
            }
        }
        if (scan.mode() == ScanMode.BACKFILL) {
            monitor.backfilled(scan, daysLeft(scan, stream));
        } else if (scan.mode() == ScanMode.SWEEP) {
            schedule.listedAgain(listedAgain(scan, stream));
            if (schedule.endsSweep()) {
                missing.sweepEnded(scan);
                if (scan.source().expires() && clock.isTrusted()) {
                    expire(scan, stream);
                }
            }
        }
    }

    /** Those before the look-back, and those that were ordered. */
    static long daysLeft(Scan scan, EventStream stream) {
        Source source = scan.source();
        return scan.schedule().backfillDaysLeft(stream.scannedDays(source.name()))
                + ScanOrder.daysLeft(stream, source).size();
    }

    private void storeOrders(Scan scan) throws InterruptedException {
        EventStream stream = streams.of(scan.source().stream());
        stream.commit(() -> {
            WriteBatch batch = new WriteBatch();
            addOrders(scan, batch);
            return batch;
        });
    }

    private void addOrders(Scan scan, WriteBatch batch) {
        EventStream stream = streams.of(scan.source().stream());
        ScanOrder.scanned(stream, scan.source(), scan.orderResult(), clock.instant(), batch);
    }

    private static List<String> listedAgain(Scan scan, EventStream stream) {
        long first = scan.schedule().firstDayOfLookBack().toEpochDay();
        return scan.listed().stream()
                .filter(id -> {
                    RecordState state = stream.state(id);
                    return state != null && state.day() < first;
                })
                .toList();
    }

    private void expire(Scan scan, EventStream stream) throws InterruptedException {
        Map<LocalDate, Boolean> kept = new HashMap<>();
        Predicate<LocalDate> stillScanned = schedules.stillScanned(scan.source().stream());
        List<String> expired = stream.expireBefore(
                scan.schedule().firstDayOfLookBack(),
                day -> kept.computeIfAbsent(day, stillScanned::test),
                scan.schedule().listedAgain());
        if (!expired.isEmpty()) {
            LOG.warnf(
                    "record-expired source=%s reason=older-than-bangwo8.max-look-back records=%s",
                    scan.source().name(), expired);
        }
    }

    private void report(Scan scan, List<String> shortcomings) {
        PageSequence done = scan.current();
        monitor.incomplete(scan, shortcomings);
        if (done instanceof MergedListPages merged && !merged.uncertain().isEmpty()) {
            LOG.warnf(
                    "lists-incomplete source=%s lists=%s: takes the records that these lists contained the last time for "
                            + "listed, and publishes those of the other lists",
                    scan.source().name(), String.join(",", merged.uncertain()));
        }
        LOG.warnf(
                "scan-incomplete source=%s mode=%s window=%s reasons=%s attempts=%d seen=%d count=%s cause=%s",
                scan.source().name(),
                scan.mode(),
                scan.window(),
                String.join(",", shortcomings),
                done.attempt(),
                done.seen().size(),
                done.count().isPresent() ? done.count().getAsLong() : "unknown",
                done.cause().map(ApiException::getMessage).orElse("none"));
    }
}
