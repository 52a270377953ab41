package io.bangwo8stream.join;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.scan.FetchedPage;
import io.bangwo8stream.scan.FetchedRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Adds to ticket views how many tickets they hold, in as few requests as the account may use: the list's own counts,
 * else one request for all views of a page, else one for each.
 */
@Singleton
@Named("ticketCounts")
@RegisterForReflection
public class TicketCounts {

    private static final String COUNT = "ticket_count";
    private static final String MANY = "/ticketviews/show_many.json";
    private static final String ONE = "/ticketviews/{id}/count.json";

    private final ApiClient api;
    private final Map<FetchedPage, Counts> byPage = new WeakHashMap<>();
    private boolean manyRefused;

    TicketCounts(ApiClient api) {
        this.api = api;
    }

    /** What is known of the views of one page: their counts, and why some are not known. */
    private record Counts(Map<String, Integer> numbers, Map<String, ApiException> failures) {}

    /**
     * Adds {@code ticket_count} to a view of {@code page}; {@code null} where the API does not tell.
     *
     * @throws ApiException when the count of this very view could not be had
     */
    public void add(FetchedRecord view, FetchedPage page) {
        JsonNode own = view.typed().record().path(COUNT);
        JsonNode count = own.isIntegralNumber() ? own : counted(view.id(), page);
        view.add(COUNT, count, LenientJson.object(), LenientJson.object());
    }

    /** One view asks for all of its page. */
    private synchronized JsonNode counted(String id, FetchedPage page) {
        Counts counts = byPage.computeIfAbsent(page, this::counts);
        if (counts.failures().containsKey(id)) {
            throw counts.failures().get(id);
        }
        return counts.numbers().containsKey(id)
                ? IntNode.valueOf(counts.numbers().get(id))
                : NullNode.instance;
    }

    private Counts counts(FetchedPage page) {
        List<String> ids = page.records().stream()
                .filter(view -> view.typed() != null
                        && !view.typed().record().path(COUNT).isIntegralNumber())
                .map(FetchedRecord::id)
                .toList();
        Counts counts = new Counts(new HashMap<>(), new HashMap<>());
        if (ids.size() < 2 || manyRefused || !readMany(ids, counts)) {
            readEach(ids, counts);
        }
        return counts;
    }

    /** {@code false} where the account may not ask for many. */
    private boolean readMany(List<String> ids, Counts counts) {
        try {
            read(api.get(new ApiRequest(MANY, MANY, Map.of("ids", String.join(",", ids)))), counts);
        } catch (ApiRejectedException notAllowed) {
            manyRefused = true;
            return false;
        } catch (ApiUnavailableException passing) {
            ids.forEach(id -> counts.failures().put(id, passing));
        }
        return true;
    }

    private void readEach(List<String> ids, Counts counts) {
        ApiUnavailableException down = null;
        for (String id : ids) {
            try {
                if (down != null) {
                    throw down;
                }
                read(api.get(ApiRequest.of(ONE, id, Map.of())), counts);
            } catch (ApiUnavailableException passing) {
                down = passing;
                counts.failures().put(id, passing);
            } catch (ApiRejectedException refused) {
                counts.failures().put(id, refused);
            }
        }
    }

    /** The member is called {@code ticketview_count} for one view and {@code ticketview_counts} for many. */
    private static void read(JsonNode answer, Counts counts) {
        for (String member : List.of("ticketview_counts", "ticketview_count")) {
            for (JsonNode count : answer.path(member)) {
                String number = count.path("count").asText().strip();
                if (number.matches("\\d{1,9}")) {
                    counts.numbers().put(count.path("ticketview_id").asText(), Integer.parseInt(number));
                }
            }
        }
    }
}
