package io.bangwo8stream.scan;

import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.RowOwnership;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.schedule.ScanOrder;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** One turn of a source: the scans of the windows that are due, one after the other; a variable of the route. */
@RegisterForReflection
public final class Scan {

    /** Why records are deferred whose joins take too long. */
    static final String JOINS_LATE = "joins-late";

    private final Source source;
    private final ScanSchedule schedule;
    private final Duration startedAt;
    private final Duration pageDeadline;
    private final Function<Scan, Optional<PageSequence>> nextPass;
    private final RowOwnership ownership;
    private final ScanSummary report = new ScanSummary();
    private final Deque<PageSequence> next = new ArrayDeque<>();
    private final Deque<PageSequence> suspended = new ArrayDeque<>();
    private PageSequence current;
    private ScanSchedule.Due lastDue;
    private boolean scanned;
    private Outcome outcome = new Outcome();
    private Outcome suspendedOutcome = outcome;
    private final Map<String, Deferral> deferred = new ConcurrentHashMap<>();
    private int failedWindows;
    private boolean idle;
    private volatile ScanTrace trace = ScanTrace.NONE;
    private volatile boolean aborted;
    private volatile String failure;
    private volatile boolean leadershipLost;
    private volatile boolean loginRefused;

    /** The outcome of the lists of one window so far. */
    private static final class Outcome {
        private final Set<String> listed = new HashSet<>();
        private final Set<String> names = new HashSet<>();
        private final Set<String> proved = new HashSet<>();
        private final Map<LocalDate, Integer> rowsByDay = new HashMap<>();
        private final LateRecords late = new LateRecords();
        private final JoinOrder order = new JoinOrder();
        private final LongAdder published = new LongAdder();
        private Set<String> orders = Set.of();
        private boolean republishes;
        private long begunAt;
        private boolean received;
        private boolean listFailed;
        private volatile boolean failed;
        private volatile String failure;
    }

    /**
     * @param pageDeadline after this time a page is committed without the records whose joins are still running
     * @param on           names of the sources that are on
     * @param nextPass     starts the next pass over the current list, where one is due at once
     */
    Scan(
            Source source,
            ScanSchedule schedule,
            Duration startedAt,
            Duration pageDeadline,
            Set<String> on,
            Function<Scan, Optional<PageSequence>> nextPass) {
        this.pageDeadline = pageDeadline;
        this.nextPass = nextPass;
        this.source = source;
        this.schedule = schedule;
        this.startedAt = startedAt;
        this.ownership = new RowOwnership(on, schedule.sweepInterval().multipliedBy(2), schedule.createdAt());
    }

    /**
     * The state of a record after this scan has seen its row.
     *
     * @param before the stored state, or {@code null}
     * @param now    in epoch milliseconds
     */
    public RecordState seen(RecordState before, FetchedRecord record, long now) {
        boolean usable = record.id() != null && !record.isDeferred();
        return before == null || !usable
                ? before
                : ownership.seen(before, record.rowSummary(this), source.hasJoinRoute(), now);
    }

    public Source source() {
        return source;
    }

    /** When the turn started, in monotonic time. */
    public Duration startedAt() {
        return startedAt;
    }

    public ScanSummary report() {
        return report;
    }

    /** Whether there is something to fetch that the records of a page share. */
    public boolean hasPageRoute() {
        return source.pageRoute().isPresent();
    }

    /** Endpoint of the route that fetches it. */
    public String pageRoute() {
        return source.pageRoute().orElseThrow();
    }

    /** Endpoint of the route that adds the parts to a record; {@code null} where the row is the whole record. */
    public String joinRoute() {
        return source.joinRoute().orElse(null);
    }

    /** The mode of the current window. */
    public ScanMode mode() {
        return current.due().mode();
    }

    /** The days of the current window. */
    public DateRange window() {
        return current.due().window();
    }

    /** What was scanned last; empty before the first window. */
    public Optional<ScanSchedule.Due> lastDue() {
        return Optional.ofNullable(lastDue);
    }

    /** The pages of the current window, for the split of the route; behind them those of late records. */
    public Iterator<FetchedPage> pages() {
        return new WindowPages(this, current, () -> nextPass.apply(this), outcome.late, outcome.order, pageDeadline);
    }

    /** The records of the current window whose joins are late. */
    LateRecords lateRecords() {
        return outcome.late;
    }

    /** Waits until the joins of earlier pages are all on their way, so that pages end one after the other. */
    public void awaitJoinsBefore(FetchedPage page) throws InterruptedException {
        outcome.order.await(page, () -> !isAborted());
    }

    /** Records that the joins of a page are all on their way. */
    public void joinsStarted(FetchedPage page) {
        outcome.order.remove(page);
    }

    /** Sets the spans of the turn, before its first call. */
    void trace(ScanTrace spans) {
        trace = spans;
    }

    ScanTrace trace() {
        return trace;
    }

    /** Records that a page is committed, or abandoned. */
    public void ended(FetchedPage page) {
        trace.ended(page);
        outcome.order.remove(page);
        outcome.late.pageEnded();
    }

    /** Ends the turn after the pages that are being processed, as an incomplete one. */
    public void abort() {
        aborted = true;
        report.incomplete();
    }

    /** Ends the turn after a failure that concerns the source as a whole. */
    public void abort(String reason) {
        failure = reason;
        abort();
    }

    /** Ends the turn because the API refuses the login. */
    public void refuseLogin(String reason) {
        loginRefused = true;
        abort(reason);
    }

    boolean isLoginRefused() {
        return loginRefused;
    }

    /** Why the turn was aborted; empty when it was not, or when its end was wanted. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    public boolean isAborted() {
        return aborted;
    }

    /** Ends the turn because another instance leads the stream. */
    void loseLeadership() {
        leadershipLost = true;
        abort();
    }

    /** Whether the turn ended before its first window because another instance leads the stream. */
    public boolean isWithoutLeadership() {
        return leadershipLost && !scanned;
    }

    /** The oldest day of creation, as an epoch day, that later scans may reach back to. */
    public long furthestDay() {
        return schedule.furthestDay().toEpochDay();
    }

    ScanSchedule schedule() {
        return schedule;
    }

    /** The current page sequence, or {@code null} before the first window and while a day is suspended. */
    PageSequence current() {
        return current;
    }

    /** Whether any window was scanned. */
    boolean hasScanned() {
        return scanned;
    }

    /** Whether the current window has more lists. */
    boolean hasMore() {
        return !next.isEmpty();
    }

    /** Moves to the next list. */
    void nextList() {
        current = next.remove();
        lastDue = current.due();
        scanned = true;
    }

    /** Starts the next window, which has these lists. */
    void start(Collection<? extends PageSequence> lists) {
        outcome = new Outcome();
        next.addAll(lists);
        nextList();
    }

    /** Defers a record whose join failed because of its endpoint, or of the login; its window stays incomplete. */
    public void deferFailed(FetchedRecord record) {
        String endpoint = record.failure().endpoint();
        defer(record, endpoint == null ? "?" : endpoint, record.failure().error());
    }

    /** Defers the records whose joins have not ended a page deadline after the last page. */
    void deferLateRecords() {
        outcome.late
                .abandon()
                .forEach(record -> defer(record, JOINS_LATE, "its join takes longer than bangwo8.page-deadline"));
    }

    /** Defers a record whose earlier join is still running; its window stays incomplete. */
    public void deferLate(FetchedRecord record) {
        defer(record, JOINS_LATE, "an earlier join of the record is still running");
    }

    private void defer(FetchedRecord record, String cause, String reason) {
        record.defer();
        report.incomplete();
        failWindow((cause.equals(JOINS_LATE) ? "" : "endpoint-down: ") + cause + ": " + reason);
        deferred.compute(
                cause,
                (any, known) -> known == null
                        ? new Deferral(reason, record.id(), 1)
                        : new Deferral(known.reason(), known.example(), known.records() + 1));
    }

    /**
     * Records that wait for an endpoint, or for their joins.
     *
     * @param reason  of the first failure
     * @param example id of the first of them
     */
    record Deferral(String reason, String example, int records) {}

    /** How many records this turn has deferred. */
    public int deferredRecords() {
        return deferred.values().stream().mapToInt(Deferral::records).sum();
    }

    /** The records that this turn has deferred, by the endpoint they wait for, or {@link #JOINS_LATE}. */
    Map<String, Deferral> deferred() {
        return deferred;
    }

    /** Records that a list of the current window was received. */
    void received() {
        outcome.received = true;
    }

    boolean isWindowReceived() {
        return outcome.received;
    }

    /** Records that a record of the current window, or what its records share, is not known completely. */
    public void failWindow() {
        outcome.failed = true;
    }

    private void failWindow(String reason) {
        failWindow();
        outcome.failure = reason;
    }

    /** Records that a list of the current window is unknown, or not known completely. */
    void failList() {
        failWindow();
        outcome.listFailed = true;
    }

    /** Records that a list of the current window cannot be scanned completely now, and why. */
    void failList(String reason) {
        failList();
        outcome.failure = reason;
    }

    boolean isListFailed() {
        return outcome.listFailed;
    }

    /** Why the current window could not be scanned; empty when what the API can send is published or dead-lettered. */
    Optional<String> windowFailure() {
        return Optional.ofNullable(outcome.failure);
    }

    /** Sets the ids of the orders that there were when the scan of the current window began, and what they want. */
    void orders(Set<String> ids, boolean republishes) {
        outcome.orders = ids;
        outcome.republishes = republishes;
    }

    /** Whether a command wants every record of the current window to be published again. */
    public boolean republishes() {
        return outcome.republishes;
    }

    /** Counts records of the current window that were published. */
    public void published(long records) {
        outcome.published.add(records);
    }

    /** What the current window, which has ended, shows to orders. */
    ScanOrder.Result orderResult() {
        return new ScanOrder.Result(
                outcome.orders, window(), isWindowDone(), outcome.listed.size(), outcome.published.sum());
    }

    /** The monotonic time at which the scan of the current window began. */
    long begunAt() {
        return outcome.begunAt;
    }

    void begunAt(long nanos) {
        outcome.begunAt = nanos;
    }

    /** Whether the window counts as scanned: none of its lists failed, and at least one was received. */
    boolean isWindowDone() {
        return outcome.received && !outcome.failed;
    }

    /** Records that nothing was due. */
    void idle() {
        idle = true;
    }

    public boolean isIdle() {
        return idle;
    }

    /** Adds what a list of this window contained. */
    void addSeen(PageSequence done) {
        outcome.listed.addAll(done.seen().all().keySet());
        outcome.names.addAll(done.names());
        outcome.proved.addAll(done.proved());
        done.rowsByDay().forEach((day, count) -> outcome.rowsByDay.merge(day, count, Integer::sum));
    }

    /** What this window has shown about its lists. */
    ScannedWindow scannedWindow() {
        return new ScannedWindow(
                source,
                mode(),
                window(),
                schedule.sweep(),
                current.due().today(),
                schedule.firstDayOfLookBack(),
                outcome.names,
                outcome.proved,
                outcome.listed,
                isWindowDone());
    }

    /** How many rows the lists of this window had, by day of creation. */
    Map<LocalDate, Integer> rowsByDay() {
        return outcome.rowsByDay;
    }

    /** Records that a window was scanned completely. */
    void windowSucceeded() {
        failedWindows = 0;
    }

    /** Counts a window that failed; returns how many in a row there are. */
    int countFailedWindow() {
        return ++failedWindows;
    }

    /** The ids that the lists of this window contained. */
    Set<String> listed() {
        return outcome.listed;
    }

    /** Scans the same list again. */
    void repeat(PageSequence again) {
        current = again;
    }

    /** Suspends the scan of the current window. */
    void suspend() {
        suspended.add(current);
        suspended.addAll(next);
        suspendedOutcome = outcome;
        next.clear();
        current = null;
    }

    boolean hasSuspended() {
        return !suspended.isEmpty();
    }

    /** Resumes the scan of the suspended window. */
    void resume() {
        start(suspended);
        outcome = suspendedOutcome;
        suspended.clear();
    }
}
