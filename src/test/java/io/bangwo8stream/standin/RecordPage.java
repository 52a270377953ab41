package io.bangwo8stream.standin;

import java.util.ArrayList;
import java.util.List;

/** One page of a list and the number of rows on all its pages. */
record RecordPage(List<HelpDeskRecord> rows, int count) {

    /** One page of the records of {@code days}, which are not copied; {@code newestFirst} is the order within a day. */
    static RecordPage of(List<List<HelpDeskRecord>> days, boolean newestFirst, int page, int perPage) {
        List<HelpDeskRecord> rows = new ArrayList<>();
        long skip = (page - 1L) * perPage;
        int count = 0;
        for (List<HelpDeskRecord> day : days) {
            count += day.size();
            for (long i = skip; i < day.size() && rows.size() < perPage; i++) {
                rows.add(day.get((int) (newestFirst ? day.size() - 1 - i : i)));
            }
            skip = Math.max(0, skip - day.size());
        }
        return new RecordPage(rows, count);
    }
}
