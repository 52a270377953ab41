package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.RecordCounts;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.SourceRows;
import io.bangwo8stream.change.StateJson;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.text.SafeText;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * The contents of the state topic for one stream: a {@link RecordState} under {@code {tenant}/{stream}/{record id}},
 * under {@code {tenant}/{stream}} the days that each source has scanned to their end, the {@link OptionLabels} and the
 * {@link StreamNotes}.
 */
final class StateStore {

    private static final Logger LOG = Logger.getLogger(StateStore.class);

    private final String progressKey;
    private final PackedStates records = new PackedStates();
    private final GoneIds gone = new GoneIds();
    private final OptionLabels labels;
    private final StreamNotes notes;
    /** Those whose offset is not known until the loader reads them. */
    private final Map<String, StoredGone> goneUnread = new ConcurrentHashMap<>();

    private volatile StoredProgress progress = StoredProgress.NONE;

    /** What remains of a record that was deleted or forgotten. */
    private record StoredGone(RecordState.Chain last, int sequence) {}

    /** Reads the state topic at one offset. */
    @FunctionalInterface
    interface ValueReader {
        /** The value at {@code offset}, if the record there exists and has this key. */
        Optional<byte[]> read(long offset, String key);
    }

    StateStore(String tenant, String stream) {
        this.progressKey = tenant + "/" + stream;
        this.labels = new OptionLabels(tenant, stream);
        this.notes = new StreamNotes(tenant, stream);
    }

    RecordState get(String id) {
        return records.get(id);
    }

    OptionLabels labels() {
        return labels;
    }

    StreamNotes notes() {
        return notes;
    }

    /**
     * Applies what a transaction has written.
     *
     * @param offsets of what remains of records that are gone, by id; incomplete where the broker did not report them
     */
    void put(WriteBatch committed, Map<String, Long> offsets) {
        committed.states().forEach((id, state) -> putState(id, state, nextSequence(id)));
        committed.forgotten().forEach((id, last) -> putGone(id, last, nextSequence(id), offsets.getOrDefault(id, -1L)));
        committed.scannedDays().ifPresent(written -> progress = progress.next(written));
        labels.written(committed.labels());
        notes.written(committed.notes());
    }

    /**
     * Where the events of a record without a state continue its earlier ones.
     *
     * @param topic read only for a record that is known to be gone
     */
    RecordState.Chain lastEvents(String id, ValueReader topic) {
        StoredGone unread = goneUnread.get(id);
        if (unread != null) {
            return unread.last();
        }
        long offset = gone.offset(id);
        if (offset < 0) {
            return RecordState.Chain.EMPTY;
        }
        // Nothing at the offset: another id has the same hash, since a newer value of this one would have been applied.
        return topic.read(offset, key(id))
                .flatMap(value -> read(key(id), value, StateJson::readGone))
                .orElse(RecordState.Chain.EMPTY);
    }

    private void putState(String id, RecordState state, int sequence) {
        records.put(id, state, sequence);
        removeGone(id);
    }

    private void putGone(String id, RecordState.Chain last, int sequence, long offset) {
        removeGone(id);
        records.remove(id);
        if (last.equals(RecordState.Chain.EMPTY)) {
            return;
        }
        if (offset < 0) {
            goneUnread.put(id, new StoredGone(last, sequence));
        } else {
            gone.put(id, offset, sequence);
        }
    }

    private void removeGone(String id) {
        gone.remove(id);
        goneUnread.remove(id);
    }

    /** The wanted states of the records that were created from the first to the last day, by record id. */
    Map<String, RecordState> createdBetween(LocalDate first, LocalDate last, Predicate<RecordState> wanted) {
        Map<String, RecordState> states = new HashMap<>();
        records.forEach(first, last, (id, state) -> {
            if (wanted.test(state)) {
                states.put(id, state);
            }
        });
        return states;
    }

    /** How many records have a wanted state. */
    long count(Predicate<RecordState> wanted) {
        LongAdder found = new LongAdder();
        records.forEach(LocalDate.MIN, LocalDate.MAX, (id, state) -> {
            if (wanted.test(state)) {
                found.increment();
            }
        });
        return found.sum();
    }

    /** Days of creation of records, from the first to the last day; sorted. */
    SortedSet<LocalDate> days(LocalDate first, LocalDate last) {
        return records.days(first, last);
    }

    int size() {
        return records.size();
    }

    /** Whether there is no state, nothing that remains of one, and no scanned day. */
    boolean isEmpty() {
        return records.size() == 0
                && gone.size() == 0
                && goneUnread.isEmpty()
                && progress.scannedDays().isEmpty();
    }

    /** Whether the record has a state, or something remains of it. */
    boolean knows(String id) {
        return records.sequence(id) >= 0 || gone.sequence(id) >= 0 || goneUnread.containsKey(id);
    }

    RecordCounts counts(String source) {
        return records.countsOf(source).plus(records.countsOf(SourceRows.UNKNOWN.owner()));
    }

    /** The days that each source has scanned to their end, by source. */
    Map<String, DaySet> scannedDays() {
        return progress.scannedDays();
    }

    /** Days of creation of the records that are open, wait for a revisit, or could not be published; sorted. */
    SortedSet<LocalDate> pendingDays() {
        return records.pendingDays();
    }

    void clear() {
        records.clear();
        gone.clear();
        goneUnread.clear();
        labels.readAgain();
        notes.readAgain();
        progress = StoredProgress.NONE;
    }

    /** Records that everything up to the end of the topic was applied. */
    void applied() {
        labels.read();
        notes.read();
    }

    /**
     * Applies a record of the state topic; ignores one that is older than the one of the same key that was applied before.
     *
     * @return whether the key belongs to this stream and tenant
     */
    boolean apply(String key, byte[] value, long offset) {
        if (key.equals(progressKey)) {
            applyProgress(value);
            return true;
        }
        if (labels.isKey(key)) {
            if (value == null) {
                labels.reading(key, null);
            } else {
                read(key, value, OptionLabels::read).ifPresent(label -> labels.reading(key, label));
            }
            return true;
        }
        if (notes.isKey(key)) {
            applyNote(key, value);
            return true;
        }
        if (key.startsWith(progressKey) && key.charAt(progressKey.length()) == '/') {
            String id = key.substring(progressKey.length() + 1);
            if (value == null) {
                records.remove(id);
                removeGone(id);
            } else {
                read(key, value, json -> json).ifPresent(json -> applyState(id, key, json, offset));
            }
            return true;
        }
        return false;
    }

    private void applyNote(String key, byte[] value) {
        if (value == null) {
            notes.reading(key, null);
        } else {
            read(key, value, json -> json).ifPresent(json -> notes.reading(key, json));
        }
    }

    private void applyProgress(byte[] value) {
        if (value == null) {
            progress = StoredProgress.NONE;
            return;
        }
        read(progressKey, value, StoredProgress::read)
                .filter(stored -> stored.sequence() >= progress.sequence())
                .ifPresent(stored -> progress = stored);
    }

    private void applyState(String id, String key, JsonNode json, long offset) {
        try {
            int sequence = json.path(StateJson.SEQUENCE).asInt();
            if (sequence < nextSequence(id) - 1) {
                return;
            }
            if (StateJson.isGone(json)) {
                putGone(id, StateJson.readGone(json), sequence, offset);
            } else {
                putState(id, StateJson.read(json), sequence);
            }
        } catch (RuntimeException unreadable) {
            LOG.warnf("unreadable-state key=%s reason=%s", key, unreadable.getMessage());
        }
    }

    private int nextSequence(String id) {
        int last = Math.max(records.sequence(id), gone.sequence(id));
        StoredGone unread = goneUnread.get(id);
        last = unread == null ? last : Math.max(last, unread.sequence());
        return Math.max(last, 0) + 1;
    }

    /** The value of the next state of the record {@code id} in the topic: its JSON with its sequence. */
    byte[] write(String id, RecordState state) {
        return StateJson.write(state, nextSequence(id));
    }

    /** The value that remains of a record that is gone; none where no event would continue another. */
    byte[] writeGone(String id, RecordState.Chain last) {
        return last.equals(RecordState.Chain.EMPTY) ? null : StateJson.writeGone(last, nextSequence(id));
    }

    String key(String id) {
        return progressKey + "/" + id;
    }

    String progressKey() {
        return progressKey;
    }

    /** The value of the next progress in the topic. */
    byte[] writeProgress(Map<String, DaySet> scannedDays) {
        return progress.next(scannedDays).write();
    }

    /** Reads a value; an unreadable one is logged and ignored, so that it does not stop the scans of the stream. */
    private static <T> Optional<T> read(String key, byte[] value, Function<JsonNode, T> reader) {
        try {
            return Optional.of(reader.apply(LenientJson.read(value)));
        } catch (UnreadableJsonException | RuntimeException unreadable) {
            LOG.warnf("unreadable-state key=%s reason=%s", SafeText.of(key), SafeText.of(unreadable));
            return Optional.empty();
        }
    }
}
