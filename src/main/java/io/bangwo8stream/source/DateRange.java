package io.bangwo8stream.source;

import java.time.LocalDate;

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

    @Override
    public String toString() {
        return from + ".." + to;
    }
}
