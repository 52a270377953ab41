package io.bangwo8stream.scan;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/** The pages of a window, and behind them pages with the records whose joins were late, if only an empty one. */
final class WindowPages implements Iterator<FetchedPage> {

    private final Scan scan;
    private final PageSequence pages;
    private final LateRecords late;
    private final Duration pageDeadline;
    private long deadline;
    private boolean ended;
    private boolean settled;
    private int number;

    /** @param pageDeadline how long after the last page late records are awaited */
    WindowPages(Scan scan, PageSequence pages, LateRecords late, Duration pageDeadline) {
        this.scan = scan;
        this.pages = pages;
        this.late = late;
        this.pageDeadline = pageDeadline;
    }

    /** Does not wait: Camel calls it before it processes the page that {@link #next} has returned. */
    @Override
    public boolean hasNext() {
        return !ended && pages.hasNext() || awaitsLateRecords();
    }

    /** A suspended window awaits its late records when it is resumed; other lists of a window do not wait for them. */
    private boolean awaitsLateRecords() {
        boolean expired = ended && System.nanoTime() - deadline > 0;
        return !settled
                && !expired
                && !scan.isAborted()
                && !pages.isUnfinished()
                && !scan.hasMore()
                && late.isAnyUncommitted();
    }

    @Override
    public FetchedPage next() {
        FetchedPage page = !ended && pages.hasNext() ? pages.next() : lateRecords();
        number = page.number();
        late.pageStarted();
        return page;
    }

    private FetchedPage lateRecords() {
        if (!ended) {
            ended = true;
            deadline = System.nanoTime() + pageDeadline.toNanos();
        }
        try {
            late.await(deadline, () -> !scan.isAborted());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            scan.abort();
        }
        // Otherwise this page, which is not committed yet either, would be followed by another one, and so on.
        settled = !late.isAnyLate();
        return new FetchedPage(scan, number, List.copyOf(late.takeWaiting()));
    }
}
