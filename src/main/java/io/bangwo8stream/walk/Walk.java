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
    private final Instant begun;
    private final WalkReport report = new WalkReport();
    private Rhythm rhythm = Rhythm.POLL;
    private Window window;
    private WindowWalk pages;
    private int attempt;
    private volatile boolean aborted;

    Walk(Source source, Instant begun) {
        this.source = source;
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

    public Rhythm rhythm() {
        return rhythm;
    }

    /** The days that are walked now. */
    public Window window() {
        return window;
    }

    /** The pages of the window that is walked now, for the split of the route. */
    public Iterator<ListedPage> pages() {
        return pages;
    }

    /** Ends the walk after the pages that are under way: going on would be in vain. */
    public void abort() {
        aborted = true;
        report.incomplete();
    }

    boolean isAborted() {
        return aborted;
    }

    WindowWalk windowWalk() {
        return pages;
    }

    int attempt() {
        return attempt;
    }

    void go(Rhythm why, Window days, int tries, WindowWalk listing) {
        rhythm = why;
        window = days;
        attempt = tries;
        pages = listing;
    }
}
