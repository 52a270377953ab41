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

/** All pages of a list that belongs to one record. A list that ends before its count is requested once more. */
@RegisterForReflection
public final class PartList {

    private final ApiRequest list;
    private final Function<Boolean, PageCursor> cursors;
    private final List<JsonNode> rows = new ArrayList<>();
    private PageCursor cursor;
    private final long largest;
    private long size;
    private boolean repeated;

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
     *                                 does
     */
    void add(JsonNode response) {
        List<JsonNode> page = cursor.accept(response).rows();
        page.forEach(row -> size += characters(row));
        if (size > largest) {
            // The cursor holds pages too; the exchange with this list may wait for those of other records.
            rows.clear();
            cursor = null;
            return;
        }
        rows.addAll(page);
        if (cursor.hasNext()) {
            return;
        }
        if (cursor.isShort() && !repeated) {
            repeated = true;
            size = 0;
            rows.clear();
            cursor = cursors.apply(true);
        } else {
            checkComplete();
        }
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

    /**
     * A list that is short of its count twice is complete all the same: the vendor lists text messages only, and may
     * count the others with them.
     */
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
