package io.bangwo8stream.walk;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.Page;
import io.bangwo8stream.api.PageCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Lists the pages of one window, each record once, and knows afterwards whether it saw them all.
 *
 * <p>It never throws: a failed call ends it and is reported, so that the pages before it are still published.
 */
final class WindowWalk implements Iterator<ListedPage> {

    /** The list changed while it was walked: worth walking again, though nothing may be missing. */
    static final String PAGES_SHIFTED = "pages-shifted";

    private final Walk walk;
    private final WalkPlan.Due due;
    private final int attempt;
    private final PageCursor cursor;
    private final Function<JsonNode, ListedRecord> reader;
    private final BooleanSupplier goesOn;
    private final Map<String, Long> earlier;
    private final Map<String, Long> seen = new HashMap<>();
    private OptionalLong firstCount = OptionalLong.empty();
    private boolean shifted;
    private ApiException failure;

    /**
     * @param attempt how often the window is walked with this time, from 1
     * @param goesOn  asked before each page
     * @param earlier the ids that earlier walks of this window saw, with the fingerprints of their rows
     */
    WindowWalk(Walk walk, WalkPlan.Due due, int attempt, PageCursor cursor, Function<JsonNode, ListedRecord> reader,
            BooleanSupplier goesOn, Map<String, Long> earlier) {
        this.walk = walk;
        this.due = due;
        this.attempt = attempt;
        this.cursor = cursor;
        this.reader = reader;
        this.goesOn = goesOn;
        this.earlier = earlier;
    }

    @Override
    public boolean hasNext() {
        return cursor.hasNext() && !walk.isAborted() && goesOn.getAsBoolean();
    }

    @Override
    public ListedPage next() {
        try {
            Page page = cursor.next();
            if (page.number() == 1) {
                firstCount = page.count();
            }
            return new ListedPage(walk, page.number(), newRecords(page));
        } catch (ApiException unanswered) {
            failure = unanswered;
            return new ListedPage(walk, 0, List.of());
        }
    }

    Rhythm rhythm() {
        return due.rhythm();
    }

    Window window() {
        return due.window();
    }

    WalkPlan.Due due() {
        return due;
    }

    int attempt() {
        return attempt;
    }

    /** Whether there were more pages when it was told not to go on. */
    boolean isUnfinished() {
        return cursor.hasNext();
    }

    /** What kept the walk from seeing every record, as it is logged and counted; empty when nothing did. */
    List<String> shortcomings() {
        List<String> shortcomings = new ArrayList<>();
        if (failure != null) {
            shortcomings.add("call-failed");
        }
        cursor.oddity().ifPresent(oddity -> shortcomings.add(oddity.toString()));
        if (shifted || !firstCount.equals(cursor.count())) {
            shortcomings.add(PAGES_SHIFTED);
        }
        if (seen().size() < cursor.count().orElse(0)) {
            shortcomings.add("records-missing");
        }
        return shortcomings;
    }

    /** The call that ended the walk, or {@code null}. */
    ApiException failure() {
        return failure;
    }

    /** The ids that this walk and the earlier ones of the window saw. */
    Map<String, Long> seen() {
        if (earlier.isEmpty()) {
            return seen;
        }
        Map<String, Long> all = new HashMap<>(earlier);
        all.putAll(seen);
        return all;
    }

    OptionalLong count() {
        return cursor.count();
    }

    private List<ListedRecord> newRecords(Page page) {
        List<ListedRecord> records = new ArrayList<>(page.rows().size());
        for (JsonNode row : page.rows()) {
            ListedRecord record = reader.apply(row);
            if (isNew(record)) {
                records.add(record);
            }
        }
        return records;
    }

    private boolean isNew(ListedRecord record) {
        // A row without an id counts by its content, so that the sum is still right.
        Long before = seen.putIfAbsent(record.key(), record.row());
        if (before != null) {
            // The vendor repeats rows when one was inserted meanwhile. One walk publishes one version of a record
            // only; walking again brings a newer one, in order.
            shifted |= before != record.row();
            return false;
        }
        Long inEarlierWalk = earlier.get(record.key());
        if (inEarlierWalk == null) {
            walk.report().seen(1);
        }
        return inEarlierWalk == null || inEarlierWalk != record.row();
    }
}
