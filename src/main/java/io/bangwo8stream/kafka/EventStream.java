package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.RecordCounts;
import io.bangwo8stream.change.RecordState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** What writes one topic: its state, its writer, and the lock that lets one scan at a time use them. */
public final class EventStream {

    private static final int MAX_STATES_PER_TRANSACTION = 1_000;

    private final StateStore store;
    private final StreamWriter writer;
    private final Semaphore turn = new Semaphore(1, true);

    EventStream(StateStore store, StreamWriter writer) {
        this.store = store;
        this.writer = writer;
    }

    /**
     * Waits until no other scan uses the stream, then reads the current state from Kafka.
     *
     * @throws StreamUnavailableException when that fails; the caller must still call {@link #unlock}
     */
    public void lock() throws InterruptedException {
        turn.acquire();
        begin();
    }

    private void begin() {
        synchronized (writer) {
            try {
                writer.begin();
            } catch (KafkaException unavailable) {
                throw new StreamUnavailableException(unavailable);
            }
        }
    }

    /** Whether this instance has committed a transaction, so that it has what it needs for that. */
    public boolean hasCommitted() {
        return writer.hasCommitted();
    }

    /** The state of the stream, to look at; it follows what is read and written later. */
    public StreamSnapshot snapshot() {
        return new StreamSnapshot(store);
    }

    /** Releases the stream for the next waiting scan. */
    public void unlock() {
        turn.release();
    }

    /**
     * Yields to the scans that wait for the stream, and returns once they have finished their turns.
     *
     * @throws StreamUnavailableException as {@link #lock}
     */
    public void yieldTurn() {
        if (hasWaitingScans()) {
            unlock();
            // Uninterruptible, because the caller unlocks at its end, and must hold the lock then.
            turn.acquireUninterruptibly();
            begin();
        }
    }

    boolean hasWaitingScans() {
        return turn.hasQueuedThreads();
    }

    /** The stored state of the record {@code id}, or {@code null}. */
    public RecordState state(String id) {
        return store.get(id);
    }

    /**
     * Where the events of the record {@code id}, which has no state, continue its earlier ones. For a record that is known
     * to be gone this reads the state topic.
     *
     * @throws KafkaException when the broker does not respond; a decision passes it on, and is made again
     */
    public RecordState.Chain lastEvents(String id) {
        synchronized (writer) {
            return writer.lastEvents(id);
        }
    }

    /** The wanted states of the records that were created from the first to the last day, by record id. */
    public Map<String, RecordState> createdBetween(LocalDate first, LocalDate last, Predicate<RecordState> wanted) {
        return store.createdBetween(first, last, wanted);
    }

    /** The wanted states of all records, by record id. */
    public Map<String, RecordState> select(Predicate<RecordState> wanted) {
        return store.createdBetween(LocalDate.MIN, LocalDate.MAX, wanted);
    }

    /** How many records have a wanted state; copies none. */
    public long count(Predicate<RecordState> wanted) {
        return store.count(wanted);
    }

    /** The labels of the option ids that the records of the stream contain. */
    public OptionLabels labels() {
        return store.labels();
    }

    /** The notes of the stream, by name, sorted; read at the start of a turn. */
    public Map<String, JsonNode> notes() {
        return store.notes().all();
    }

    /** The days of creation of all records, sorted. */
    public SortedSet<LocalDate> days() {
        return days(LocalDate.MIN, LocalDate.MAX);
    }

    /** Those from the first to the last day. */
    public SortedSet<LocalDate> days(LocalDate first, LocalDate last) {
        return store.days(first, last);
    }

    /** The number of records with a stored state. */
    public int size() {
        return store.size();
    }

    /** Whether the record {@code id} has a state, or is known to be gone. */
    public boolean knows(String id) {
        return store.knows(id);
    }

    /** Counts the records that {@code source} publishes, or may publish because the state does not know who does. */
    public RecordCounts counts(String source) {
        return store.counts(source);
    }

    /** Days of creation of the records that may still change, or are not published yet; sorted. */
    public SortedSet<LocalDate> pendingDays() {
        return store.pendingDays();
    }

    /** The days of which {@code source} has published every record, as they were after their end. */
    public DaySet scannedDays(String source) {
        return store.scannedDays().getOrDefault(source, DaySet.EMPTY);
    }

    /** Stores that {@code source} has scanned these days; writes nothing when that is stored already. */
    public void markScanned(String source, DaySet days) throws InterruptedException {
        markScanned(source, days, batch -> {});
    }

    /** The same, with what {@code more} adds to the transaction. */
    public void markScanned(String source, DaySet days, Consumer<WriteBatch> more) throws InterruptedException {
        Map<String, DaySet> all = new HashMap<>(store.scannedDays());
        all.put(source, days);
        boolean stored = days.equals(scannedDays(source));
        commit(() -> {
            WriteBatch batch = stored ? new WriteBatch() : WriteBatch.ofScannedDays(all);
            more.accept(batch);
            return batch;
        });
    }

    /** Adds to {@code batch} that {@code source} has scanned no day yet. */
    public void forgetScanned(String source, WriteBatch batch) {
        Map<String, DaySet> others = new HashMap<>(store.scannedDays());
        others.remove(source);
        batch.storeScannedDays(others);
    }

    /**
     * Forgets the records that no later scan can list: those created before {@code first}.
     *
     * @param isKept    the days whose records keep their state, because a scan of such a day is still to come
     * @param listedIds the ids that a scan has listed despite their day of creation; they keep their state
     * @return the ids of the forgotten records that could still change, or were not published yet, sorted
     */
    public List<String> expireBefore(LocalDate first, Predicate<LocalDate> isKept, Set<String> listedIds)
            throws InterruptedException {
        List<String> pending = new ArrayList<>();
        // Day by day: after a change of the look-back most of an account may expire.
        for (LocalDate day : store.days(LocalDate.MIN, first.minusDays(1))) {
            if (!isKept.test(day)) {
                Map<String, RecordState> expired = store.createdBetween(day, day, state -> true);
                expired.keySet().removeAll(listedIds);
                forget(expired.keySet());
                expired.forEach((id, state) -> {
                    if (state.isPending()) {
                        pending.add(id);
                    }
                });
            }
        }
        return pending.stream().sorted().toList();
    }

    /** Stores since when records are missing, epoch milliseconds; 0 for not missing. */
    public void markMissing(Collection<String> ids, long since) throws InterruptedException {
        for (List<String> some : chunks(List.copyOf(ids))) {
            commit(() -> {
                WriteBatch batch = new WriteBatch();
                some.stream()
                        .filter(id -> store.get(id) != null)
                        .forEach(id -> batch.storeState(id, store.get(id).missingSince(since)));
                return batch;
            });
        }
    }

    /** Forgets records, except for the ids of their last events, without an event. */
    public void forget(Collection<String> ids) throws InterruptedException {
        for (List<String> some : chunks(List.copyOf(ids))) {
            commit(() -> {
                WriteBatch batch = new WriteBatch();
                some.stream()
                        .filter(id -> store.get(id) != null)
                        .forEach(id -> batch.forget(id, store.get(id).chain()));
                return batch;
            });
        }
    }

    /** {@code ids} in parts, each for one transaction. */
    public static List<List<String>> chunks(List<String> ids) {
        List<List<String>> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += MAX_STATES_PER_TRANSACTION) {
            chunks.add(ids.subList(from, Math.min(from + MAX_STATES_PER_TRANSACTION, ids.size())));
        }
        return chunks;
    }

    /**
     * Writes the batch that {@code decision} derives from the current state, in one transaction.
     *
     * @param decision called again after a failed transaction, with the state of that moment
     * @return the committed batch
     * @throws FencedException when another instance writes the stream now
     * @throws StreamUnavailableException when the broker is unavailable for too long
     */
    public WriteBatch commit(Supplier<WriteBatch> decision) throws InterruptedException {
        synchronized (writer) {
            try {
                return writer.commit(decision);
            } catch (KafkaException unavailable) {
                throw new StreamUnavailableException(unavailable);
            }
        }
    }

    /** The same beside a scan that may use the stream: between two of its transactions, or else in a turn of its own. */
    public WriteBatch commitBesideScans(Supplier<WriteBatch> decision) throws InterruptedException {
        if (!turn.tryAcquire()) {
            return commit(decision);
        }
        try {
            begin();
            return commit(decision);
        } finally {
            unlock();
        }
    }

    void close() {
        synchronized (writer) {
            writer.close();
        }
    }
}
