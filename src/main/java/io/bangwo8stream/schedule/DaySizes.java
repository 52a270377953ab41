package io.bangwo8stream.schedule;

import io.bangwo8stream.source.DateRange;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** How many rows each day had when it was last scanned; decides which days may share a window. */
final class DaySizes {

    /** Consecutive days that together held fewer pages share a window. */
    private static final int PAGES_OF_SHARED_WINDOW = 10;

    private final int perPage;
    private final TreeMap<LocalDate, Integer> rows = new TreeMap<>();
    private final TreeSet<LocalDate> separate = new TreeSet<>();

    /** @param perPage rows of a page */
    DaySizes(int perPage) {
        this.perPage = perPage;
    }

    /** Takes the rows of a day that was scanned to its end; it may share a window again. */
    void put(LocalDate day, int count) {
        rows.put(day, count);
        separate.remove(day);
    }

    /** From now on none of these days shares a window: one of them hides the others. */
    void separate(Collection<LocalDate> days) {
        separate.addAll(days);
    }

    /** Drops what is known of the days before {@code day}. */
    void forgetBefore(LocalDate day) {
        rows.headMap(day).clear();
        separate.headSet(day).clear();
    }

    /**
     * The window that ends with {@code newest}, and reaches back over days that may share it.
     *
     * @param first no earlier day belongs to the window
     * @param wanted which days may belong to it
     */
    DateRange window(LocalDate newest, LocalDate first, Predicate<LocalDate> wanted) {
        LocalDate from = newest;
        long sum = rowsOf(newest);
        // Sizes are taken from days that are known: not more unknown ones at once than these.
        int guesses = rows.containsKey(newest) ? 0 : 1;
        while (from.isAfter(first) && wanted.test(from.minusDays(1)) && mayShare(from.minusDays(1), newest)) {
            LocalDate earlier = from.minusDays(1);
            sum += rowsOf(earlier);
            guesses += rows.containsKey(earlier) ? 0 : 1;
            if (sum >= (long) PAGES_OF_SHARED_WINDOW * perPage || guesses > rows.size()) {
                break;
            }
            from = earlier;
        }
        return new DateRange(from, newest);
    }

    private boolean mayShare(LocalDate one, LocalDate other) {
        return !separate.contains(one) && !separate.contains(other);
    }

    /** The newest window of {@code days}, whose days are removed from them. */
    Optional<DateRange> takeNewest(SortedSet<LocalDate> days) {
        if (days.isEmpty()) {
            return Optional.empty();
        }
        DateRange window = window(days.last(), days.first(), days::contains);
        for (Iterator<LocalDate> left = days.iterator(); left.hasNext(); ) {
            if (!left.next().isBefore(window.from())) {
                left.remove();
            }
        }
        return Optional.of(window);
    }

    /** A day that was not scanned yet is taken to be as large as the largest that was; without any, it stands alone. */
    private long rowsOf(LocalDate day) {
        Integer known = rows.get(day);
        if (known != null) {
            return known;
        }
        return rows.values().stream()
                .mapToLong(Integer::longValue)
                .max()
                .orElse((long) PAGES_OF_SHARED_WINDOW * perPage);
    }
}
