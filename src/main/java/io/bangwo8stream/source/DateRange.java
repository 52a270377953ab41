package io.bangwo8stream.source;

import java.time.LocalDate;

/**
 * The days of creation that one walk asks for; both ends belong to it, as the vendor's page says of {@code endtime}.
 */
public record DateRange(LocalDate from, LocalDate to) {

    public DateRange {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("a window ends before it begins: " + from + " to " + to);
        }
    }

    @Override
    public String toString() {
        return from + ".." + to;
    }
}
