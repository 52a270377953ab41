package io.bangwo8stream.scan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * Lets the joins of a page start when those of the pages before it are all on their way. Two pages that shared the
 * requests would end together, and nothing would be requested while both are committed. Thread-safe.
 */
final class JoinOrder {

    private static final long CHECK_INTERVAL_MS = 100;

    private final Deque<FetchedPage> pages = new ArrayDeque<>();

    /** Adds a page behind those that are being joined. */
    synchronized void add(FetchedPage page) {
        pages.add(page);
    }

    /**
     * Waits until the pages before {@code page} are removed.
     *
     * @param canContinue whether to go on waiting
     */
    synchronized void await(FetchedPage page, BooleanSupplier canContinue) throws InterruptedException {
        while (canContinue.getAsBoolean() && isBehindAnother(page)) {
            wait(CHECK_INTERVAL_MS);
        }
    }

    /**
     * Waits until all pages are removed.
     *
     * @param canContinue whether to go on waiting
     */
    synchronized void awaitAll(BooleanSupplier canContinue) throws InterruptedException {
        while (canContinue.getAsBoolean() && !pages.isEmpty()) {
            wait(CHECK_INTERVAL_MS);
        }
    }

    private boolean isBehindAnother(FetchedPage page) {
        return pages.peek() != page && pages.stream().anyMatch(each -> each == page);
    }

    /** Removes a page: all its joins have started, or it is committed or abandoned. */
    synchronized void remove(FetchedPage page) {
        pages.removeIf(each -> each == page);
        notifyAll();
    }
}
