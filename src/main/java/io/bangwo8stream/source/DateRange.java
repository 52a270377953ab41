package io.bangwo8stream.source;

import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * The days of creation that one scan asks for. Both ends belong to it, as the vendor's page on remote-assistance records
 * defines {@code endtime}.
 */
public record DateRange(LocalDate from, LocalDate to) {

    public DateRange {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("a window must not end before it begins: " + from + " to " + to);
        }
    }

    /** Its days, the first one first. */
    public Stream<LocalDate> days() {
        return from.datesUntil(to.plusDays(1));
    }

    public boolean isOneDay() {
        return from.equals(to);
    }

    @Override
    public String toString() {
        return from + ".." + to;
    }
}
