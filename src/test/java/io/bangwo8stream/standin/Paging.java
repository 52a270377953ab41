package io.bangwo8stream.standin;

import java.util.List;

/** Divides a list into numbered pages. */
final class Paging {

    private Paging() {}

    static <T> List<T> pageOf(List<T> all, int page, int perPage) {
        int from = (int) Math.min(all.size(), (page - 1L) * perPage);
        return all.subList(from, (int) Math.min(all.size(), (long) from + perPage));
    }
}
