package io.bangwo8stream.standin;

import java.util.ArrayList;
import java.util.List;

/** One page of a list and the number of rows on all its pages. */
record Slice(List<DeskRecord> rows, int count) {

    /** Cuts a page out of days without copying the days; within a day the newest comes first when asked so. */
    static Slice of(List<List<DeskRecord>> days, boolean newestFirst, int page, int perPage) {
        List<DeskRecord> rows = new ArrayList<>();
        long skip = (page - 1L) * perPage;
        int count = 0;
        for (List<DeskRecord> day : days) {
            count += day.size();
            for (long i = skip; i < day.size() && rows.size() < perPage; i++) {
                rows.add(day.get((int) (newestFirst ? day.size() - 1 - i : i)));
            }
            skip = Math.max(0, skip - day.size());
        }
        return new Slice(rows, count);
    }
}
