package io.bangwo8stream.change;

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
        boolean deadLettered) {

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
