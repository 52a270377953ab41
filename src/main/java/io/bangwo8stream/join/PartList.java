package io.bangwo8stream.join;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.api.PageCursor;
import io.bangwo8stream.api.PageCursor.Oddity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All pages of a list that belongs to one record. A list is read again when it ends before its count, and when it changed
 * while its pages were read: a message that is inserted or withdrawn moves others from one page to another.
 */
@RegisterForReflection
public final class PartList {

    /** Readings of a list that changes during each of them. */
    private static final int PASSES = 3;

    private final ApiRequest list;
    private final Function<Boolean, PageCursor> cursors;
    private List<JsonNode> rows = new ArrayList<>();
    private List<JsonNode> earlier;
    private PageCursor cursor;
    private final long largest;
    private long size;
    private int pass = 1;
    private int pages;

    /**
     * @param cursors makes a cursor over the list; one that goes by the count when the argument is true
     * @param largest characters of all rows, beyond which no event can hold them
     */
    PartList(ApiRequest list, Function<Boolean, PageCursor> cursors, long largest) {
        this.list = list;
        this.largest = largest;
        this.cursors = cursors;
        this.cursor = cursors.apply(false);
    }

    /** Whether there is another page to request. */
    public boolean hasNext() {
        return cursor != null && cursor.hasNext();
    }

    /** The request for the next page; {@link #add} takes its response. */
    public ApiRequest nextRequest() {
        return cursor.nextRequest();
    }

    /**
     * Adds the rows of a page.
     *
     * @throws ApiUnavailableException when the paging ends, in a cycle or at {@code bangwo8.max-pages}, before the list
     *                                 does, and when the list changes during each reading
     */
    void add(JsonNode response) {
        List<JsonNode> page = cursor.accept(response).rows();
        pages += page.isEmpty() ? 0 : 1;
        page.forEach(row -> size += characters(row));
        if (size > largest) {
            // The cursor holds pages too; the exchange with this list may wait for those of other records.
            rows.clear();
            earlier = null;
            cursor = null;
            return;
        }
        rows.addAll(page);
        if (cursor.hasNext()) {
            return;
        }
        if (isSettled()) {
            earlier = null;
            checkComplete();
        } else {
            readAgain();
        }
    }

    /**
     * Whether the rows are those of the list at one time: its count did not change, or another reading confirms them. New
     * rows at its end change nothing about the others. A list that is short of its count twice is settled all the same:
     * the vendor lists text messages only, and may count the others with them.
     */
    private boolean isSettled() {
        boolean unchanged =
                !cursor.isCountChanged() && (pages <= 1 || cursor.count().isPresent());
        return unchanged && (pass > 1 || !cursor.isShort()) || earlier != null && startsWith(earlier);
    }

    private boolean startsWith(List<JsonNode> beginning) {
        return rows.size() >= beginning.size()
                && rows.subList(0, beginning.size()).equals(beginning);
    }

    private void readAgain() {
        if (pass == PASSES) {
            throw new ApiUnavailableException(
                    "incomplete", "%s changed during each of %d readings of its pages".formatted(list, PASSES), null);
        }
        pass++;
        pages = 0;
        size = 0;
        earlier = rows;
        rows = new ArrayList<>();
        cursor = cursors.apply(true);
    }

    /**
     * The rows of all pages, in the API's order.
     *
     * @throws ApiRejectedException when the list is larger than an event can be
     */
    List<JsonNode> rows() {
        if (cursor == null) {
            throw new ApiRejectedException(
                    "too-large",
                    "%s answered more than %d characters, and an event may have kafka.max.request.size bytes"
                            .formatted(list, largest));
        }
        return rows;
    }

    private void checkComplete() {
        Optional<Oddity> oddity = cursor.oddity();
        if (oddity.isPresent() && (cursor.isShort() || oddity.get() == Oddity.TOO_MANY_PAGES)) {
            String count =
                    cursor.count().isPresent() ? Long.toString(cursor.count().getAsLong()) : "unknown";
            throw new ApiUnavailableException(
                    "incomplete",
                    "%s ended with %s after %d rows of %s".formatted(list, oddity.get(), rows.size(), count),
                    null);
        }
    }

    /** The texts of a row; the event has at least as many bytes. */
    private static long characters(JsonNode value) {
        long characters = value.isTextual() ? value.textValue().length() : 0;
        for (JsonNode element : value) {
            characters += characters(element);
        }
        return characters;
    }
}
