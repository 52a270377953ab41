package io.bangwo8stream.scan;

import java.util.HashMap;
import java.util.Map;

/** The records that the passes over one window have seen, each with the fingerprint of its row. */
final class SeenRecords {

    private final Map<String, Long> earlier;
    private final String newestEarlier;
    private final Map<String, Long> rows = new HashMap<>();
    private String newest;
    private int nameless;
    private int withoutId;
    private int added;
    private boolean slipped;
    private boolean changed;

    /** Those of the first pass. */
    SeenRecords() {
        this(Map.of(), "");
    }

    private SeenRecords(Map<String, Long> earlier, String newestEarlier) {
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
     *
     * @param created its time of creation, as ISO-8601 text with the offset of the vendor's zone; empty where unknown
     */
    boolean add(FetchedRecord record, String created) {
        Long before = rows.putIfAbsent(record.key(), mark(record));
        withoutId += record.id() == null ? 1 : 0;
        if (before == null) {
            addNew(record, created);
            return true;
        }
        changed |= before != mark(record);
        if (record.id() == null) {
            // Its content is its key, and two may be equal.
            nameless++;
        }
        return false;
    }

    private void addNew(FetchedRecord record, String created) {
        if (!wasSeenEarlier(record)) {
            added++;
            // A record that is newer than all that earlier passes saw was created since, and is no sign of a shift.
            slipped |= created.compareTo(newestEarlier) <= 0;
        }
        newest = created.compareTo(newest) > 0 ? created : newest;
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
        Long before = earlier.get(record.key());
        return before != null && before == mark(record);
    }

    /**
     * Records with which lists a record of this pass is published; {@code false} where an earlier pass has published it
     * with the same row and the same lists.
     */
    boolean settle(FetchedRecord record) {
        rows.put(record.key(), mark(record));
        return !isUnchangedSinceEarlierPass(record);
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
        return size() + nameless;
    }

    /** The number of records that all passes over the window have seen. */
    int size() {
        return earlier.size() + added;
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
