package io.bangwo8stream.api;

import java.util.OptionalLong;

/** The {@code count} of a list, which is the number of all its rows; some APIs state the number of the page's rows. */
final class ListCount {

    private OptionalLong first = OptionalLong.empty();
    private OptionalLong latest = OptionalLong.empty();
    private int pages;
    private boolean countsPages = true;

    /**
     * Adds a page.
     *
     * @param size number of its rows
     */
    void add(Page page, int size) {
        if (pages == 0) {
            first = page.count();
        }
        if (page.count().isPresent()) {
            latest = page.count();
            countsPages &= page.count().getAsLong() == size;
        }
        if (size > 0) {
            pages++;
        }
    }

    /** The number of all rows, where it is stated. */
    OptionalLong stated() {
        return isOfPage() ? OptionalLong.empty() : latest;
    }

    /** Whether the list seems to have changed. */
    boolean isChanged() {
        return !isOfPage() && !first.equals(latest);
    }

    /** Whether each of several pages states the number of its own rows. */
    private boolean isOfPage() {
        return pages > 1 && countsPages;
    }
}
