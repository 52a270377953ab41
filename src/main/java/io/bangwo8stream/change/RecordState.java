package io.bangwo8stream.change;

import java.util.Collection;

/**
 * The stored state of one record; flat and small, because memory holds one for every record of the look-back.
 *
 * @param rowFingerprint fingerprint of the list row that was processed last
 * @param publishedHigh  first half of the fingerprint of the last published document; 0 for none
 * @param publishedLow   second half of it
 * @param day            day of creation, as an epoch day
 * @param open           whether the record may still change without a change of its row
 * @param endedAt        when the record ended, in epoch milliseconds; 0 when that is unknown
 * @param dueAt          when the record is fetched again even if its row is unchanged, epoch milliseconds; 0 for never
 * @param failures       how many times in a row this content could not be published
 * @param deadLettered   whether this content was sent to the dead-letter topic
 * @param chain          where the ids of its next events continue
 * @param presence       which lists contain the record
 * @param rows           which source publishes the record, and what others have shown
 */
public record RecordState(
        long rowFingerprint,
        long publishedHigh,
        long publishedLow,
        int day,
        boolean open,
        long endedAt,
        long dueAt,
        int failures,
        boolean deadLettered,
        Chain chain,
        Presence presence,
        SourceRows rows) {

    /** Second half of a fingerprint that no content has. */
    private static final long REPUBLISH = 1;

    /**
     * Where the next events of a record continue.
     *
     * @param eventId      id of its last event, or {@code null}
     * @param parts        hashes of the parts of its last event
     * @param deadLetterId id of its last event in the dead-letter topic, or {@code null}
     * @param unrecovered  whether that event is a dead letter without a recovery
     */
    public record Chain(Fingerprint eventId, PartHashes parts, Fingerprint deadLetterId, boolean unrecovered) {

        /** Of a record without any event. */
        public static final Chain EMPTY = new Chain(null, PartHashes.NONE, null, false);

        /** Of a record of which only the id of its last event is known. */
        public static Chain after(Fingerprint eventId) {
            return new Chain(eventId, PartHashes.NONE, null, false);
        }

        Chain withEvent(Fingerprint id, PartHashes newParts) {
            return new Chain(id, newParts, deadLetterId, unrecovered);
        }

        /** The same after the record itself is gone. */
        public Chain withoutParts() {
            return new Chain(eventId, PartHashes.NONE, deadLetterId, unrecovered);
        }

        Chain withDeadLetter(Fingerprint id, boolean isUnrecovered) {
            return new Chain(eventId, parts, id, isUnrecovered);
        }
    }

    /** A state without any event, of a record that no list is known to contain. */
    public RecordState(
            long rowFingerprint,
            long publishedHigh,
            long publishedLow,
            int day,
            boolean open,
            long endedAt,
            long dueAt,
            int failures,
            boolean deadLettered) {
        this(
                rowFingerprint,
                publishedHigh,
                publishedLow,
                day,
                open,
                endedAt,
                dueAt,
                failures,
                deadLettered,
                Chain.EMPTY,
                Presence.UNKNOWN,
                SourceRows.UNKNOWN);
    }

    /** The same state after an event with this id and these parts. */
    public RecordState withEvent(Fingerprint id, PartHashes parts) {
        return with(chain.withEvent(id, parts));
    }

    /** The same state after a dead letter with this id. */
    public RecordState withDeadLetter(Fingerprint id) {
        return with(chain.withDeadLetter(id, true));
    }

    /** The same state after the recovery of a dead letter, an event with this id. */
    public RecordState withRecovery(Fingerprint id) {
        return with(chain.withDeadLetter(id, false));
    }

    /** Whether the record has a dead letter that no recovery has followed yet. */
    public boolean isUnrecovered() {
        return chain.unrecovered();
    }

    /** The same state after a sighting of the record in these lists, which adds them to those that contain it. */
    public RecordState seenAlsoIn(Collection<String> lists) {
        return with(chain, presence.and(lists));
    }

    /** The same state after a sighting of the record in these lists, and in no other. */
    public RecordState seenOnlyIn(Collection<String> lists) {
        return with(chain, Presence.in(lists));
    }

    /** The same state of a record that is missing since {@code time}, epoch milliseconds; 0 for not missing. */
    public RecordState missingSince(long time) {
        return with(chain, presence.missingSince(time));
    }

    /** The same state, whose events continue {@code earlier} events. */
    public RecordState continuing(Chain earlier) {
        return with(earlier, presence);
    }

    private RecordState with(Chain continued) {
        return with(continued, presence);
    }

    private RecordState with(Chain continued, Presence listed) {
        return copy(rowFingerprint, dueAt, continued, listed, rows);
    }

    /** The same state with these rows of its sources. */
    RecordState with(SourceRows sourceRows) {
        return copy(rowFingerprint, dueAt, chain, presence, sourceRows);
    }

    /** The same state with another fingerprint of the row. */
    RecordState withRow(long fingerprint) {
        return copy(fingerprint, dueAt, chain, presence, rows);
    }

    /** The same state of a published record that is to be published again, although its content may be the same. */
    public RecordState toRepublish() {
        return new RecordState(
                rowFingerprint, 0, REPUBLISH, day, open, endedAt, dueAt, failures, deadLettered, chain, presence, rows);
    }

    /** Whether the record is to be published again. */
    public boolean isToRepublish() {
        return publishedHigh == 0 && publishedLow == REPUBLISH;
    }

    /** The same state of a record that is due at {@code time} or earlier, epoch milliseconds. */
    public RecordState dueBy(long time) {
        return copy(rowFingerprint, dueAt == 0 ? time : Math.min(dueAt, time), chain, presence, rows);
    }

    private RecordState copy(long row, long due, Chain continued, Presence listed, SourceRows sourceRows) {
        return new RecordState(
                row,
                publishedHigh,
                publishedLow,
                day,
                open,
                endedAt,
                due,
                failures,
                deadLettered,
                continued,
                listed,
                sourceRows);
    }

    /** Whether any document of the record was ever published. */
    public boolean wasPublished() {
        return publishedHigh != 0 || publishedLow != 0;
    }

    /** Whether the record may change without a change of its row, waits for a revisit, or is not published yet. */
    public boolean isPending() {
        return open || dueAt != 0;
    }

    /** Whether {@code document} is the fingerprint of the last published document. */
    public boolean hasPublished(Fingerprint document) {
        return publishedHigh == document.high() && publishedLow == document.low();
    }
}
