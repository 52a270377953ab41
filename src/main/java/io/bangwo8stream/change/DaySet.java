package io.bangwo8stream.change;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An immutable set of days since an origin, kept as ranges. Its text is
 * {@code 2026-01-01:2026-01-01..2026-01-31,2026-02-03..2026-02-03}, the origin first.
 */
public final class DaySet {

    public static final DaySet EMPTY = new DaySet(null, new TreeMap<>());

    private final LocalDate origin;

    /** The first and the last day of each range; ranges neither overlap nor touch. */
    private final TreeMap<LocalDate, LocalDate> ranges;

    private DaySet(LocalDate origin, TreeMap<LocalDate, LocalDate> ranges) {
        this.origin = origin;
        this.ranges = ranges;
    }

    /**
     * Reads the text of a set.
     *
     * @throws IllegalArgumentException when it is no such text
     */
    public static DaySet parse(String text) {
        DaySet days = EMPTY;
        try {
            int colon = text.indexOf(':');
            if (colon >= 0) {
                days = days.since(LocalDate.parse(text.substring(0, colon)));
            }
            String ranges = text.substring(colon + 1);
            for (String range : ranges.isEmpty() ? new String[0] : ranges.split(",")) {
                String[] ends = range.split("\\.\\.", 2);
                days = days.with(LocalDate.parse(ends[0]), LocalDate.parse(ends[ends.length - 1]));
            }
        } catch (DateTimeParseException noDay) {
            throw new IllegalArgumentException("days are written as 2026-01-01..2026-01-31, not as " + text, noDay);
        }
        return days;
    }

    /** This set with all days from {@code from} to {@code to}, both included. */
    public DaySet with(LocalDate from, LocalDate to) {
        TreeMap<LocalDate, LocalDate> merged = new TreeMap<>();
        LocalDate first = from;
        LocalDate last = to;
        for (Map.Entry<LocalDate, LocalDate> range : ranges.entrySet()) {
            boolean apart = range.getValue().plusDays(1).isBefore(first)
                    || range.getKey().minusDays(1).isAfter(last);
            if (apart) {
                merged.put(range.getKey(), range.getValue());
            } else {
                first = first.isBefore(range.getKey()) ? first : range.getKey();
                last = last.isAfter(range.getValue()) ? last : range.getValue();
            }
        }
        merged.put(first, last);
        return new DaySet(origin, merged);
    }

    /** This set with all days of {@code other}. */
    public DaySet with(DaySet other) {
        DaySet all = this;
        for (Map.Entry<LocalDate, LocalDate> range : other.ranges.entrySet()) {
            all = all.with(range.getKey(), range.getValue());
        }
        return all;
    }

    /** This set without the days from {@code from} to {@code to}, both included. */
    public DaySet without(LocalDate from, LocalDate to) {
        TreeMap<LocalDate, LocalDate> rest = new TreeMap<>();
        ranges.forEach((first, last) -> {
            if (first.isBefore(from)) {
                rest.put(first, last.isBefore(from) ? last : from.minusDays(1));
            }
            if (last.isAfter(to)) {
                rest.put(first.isAfter(to) ? first : to.plusDays(1), last);
            }
        });
        return new DaySet(origin, rest);
    }

    /** The number of days. */
    public long size() {
        return ranges.entrySet().stream()
                .mapToLong(
                        range -> range.getValue().toEpochDay() - range.getKey().toEpochDay() + 1)
                .sum();
    }

    public boolean contains(LocalDate day) {
        Map.Entry<LocalDate, LocalDate> range = ranges.floorEntry(day);
        return range != null && !range.getValue().isBefore(day);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The first day that can belong to this set, once one is known. */
    public Optional<LocalDate> origin() {
        return Optional.ofNullable(origin);
    }

    /** The newest day of this set, if it has any. */
    public Optional<LocalDate> last() {
        return ranges.isEmpty()
                ? Optional.empty()
                : Optional.of(ranges.lastEntry().getValue());
    }

    /** This set with {@code day} as its origin, unless it has an earlier one. */
    public DaySet since(LocalDate day) {
        return origin != null && !day.isBefore(origin) ? this : new DaySet(day, ranges);
    }

    /** The newest day from {@code from} to {@code to}, both included, that is not in this set. */
    public Optional<LocalDate> newestMissing(LocalDate from, LocalDate to) {
        LocalDate day = to;
        while (!day.isBefore(from)) {
            Map.Entry<LocalDate, LocalDate> range = ranges.floorEntry(day);
            if (range == null || range.getValue().isBefore(day)) {
                return Optional.of(day);
            }
            day = range.getKey().minusDays(1);
        }
        return Optional.empty();
    }

    /** The number of days from {@code from} to {@code to}, both included, that are not in this set. */
    public long countMissing(LocalDate from, LocalDate to) {
        if (from.isAfter(to)) {
            return 0;
        }
        long missing = to.toEpochDay() - from.toEpochDay() + 1;
        for (Map.Entry<LocalDate, LocalDate> range : ranges.entrySet()) {
            long first = Math.max(range.getKey().toEpochDay(), from.toEpochDay());
            long last = Math.min(range.getValue().toEpochDay(), to.toEpochDay());
            missing -= Math.max(0, last - first + 1);
        }
        return missing;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DaySet set && Objects.equals(origin, set.origin) && ranges.equals(set.ranges);
    }

    @Override
    public int hashCode() {
        return Objects.hash(origin, ranges);
    }

    /** The ranges as text, without the origin. */
    public String ranges() {
        return ranges.entrySet().stream()
                .map(range -> range.getKey() + ".." + range.getValue())
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return (origin == null ? "" : origin + ":") + ranges();
    }
}
