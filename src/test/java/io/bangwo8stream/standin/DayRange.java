package io.bangwo8stream.standin;

import java.time.LocalDate;
import java.util.Optional;

/** The days by which a request filters, both inclusive. */
record DayRange(LocalDate first, LocalDate last) {

    // The years of LocalDate.MIN and MAX are outside the dates of the API.
    static final DayRange ALL = new DayRange(LocalDate.MIN, LocalDate.MAX);

    /** The range of two parameters, open where one is missing; empty when a parameter is present but not a date. */
    static Optional<DayRange> of(StandInRequest request, String startParameter, String endParameter) {
        Optional<LocalDate> first = day(request, startParameter, ALL.first());
        Optional<LocalDate> last = day(request, endParameter, ALL.last());
        return first.flatMap(from -> last.map(to -> new DayRange(from, to)));
    }

    private static Optional<LocalDate> day(StandInRequest request, String name, LocalDate defaultValue) {
        return request.param(name).map(VendorTime::day).orElse(Optional.of(defaultValue));
    }

    boolean containsAll() {
        return equals(ALL);
    }

    boolean contains(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
