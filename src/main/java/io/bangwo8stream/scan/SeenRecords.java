package io.bangwo8stream.scan;

import java.util.HashMap;
import java.util.Map;

/** The records that the passes over one window have seen, each with the fingerprint of its row. */
final class SeenRecords {

    private final Map<String, Long> earlier;
    private final Map<String, Long> rows = new HashMap<>();
    private int nameless;
    private int withoutId;
    private boolean changed;

    /** @param earlier what earlier passes over the window have seen */
    SeenRecords(Map<String, Long> earlier) {
        this.earlier = earlier;
    }

    /**
     * Adds a record; {@code false} for one that this pass has seen before. The vendor repeats rows after one was inserted.
     * A pass publishes one version of a record only; another pass publishes a newer one, in order.
     */
    boolean add(FetchedRecord record) {
        Long before = rows.putIfAbsent(record.key(), mark(record));
        withoutId += record.id() == null ? 1 : 0;
        if (before == null) {
            return true;
        }
        changed |= before != mark(record);
        if (record.id() == null) {
            // Its content is its key, and two may be equal.
            nameless++;
        }
        return false;
    }

    /** Whether an earlier pass over the window saw the record, with this row or another. */
    boolean wasSeenEarlier(FetchedRecord record) {
        return earlier.containsKey(record.key());
    }

    /** Whether an earlier pass over the window saw the record with this row. */
    boolean isUnchangedSinceEarlierPass(FetchedRecord record) {
        Long before = earlier.get(record.key());
        return before != null && before == mark(record);
    }

    /** A deferred record differs from itself once it is no longer deferred. */
    private static long mark(FetchedRecord record) {
        return record.isDeferred() ? ~record.rowFingerprint() : record.rowFingerprint();
    }

    /** Whether a record changed during the pass. */
    boolean hasChanged() {
        return changed;
    }

    /** Whether this pass has seen a row whose record is unknown. */
    boolean hasRowsWithoutId() {
        return withoutId > 0;
    }

    /** The number of records that this pass has seen. */
    long countOfPass() {
        return rows.size();
    }

    /** The number of rows that all passes over the window have seen, each once. */
    long count() {
        return all().size() + nameless;
    }

    /** What all passes over the window have seen. */
    Map<String, Long> all() {
        if (earlier.isEmpty()) {
            return rows;
        }
        Map<String, Long> all = new HashMap<>(earlier);
        all.putAll(rows);
        return all;
    }
}
