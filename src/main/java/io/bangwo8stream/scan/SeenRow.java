package io.bangwo8stream.scan;

/**
 * A row as a pass over a window has seen it.
 *
 * @param mark     differs where the row, or the lists that contain its record, have changed
 * @param deferred whether its record was left to a later scan
 */
record SeenRow(RowDigest digest, long mark, boolean deferred) {

    static SeenRow of(FetchedRecord record) {
        return new SeenRow(record.digest(), record.rowFingerprint(), record.isDeferred());
    }

    /** Whether the other row says the same; a deferred record differs from itself once it is no longer deferred. */
    boolean isEqualTo(SeenRow other) {
        return mark == other.mark && deferred == other.deferred;
    }
}
