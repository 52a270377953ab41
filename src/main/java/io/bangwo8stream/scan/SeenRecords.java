package io.bangwo8stream.scan;

import java.util.HashMap;
import java.util.Map;

/** The records that the walks of one window have seen, each with the fingerprint of its row. */
final class SeenRecords {

    private final Map<String, Long> earlier;
    private final Map<String, Long> rows = new HashMap<>();
    private int nameless;
    private boolean changed;

    /** @param earlier what earlier walks of the window have seen */
    SeenRecords(Map<String, Long> earlier) {
        this.earlier = earlier;
    }

    /**
     * Takes note of a record; {@code false} for one that this walk has seen before. The vendor repeats rows when one
     * was inserted meanwhile. One walk publishes one version of a record only; walking again brings a newer one, in
     * order.
     */
    boolean add(FetchedRecord record) {
        Long before = rows.putIfAbsent(record.key(), mark(record));
        if (before == null) {
            return true;
        }
        changed |= before != mark(record);
        if (record.id() == null) {
            // It goes by its content, and two may be equal.
            nameless++;
        }
        return false;
    }

    /** Whether an earlier walk of the window saw the record, whatever its row was then. */
    boolean wasSeenEarlier(FetchedRecord record) {
        return earlier.containsKey(record.key());
    }

    /** Whether an earlier walk of the window saw this very row. */
    boolean isUnchangedSinceEarlierPass(FetchedRecord record) {
        Long before = earlier.get(record.key());
        return before != null && before == mark(record);
    }

    /** A record that was left is another one once it is not. */
    private static long mark(FetchedRecord record) {
        return record.isDeferred() ? ~record.row() : record.row();
    }

    /** Whether a record changed while it was walked. */
    boolean hasChanged() {
        return changed;
    }

    /** The number of rows that all walks of the window have seen, each once. */
    long count() {
        return all().size() + nameless;
    }

    /** What all walks of the window have seen. */
    Map<String, Long> all() {
        if (earlier.isEmpty()) {
            return rows;
        }
        Map<String, Long> all = new HashMap<>(earlier);
        all.putAll(rows);
        return all;
    }
}
