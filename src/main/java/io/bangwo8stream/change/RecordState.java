package io.bangwo8stream.change;

/**
 * What is remembered of one record. There is one for every record of the look-back, so it is kept flat and small.
 *
 * @param row           fingerprint of the list row that was looked at last
 * @param publishedHigh first half of the fingerprint of the document that was published last; 0 for none
 * @param publishedLow  second half of it
 * @param day           day of creation, as an epoch day
 * @param open          whether the record may still change without its row telling
 * @param endedAt       when the record ended, in epoch milliseconds; 0 when that is not known
 * @param dueAt         when it is to be fetched again though its row is the same, in epoch milliseconds; 0 for never
 * @param failures      how often in a row this content could not be published
 * @param deadLettered        whether this content went to the dead letters
 */
public record RecordState(
        long row,
        long publishedHigh,
        long publishedLow,
        int day,
        boolean open,
        long endedAt,
        long dueAt,
        int failures,
        boolean deadLettered) {

    /** Whether any document of the record was ever published. */
    public boolean wasPublished() {
        return publishedHigh != 0 || publishedLow != 0;
    }

    /** Whether the record may change without its row telling, waits for a revisit, or is still to be published. */
    public boolean isPending() {
        return open || dueAt != 0;
    }

    /** Whether {@code document} is what was published last. */
    public boolean hasPublished(Fingerprint document) {
        return publishedHigh == document.high() && publishedLow == document.low();
    }
}
