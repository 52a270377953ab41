package io.bangwo8stream.scan;

import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

/**
 * One turn of a source: the windows that were due, one after the other. It travels through the route as a variable.
 */
@RegisterForReflection
public final class Scan {

    private final Source source;
    private final ScanSchedule schedule;
    private final Instant begun;
    private final ScanSummary report = new ScanSummary();
    private final Deque<PageSequence> next = new ArrayDeque<>();
    private final Deque<PageSequence> suspended = new ArrayDeque<>();
    private final Set<String> listed = new HashSet<>();
    private PageSequence current;
    private boolean scanned;
    private Outcome outcome = new Outcome();
    private Outcome suspendedOutcome = outcome;
    private boolean idle;
    private volatile boolean aborted;

    /** What became of the lists of one window so far. */
    private static final class Outcome {
        private boolean answered;
        private volatile boolean failed;
    }

    Scan(Source source, ScanSchedule schedule, Instant begun) {
        this.source = source;
        this.schedule = schedule;
        this.begun = begun;
    }

    public Source source() {
        return source;
    }

    public Instant begun() {
        return begun;
    }

    public ScanSummary report() {
        return report;
    }

    /** Why the window is walked that is walked now. */
    public ScanMode mode() {
        return current.due().mode();
    }

    /** The days that are walked now. */
    public DateRange window() {
        return current.due().window();
    }

    /** The pages of the window that is walked now, for the split of the route. */
    public Iterator<FetchedPage> pages() {
        return current;
    }

    /** Ends the walk after the pages that are under way: going on would be in vain. */
    public void abort() {
        aborted = true;
        report.incomplete();
    }

    public boolean isAborted() {
        return aborted;
    }

    /** The oldest day of creation, as an epoch day, that later turns may reach back to. */
    public long furthestDay() {
        return schedule.furthestDay().toEpochDay();
    }

    ScanSchedule schedule() {
        return schedule;
    }

    /** What is walked now, or {@code null} before the first window and when a day was put aside. */
    PageSequence current() {
        return current;
    }

    /** Whether any window was due. */
    boolean hasScanned() {
        return scanned;
    }

    /** Whether there are more lists of the window that is walked now. */
    boolean hasMore() {
        return !next.isEmpty();
    }

    /** Goes to the next list. */
    void nextList() {
        current = next.remove();
        scanned = true;
    }

    /** Goes through these lists from now on. */
    void go(Collection<? extends PageSequence> lists) {
        listed.clear();
        outcome = new Outcome();
        next.addAll(lists);
        nextList();
    }

    /** Says that a list of the window that is walked now was there. */
    void answered() {
        outcome.answered = true;
    }

    /** Says that a list of the window that is walked now could not be known, or not wholly. */
    public void failWindow() {
        outcome.failed = true;
    }

    /** Whether the window may count as walked: none of its lists failed, and one at least was there. */
    boolean isWindowDone() {
        return outcome.answered && !outcome.failed;
    }

    /** Says that nothing was due. */
    void idle() {
        idle = true;
    }

    boolean isIdle() {
        return idle;
    }

    /** Takes note of the ids that a list of this window held. */
    void addSeen(Set<String> ids) {
        listed.addAll(ids);
    }

    /** The ids that the lists of this window held. */
    Set<String> listed() {
        return listed;
    }

    /** Walks the same list again. */
    void repeat(PageSequence again) {
        current = again;
    }

    /** Puts the day that is being backfilled aside. */
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

    /** Takes up the day that was put aside. */
    void resume() {
        go(suspended);
        outcome = suspendedOutcome;
        suspended.clear();
    }
}
