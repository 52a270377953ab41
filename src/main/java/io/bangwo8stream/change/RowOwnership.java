package io.bangwo8stream.change;

import io.bangwo8stream.change.RevisitPolicy.RowSummary;
import java.time.Duration;
import java.util.Set;

/**
 * Decides which source of a stream publishes a record that several sources list: the one whose rows have the most fields,
 * and among equals the one that was first. Another source takes over where the owner is off, or does not fetch a
 * record that is due.
 *
 * @param on        names of the sources that are on
 * @param patience  how long a record may be due before another source takes over
 * @param startedAt when this process began to scan, in epoch milliseconds; records that fell due before wait from then
 */
public record RowOwnership(Set<String> on, Duration patience, long startedAt) {

    /**
     * The state of a record after a sighting of its row. The record is due for {@code row.source()} only where that is the
     * owner then, and the fingerprint of the row is another than that of the state.
     *
     * @param before   the stored state, or {@code null}
     * @param hasParts whether the owner can find more than its row shows
     */
    public RecordState seen(RecordState before, RowSummary row, boolean hasParts, long now) {
        if (before == null || row.source().isEmpty() || isOwner(before, row)) {
            return before;
        }
        SourceRows rows = before.rows();
        Long known = rows.others().get(row.source());
        boolean changed = row.fingerprint() != (known == null ? before.rowFingerprint() : known);
        if (!on.contains(rows.owner()) || isOverdue(before, now)) {
            return takenOver(before, row, changed);
        }
        if (row.fields() > rows.fields()) {
            // A row that is seen for the first time shows no change, even if it has a field that the other lacks.
            return takenOver(before, row, known != null && changed);
        }
        // The owner publishes the change at its next scan, from its own row, which has all fields.
        RecordState seen = changed ? before.with(rows.with(row.source(), row.fingerprint())) : before;
        return changed && hasParts ? seen.dueBy(now) : seen;
    }

    /** Whether the source of the row publishes the record. */
    public static boolean isOwner(RecordState state, RowSummary row) {
        String owner = state.rows().owner();
        return owner.isEmpty() || row.source().isEmpty() || owner.equals(row.source());
    }

    private boolean isOverdue(RecordState before, long now) {
        return before.dueAt() != 0 && now - Math.max(before.dueAt(), startedAt) > patience.toMillis();
    }

    private static RecordState takenOver(RecordState before, RowSummary row, boolean changed) {
        SourceRows rows = before.rows().ownedBy(row.source(), row.fields(), before.rowFingerprint());
        RecordState owned = before.with(rows);
        // Another fingerprint than that of the row makes the record due.
        return owned.withRow(changed ? ~row.fingerprint() : row.fingerprint());
    }
}
