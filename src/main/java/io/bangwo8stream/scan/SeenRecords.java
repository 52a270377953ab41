package io.bangwo8stream.scan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The records that the passes over one window have seen, each with what is known of its row. */
final class SeenRecords {

    private final Map<String, SeenRow> earlier;
    private final long newestEarlier;
    private final Map<String, SeenRow> rows = new HashMap<>();
    private long newest;
    private int nameless;
    private int withoutId;
    private int added;
    private boolean slipped;
    private boolean changed;

    /** Those of the first pass. */
    SeenRecords() {
        this(Map.of(), RowDigest.UNKNOWN);
    }

    private SeenRecords(Map<String, SeenRow> earlier, long newestEarlier) {
        this.earlier = earlier;
        this.newestEarlier = newestEarlier;
        this.newest = newestEarlier;
    }

    /** Those of the next pass over the window. */
    SeenRecords nextPass() {
        return new SeenRecords(all(), newest);
    }

    /**
     * Adds a record; {@code false} for one that this pass has seen before. The vendor repeats rows after one was inserted.
     * A pass publishes one version of a record only; another pass publishes a newer one, in order.
     */
    boolean add(FetchedRecord record) {
        SeenRow row = row(record);
        SeenRow before = rows.putIfAbsent(record.key(), row);
        withoutId += record.id() == null ? 1 : 0;
        if (before == null) {
            addNew(record);
            return true;
        }
        changed |= !before.isEqualTo(row);
        if (record.id() == null) {
            // Its content is its key, and two may be equal.
            nameless++;
        }
        return false;
    }

    /** The row of a record; that of an earlier pass where it is the same, which saves memory. */
    private SeenRow row(FetchedRecord record) {
        SeenRow row = SeenRow.of(record);
        SeenRow before = earlier.get(record.key());
        return row.equals(before) ? before : row;
    }

    private void addNew(FetchedRecord record) {
        long created = record.digest().created();
        if (!wasSeenEarlier(record)) {
            added++;
            // A record that is newer than all that earlier passes saw was created since, and is no sign of a shift.
            slipped |= created <= newestEarlier;
        }
        newest = Math.max(newest, created);
    }

    /** The number of records that this pass has seen, and no earlier one. */
    int countOfNew() {
        return added;
    }

    /** Whether rows may have slipped past this pass: it is the first one, or has seen a record that slipped past earlier ones. */
    boolean isUnsettled() {
        return slipped || earlier.isEmpty() && !rows.isEmpty();
    }

    /** Whether an earlier pass over the window saw the record, with this row or another. */
    boolean wasSeenEarlier(FetchedRecord record) {
        return earlier.containsKey(record.key());
    }

    /** Whether an earlier pass over the window saw the record with this row. */
    boolean isUnchangedSinceEarlierPass(FetchedRecord record) {
        return isUnchanged(record, SeenRow.of(record));
    }

    private boolean isUnchanged(FetchedRecord record, SeenRow row) {
        SeenRow before = earlier.get(record.key());
        return before != null && before.isEqualTo(row);
    }

    /** What is known of the record with this id, if an earlier pass saw it with the row that is sent now. */
    Optional<RowDigest> before(String id, long sent) {
        return Optional.ofNullable(earlier.get(id))
                .filter(before -> !before.deferred())
                .map(SeenRow::digest)
                .filter(digest -> digest.sent() == sent);
    }

    /**
     * Records with which lists a record of this pass is published; {@code false} where an earlier pass has published it
     * with the same row and the same lists.
     */
    boolean settle(FetchedRecord record) {
        SeenRow row = row(record);
        rows.put(record.key(), row);
        return !isUnchanged(record, row);
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
        return size() + nameless;
    }

    /** The number of records that all passes over the window have seen. */
    int size() {
        return earlier.size() + added;
    }

    /** What all passes over the window have seen. */
    Map<String, SeenRow> all() {
        if (earlier.isEmpty()) {
            return rows;
        }
        Map<String, SeenRow> all = new HashMap<>(earlier);
        all.putAll(rows);
        return all;
    }
}
