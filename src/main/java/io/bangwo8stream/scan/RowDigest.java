package io.bangwo8stream.scan;

import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What is known of a row without reading it again.
 *
 * @param sent        64 bits over the row as it was sent, and the version of the labels with which it was read
 * @param fingerprint of the typed row
 * @param size        of its content, in bytes; 0 for one that is no usable record
 * @param created     what a clock in the vendor's zone showed at its creation, in seconds after 1970-01-01 00:00:00; or
 *                    {@link #UNKNOWN}
 */
record RowDigest(long sent, long fingerprint, int size, long created) {

    /** A time of creation that the row does not state. It is before all others. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final long SECONDS_OF_DAY = TimeUnit.DAYS.toSeconds(1);

    /** The day of creation in the vendor's zone. */
    Optional<LocalDate> day() {
        return created == UNKNOWN
                ? Optional.empty()
                : Optional.of(LocalDate.ofEpochDay(Math.floorDiv(created, SECONDS_OF_DAY)));
    }
}
