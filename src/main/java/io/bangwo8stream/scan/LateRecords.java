package io.bangwo8stream.scan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The records of one window whose pages were committed before they were joined. A later transaction of the same scan
 * commits them. Thread-safe.
 */
final class LateRecords {

    private static final long CHECK_INTERVAL_MS = 100;

    private final Set<FetchedRecord> running = new LinkedHashSet<>();
    private final List<FetchedRecord> waiting = new ArrayList<>();
    private final List<FetchedRecord> ended = new ArrayList<>();
    private int uncommittedPages;

    /** Records that a page is on its way. */
    synchronized void pageStarted() {
        uncommittedPages++;
    }

    /** Records that a page is committed, or abandoned. */
    synchronized void pageEnded() {
        uncommittedPages--;
        notifyAll();
    }

    /**
     * Whether a page is committed without {@code record}, because its join has not started, or has not ended.
     *
     * @param joins learns of a join that is running
     */
    synchronized boolean takes(FetchedRecord record, Runnable joins) {
        if (record.join().isWaiting()) {
            waiting.add(record);
            return true;
        }
        if (record.join().becomesLate()) {
            running.add(record);
            joins.run();
            return true;
        }
        return false;
    }

    /** Records that the late join of {@code record} has ended; {@code false} when nothing waits for it any more. */
    synchronized boolean ended(FetchedRecord record) {
        boolean awaited = running.remove(record);
        if (awaited) {
            ended.add(record);
            notifyAll();
        }
        return awaited;
    }

    /** Takes the records whose late joins have ended. */
    synchronized List<FetchedRecord> takeEnded() {
        List<FetchedRecord> taken = List.copyOf(ended);
        ended.clear();
        return taken;
    }

    /** Takes the records whose joins have not started. */
    synchronized List<FetchedRecord> takeWaiting() {
        List<FetchedRecord> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    /** Adds a record that must be joined again, because its state changed while its late join was running. */
    synchronized void joinAgain(FetchedRecord record) {
        waiting.add(record);
    }

    /** Whether a page or a late record is not committed yet. */
    synchronized boolean isAnyUncommitted() {
        return uncommittedPages > 0 || isAnyLate();
    }

    /** Whether a late record is not committed yet. */
    synchronized boolean isAnyLate() {
        return !running.isEmpty() || !waiting.isEmpty() || !ended.isEmpty();
    }

    /**
     * Waits until every page is committed, and then until a late record can be committed or joined, or none is late.
     *
     * @param deadline    in nanoseconds of {@link System#nanoTime()}: late records are not awaited beyond it
     * @param canContinue whether to go on waiting
     */
    synchronized void await(long deadline, BooleanSupplier canContinue) throws InterruptedException {
        while (canContinue.getAsBoolean()
                && (uncommittedPages > 0 || isOnlyRunning() && System.nanoTime() - deadline < 0)) {
            wait(CHECK_INTERVAL_MS);
        }
    }

    private boolean isOnlyRunning() {
        return !running.isEmpty() && waiting.isEmpty() && ended.isEmpty();
    }

    /** Takes all records that are not committed; their joins have no scan any more. */
    synchronized Set<FetchedRecord> abandon() {
        Set<FetchedRecord> abandoned = new HashSet<>(running);
        abandoned.addAll(waiting);
        abandoned.addAll(ended);
        running.clear();
        waiting.clear();
        ended.clear();
        return abandoned;
    }
}
