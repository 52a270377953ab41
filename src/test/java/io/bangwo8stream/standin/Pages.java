package io.bangwo8stream.standin;

import java.util.List;

/** Cuts a list into numbered pages. */
final class Pages {

    private Pages() {}

    static <T> List<T> cut(List<T> all, int page, int perPage) {
        int from = (int) Math.min(all.size(), (page - 1L) * perPage);
        return all.subList(from, (int) Math.min(all.size(), (long) from + perPage));
    }
}
