package io.bangwo8stream.schedule;

/** Why a window is scanned. */
public enum ScanMode {

    /** The newest two days, every {@code bangwo8.poll-interval}. */
    RECENT,
    /** The whole look-back and every record that is still open, every {@code bangwo8.sweep-interval}. */
    SWEEP,
    /** Days before the look-back, once. */
    BACKFILL;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
