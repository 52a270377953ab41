package io.bangwo8stream.scan;

import io.bangwo8stream.change.RecordState;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far the join of one record is. The thread that joins the record and the one that commits its page use it: each
 * join ends either before its page is committed, or late.
 */
public final class JoinProgress {

    private enum Step {
        NOT_DUE,
        DUE,
        RUNNING,
        LATE,
        ENDED
    }

    private final AtomicReference<Step> step = new AtomicReference<>(Step.NOT_DUE);
    private volatile long dueSince;
    private volatile RecordState stateBefore;

    /**
     * Records that the parts of the record are to be fetched.
     *
     * @param now    epoch milliseconds; the document does not contain later changes
     * @param before the stored state at this moment, or {@code null}
     */
    public void due(long now, RecordState before) {
        dueSince = now;
        stateBefore = before;
        step.set(Step.DUE);
    }

    /** Records that a thread joins the record now. */
    public void start() {
        step.set(Step.RUNNING);
    }

    /** Records that the join has ended; {@code false} when the page of the record was committed without it. */
    public boolean end() {
        return step.getAndSet(Step.ENDED) != Step.LATE;
    }

    /** Whether the join is still running, and counts as late from now on. */
    boolean becomesLate() {
        return step.compareAndSet(Step.RUNNING, Step.LATE);
    }

    /** Whether the join is due, but has not started. */
    public boolean isWaiting() {
        return step.get() == Step.DUE;
    }

    boolean hasEnded() {
        return step.get() == Step.ENDED;
    }

    /** When the join became due, in epoch milliseconds. */
    long dueSince() {
        return dueSince;
    }

    /** The stored state when the join became due, or {@code null}. */
    RecordState stateBefore() {
        return stateBefore;
    }
}
