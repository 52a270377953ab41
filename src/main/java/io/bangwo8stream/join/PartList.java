package io.bangwo8stream.join;

import com.fasterxml.jackson.databind.JsonNode;
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
    private boolean repeated;

    /** @param cursors makes a cursor over the list; one that goes by the count when the argument is true */
    PartList(ApiRequest list, Function<Boolean, PageCursor> cursors) {
        this.list = list;
        this.cursors = cursors;
        this.cursor = cursors.apply(false);
    }

    /** Whether there is another page to request. */
    public boolean hasNext() {
        return cursor.hasNext();
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
        rows.addAll(cursor.accept(response).rows());
        if (cursor.hasNext()) {
            return;
        }
        if (cursor.isShort() && !repeated) {
            repeated = true;
            rows.clear();
            cursor = cursors.apply(true);
        } else {
            checkComplete();
        }
    }

    /** The rows of all pages, in the API's order. */
    public List<JsonNode> rows() {
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
}
