package io.bangwo8stream.kafka;

import io.bangwo8stream.change.RecordState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** What writes one topic: its state, its writer, and the right to use them, which one walk has at a time. */
public final class EventStream {

    private static final int TOMBSTONES_AT_ONCE = 1_000;

    private final StateStore store;
    private final StreamWriter writer;
    private final Semaphore turn = new Semaphore(1, true);

    EventStream(StateStore store, StreamWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /**
     * Waits until no other walk uses the stream, then brings the state up to date.
     *
     * @throws org.apache.kafka.common.KafkaException when that fails; the turn must be given back all the same
     */
    public void lock() throws InterruptedException {
        turn.acquire();
        begin();
    }

    private void begin() {
        synchronized (writer) {
            writer.begin();
        }
    }

    /** Lets the next walk in. */
    public void unlock() {
        turn.release();
    }

    /**
     * Lets the walks that wait for the stream go first.
     *
     * @throws org.apache.kafka.common.KafkaException as {@link #lock}
     */
    public void yieldTurn() {
        if (isAwaited()) {
            unlock();
            // Its turn is given back once more at the end, and must be its own by then.
            turn.acquireUninterruptibly();
            begin();
        }
    }

    boolean isAwaited() {
        return turn.hasQueuedThreads();
    }

    /** What is remembered of the record {@code id}, or {@code null}. */
    public RecordState state(String id) {
        return store.get(id);
    }

    /** How many records are remembered. */
    public int size() {
        return store.size();
    }

    /** Day of creation of the oldest record that may still change, or is still to be published. */
    public Optional<LocalDate> oldestPending() {
        return store.oldestPending();
    }

    /** The first day that {@code source} has not backfilled yet, or {@code null}. */
    public LocalDate backfilledTo(String source) {
        return store.cursor().get(source);
    }

    /** Remembers that {@code day} of {@code source} is published wholly. */
    public void backfilled(String source, LocalDate day) throws InterruptedException {
        Map<String, LocalDate> cursor = new HashMap<>(store.cursor());
        cursor.put(source, day.plusDays(1));
        commit(() -> WriteBatch.ofCursor(cursor));
    }

    /**
     * Forgets the records that no walk will see again: those created before {@code first}.
     *
     * @param backfilling the first day that is still to be backfilled, or {@code null}: what is known of it and of the
     *                    days after it keeps them from being published again
     * @param listed      the ids that were listed all the same, whatever day of creation they name
     * @return the ids of those among the forgotten that might still have changed, or were still to be published
     */
    public List<String> expireBefore(LocalDate first, LocalDate backfilling, Set<String> listed)
            throws InterruptedException {
        Map<String, RecordState> old = store.before(first);
        old.keySet().removeAll(listed);
        old.values().removeIf(state -> backfilling != null && state.day() >= backfilling.toEpochDay());
        for (List<String> ids : parts(List.copyOf(old.keySet()))) {
            commit(() -> {
                WriteBatch batch = new WriteBatch();
                ids.forEach(batch::removeState);
                return batch;
            });
        }
        return old.entrySet().stream()
                .filter(entry -> entry.getValue().isPending())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static List<List<String>> parts(List<String> ids) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += TOMBSTONES_AT_ONCE) {
            parts.add(ids.subList(from, Math.min(from + TOMBSTONES_AT_ONCE, ids.size())));
        }
        return parts;
    }

    /**
     * Writes what {@code decision} makes of the state, in one transaction.
     *
     * @param decision called again, with the state as it is then, when a transaction failed
     * @return the batch that stands in Kafka
     * @throws FencedException when another instance writes the stream
     * @throws org.apache.kafka.common.KafkaException when the broker does not come back
     */
    public WriteBatch commit(Supplier<WriteBatch> decision) throws InterruptedException {
        synchronized (writer) {
            return writer.commit(decision);
        }
    }

    void close() {
        synchronized (writer) {
            writer.close();
        }
    }
}
