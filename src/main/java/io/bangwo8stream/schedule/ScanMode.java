package io.bangwo8stream.schedule;

/** Why a window is walked. */
public enum ScanMode {

    /** The newest two days, often. */
    RECENT,
    /** The whole look-back, now and then, with every record that is still open. */
    SWEEP,
    /** Days before the look-back, once. */
    BACKFILL;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
