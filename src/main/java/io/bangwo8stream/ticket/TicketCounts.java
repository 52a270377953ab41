package io.bangwo8stream.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.walk.ListedPage;
import io.bangwo8stream.walk.ListedRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    private boolean manyRefused;
    private ListedPage countedPage;
    private Map<String, Integer> counts = Map.of();

    TicketCounts(ApiClient api) {
        this.api = api;
    }

    /** Adds {@code ticket_count} to a view of {@code page}; {@code null} where the API does not tell. */
    public void add(ListedRecord view, ListedPage page) {
        JsonNode own = view.typed().record().path(COUNT);
        JsonNode count = own.isIntegralNumber() ? own : counted(view.id(), page);
        view.add(COUNT, count, LenientJson.object(), LenientJson.object());
    }

    private synchronized JsonNode counted(String id, ListedPage page) {
        if (countedPage != page) {
            counts = counts(page.records().stream()
                    .filter(view -> view.typed() != null && !view.typed().record().path(COUNT).isIntegralNumber())
                    .map(ListedRecord::id).toList());
            countedPage = page;
        }
        return counts.containsKey(id) ? IntNode.valueOf(counts.get(id)) : NullNode.instance;
    }

    private Map<String, Integer> counts(List<String> ids) {
        Map<String, Integer> all = new HashMap<>();
        if (ids.size() > 1 && !manyRefused) {
            try {
                read(api.get(new ApiRequest(MANY, MANY, Map.of("ids", String.join(",", ids)))), all);
                return all;
            } catch (ApiRejectedException notAllowed) {
                manyRefused = true;
            }
        }
        ids.forEach(id -> read(api.get(ApiRequest.of(ONE, id, Map.of())), all));
        return all;
    }

    /** The member is called {@code ticketview_count} for one view and {@code ticketview_counts} for many. */
    private static void read(JsonNode answer, Map<String, Integer> counts) {
        for (String member : List.of("ticketview_counts", "ticketview_count")) {
            for (JsonNode count : answer.path(member)) {
                String number = count.path("count").asText().strip();
                if (number.matches("\\d{1,9}")) {
                    counts.put(count.path("ticketview_id").asText(), Integer.parseInt(number));
                }
            }
        }
    }
}
