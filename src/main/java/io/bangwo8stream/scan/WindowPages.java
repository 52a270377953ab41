package io.bangwo8stream.scan;

import io.bangwo8stream.schedule.ScanMode;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The pages of a window, and behind them pages with the records whose joins were late, if only an empty one. */
final class WindowPages implements Iterator<FetchedPage> {

    private final Scan scan;
    private final Supplier<Optional<PageSequence>> nextPass;
    private final LateRecords late;
    private final JoinOrder order;
    private final Duration pageDeadline;
    private PageSequence pages;
    private boolean repeated;
    private long deadline;
    private boolean ended;
    private boolean settled;
    private boolean promised;
    private int number;

    /**
     * @param pages        the first of them
     * @param nextPass     starts another pass over the list after the last page, where one is due at once
     * @param pageDeadline how long after the last page late records are awaited
     */
    WindowPages(
            Scan scan,
            PageSequence pages,
            Supplier<Optional<PageSequence>> nextPass,
            LateRecords late,
            JoinOrder order,
            Duration pageDeadline) {
        this.scan = scan;
        this.pages = pages;
        this.nextPass = nextPass;
        this.late = late;
        this.order = order;
        this.pageDeadline = pageDeadline;
    }

    /**
     * Does not wait, because Camel asks before it processes the page that {@link #next} has returned. Keeps to what it has
     * said until then: Camel asks again later, and would end the split beside pages that are still on their way.
     */
    @Override
    public boolean hasNext() {
        promised = promised || !ended && (pages.hasNext() || startsNextPass()) || awaitsLateRecords();
        return promised;
    }

    private boolean startsNextPass() {
        Optional<PageSequence> next = late.isAnyLate() ? Optional.empty() : nextPass.get();
        next.ifPresent(again -> {
            pages = again;
            repeated = true;
        });
        return next.isPresent() && pages.hasNext();
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
        promised = false;
        if (pages.due().mode() != ScanMode.RECENT && scan.source().windowed()) {
            awaitStartedJoins();
        }
        FetchedPage page = !ended && pages.hasNext() ? listed() : lateRecords();
        number = page.number();
        late.pageStarted();
        order.add(page);
        return page;
    }

    /** While this waits, a scan of the newest days may become due; it then goes first, instead of waiting for this page too. */
    private void awaitStartedJoins() {
        try {
            order.awaitAll(() -> !scan.isAborted());
        } catch (InterruptedException interrupted) {
            interrupted();
        }
    }

    private FetchedPage listed() {
        FetchedPage page = pages.next();
        if (repeated && !page.records().isEmpty()) {
            // At most one join of a record is under way, and its newer row is published later.
            await(System.nanoTime());
            repeated = false;
        }
        return page;
    }

    private FetchedPage lateRecords() {
        if (pages.isUnfinished()) {
            // The newest days have become due since the answer of hasNext: the window is suspended.
            return new FetchedPage(scan, 0, List.of());
        }
        if (!ended) {
            ended = true;
            deadline = System.nanoTime() + pageDeadline.toNanos();
        }
        await(deadline);
        // Otherwise this page, which is not committed yet either, would be followed by another one, and so on.
        settled = !late.isAnyLate();
        return new FetchedPage(
                scan,
                settled ? 0 : number,
                List.copyOf(late.takeWaiting()),
                scan.trace().turn());
    }

    private void await(long lateRecordsUntil) {
        try {
            late.await(lateRecordsUntil, () -> !scan.isAborted());
        } catch (InterruptedException interrupted) {
            interrupted();
        }
    }

    private void interrupted() {
        Thread.currentThread().interrupt();
        scan.abort();
    }
}
