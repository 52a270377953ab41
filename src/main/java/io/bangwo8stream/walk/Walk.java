package io.bangwo8stream.walk;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Iterator;

/**
 * One turn of a source: the windows that were due, one after the other. It travels through the route as a variable.
 */
@RegisterForReflection
public final class Walk {

    private final Source source;
    private final WalkPlan plan;
    private final Instant begun;
    private final WalkReport report = new WalkReport();
    private WindowWalk current;
    private WindowWalk suspended;
    private boolean walked;
    private volatile boolean aborted;

    Walk(Source source, WalkPlan plan, Instant begun) {
        this.source = source;
        this.plan = plan;
        this.begun = begun;
    }

    public Source source() {
        return source;
    }

    public Instant begun() {
        return begun;
    }

    public WalkReport report() {
        return report;
    }

    /** Why the window is walked that is walked now. */
    public Rhythm rhythm() {
        return current.rhythm();
    }

    /** The days that are walked now. */
    public Window window() {
        return current.window();
    }

    /** The pages of the window that is walked now, for the split of the route. */
    public Iterator<ListedPage> pages() {
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
        return plan.furthestDay().toEpochDay();
    }

    WalkPlan plan() {
        return plan;
    }

    /** The window that is walked now, or {@code null} before the first. */
    WindowWalk current() {
        return current;
    }

    /** Whether any window was due. */
    boolean hasWalked() {
        return walked;
    }

    void go(WindowWalk next) {
        walked = true;
        current = next;
    }

    /** Puts the day that is being backfilled aside. */
    void suspend() {
        suspended = current;
        current = null;
    }

    /** The day that was put aside, if it was; it is taken up only once. */
    WindowWalk takeSuspended() {
        WindowWalk day = suspended;
        suspended = null;
        return day;
    }
}
