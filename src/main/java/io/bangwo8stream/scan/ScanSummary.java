package io.bangwo8stream.scan;

import io.opentelemetry.api.trace.Span;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a turn did with the records that it saw. */
public final class ScanSummary {

    private final LongAdder seen = new LongAdder();
    private final LongAdder published = new LongAdder();
    private final LongAdder unchanged = new LongAdder();
    private final LongAdder deadLettered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private volatile boolean complete = true;

    void seen(long records) {
        seen.add(records);
    }

    /** Adds the outcomes of the records of one page. */
    public void committed(long changes, long same, long dead, long unpublished) {
        published.add(changes);
        unchanged.add(same);
        deadLettered.add(dead);
        failed.add(unpublished);
    }

    /** Records that something is missing from the scans, so that the numbers are incomplete. */
    public void incomplete() {
        complete = false;
    }

    public void add(ScanSummary other) {
        seen.add(other.seen.sum());
        committed(other.published.sum(), other.unchanged.sum(), other.deadLettered.sum(), other.failed.sum());
        complete &= other.complete;
    }

    /** Whether everything that the API showed is in Kafka. */
    public boolean isClean() {
        return complete && failed.sum() == 0;
    }

    /** Sets the attributes of the span of the turn. */
    void describe(Span turn) {
        turn.setAttribute("bangwo8.seen", seen.sum())
                .setAttribute("bangwo8.published", published.sum())
                .setAttribute("bangwo8.unchanged", unchanged.sum())
                .setAttribute("bangwo8.dead_lettered", deadLettered.sum())
                .setAttribute("bangwo8.failed", failed.sum())
                .setAttribute("bangwo8.complete", complete);
    }

    /** {@code seen=5 published=2 unchanged=3 dead-lettered=0 failed=0 complete=true}. */
    @Override
    public String toString() {
        return "seen=" + seen + " published=" + published + " unchanged=" + unchanged + " dead-lettered=" + deadLettered
                + " failed=" + failed + " complete=" + complete;
    }
}
