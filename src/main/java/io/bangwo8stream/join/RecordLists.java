package io.bangwo8stream.join;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.api.PageCursor;
import io.bangwo8stream.api.PageCursor.Oddity;
import io.bangwo8stream.config.Settings;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Fetches all pages of a list that belongs to one record. */
@Singleton
class RecordLists {

    private static final Logger LOG = Logger.getLogger(RecordLists.class);

    private final ApiClient api;
    private final Settings.Api settings;

    RecordLists(ApiClient api, Settings settings) {
        this.api = api;
        this.settings = settings.api();
    }

    /**
     * The rows of all pages, in the API's order. A list that ends before its count is asked for once more.
     *
     * @throws ApiUnavailableException when its paging goes in circles, or on without end, before all was listed
     */
    List<JsonNode> all(ApiRequest request, String items) {
        PageCursor cursor = cursor(request, items, false);
        List<JsonNode> rows = rows(cursor);
        if (cursor.isShort()) {
            cursor = cursor(request, items, true);
            rows = rows(cursor);
        }
        checkWhole(cursor, request, rows.size());
        return rows;
    }

    private static void checkWhole(PageCursor cursor, ApiRequest request, int rows) {
        Optional<Oddity> oddity = cursor.oddity();
        if (oddity.isPresent() && (cursor.isShort() || oddity.get() == Oddity.TOO_MANY_PAGES)) {
            throw new ApiUnavailableException(
                    "incomplete",
                    "%s ended with %s after %d rows of %s"
                            .formatted(
                                    request,
                                    oddity.get(),
                                    rows,
                                    cursor.count().isPresent() ? cursor.count().getAsLong() : "unknown"),
                    null);
        }
        if (cursor.isShort()) {
            // The vendor lists text messages only, and may count the others with them.
            LOG.debugf(
                    "short-list request=%s rows=%d count=%d",
                    request, rows, cursor.count().orElse(0));
        }
    }

    private PageCursor cursor(ApiRequest request, String items, boolean byCount) {
        return new PageCursor(api::get, request, items, settings.perPage(), settings.maxPages(), byCount);
    }

    private static List<JsonNode> rows(PageCursor cursor) {
        List<JsonNode> rows = new ArrayList<>();
        while (cursor.hasNext()) {
            rows.addAll(cursor.next().rows());
        }
        return rows;
    }
}
