package io.bangwo8stream.join;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The numbers of tickets of a page's views, requested for all of them at once, or for one after the other where the
 * account may not ask for many.
 */
@RegisterForReflection
public final class TicketCounts {

    private static final int MOST_IN_A_ROW = 3;

    private static final String MANY = "/ticketviews/show_many.json";
    private static final String ONE = "/ticketviews/{id}/count.json";

    private final List<String> ids;
    private final String stream;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, ApiException> failures = new HashMap<>();
    private int failedInARow;
    private boolean manyAtOnce;
    private Iterator<String> single;
    private String requested;

    /**
     * @param ids        of the views whose rows have no count
     * @param manyAtOnce whether one request may name several views
     * @param stream     on whose behalf the API is asked
     */
    TicketCounts(List<String> ids, boolean manyAtOnce, String stream) {
        this.ids = ids;
        this.stream = stream;
        this.manyAtOnce = manyAtOnce && ids.size() > 1;
        this.single = this.manyAtOnce ? List.<String>of().iterator() : ids.iterator();
    }

    /** Whether there is another request to send. */
    public boolean hasNext() {
        return manyAtOnce || single.hasNext();
    }

    /** The next request; {@link #add} takes its response, {@link #failed} its failure. */
    public ApiRequest nextRequest() {
        if (manyAtOnce) {
            return new ApiRequest(MANY, MANY, Map.of("ids", String.join(",", ids))).forStream(stream);
        }
        requested = single.next();
        return ApiRequest.of(ONE, requested, Map.of()).forStream(stream);
    }

    /** Takes a response; its member is {@code ticketview_count} for one view and {@code ticketview_counts} for many. */
    void add(JsonNode response) {
        manyAtOnce = false;
        failedInARow = 0;
        for (String member : List.of("ticketview_counts", "ticketview_count")) {
            for (JsonNode count : response.path(member)) {
                String number = count.path("count").asText().strip();
                if (number.matches("\\d{1,9}")) {
                    numbers.put(count.path("ticketview_id").asText(), Integer.parseInt(number));
                }
            }
        }
    }

    /**
     * Takes a failure. After one of the request for many views one request for each follows: a single bad view fails the
     * request for all. A refused login, and several requests in a row that fail, fail all views without a number.
     *
     * @return whether the account may not ask for many
     */
    boolean failed(ApiException failure) {
        boolean ofMany = manyAtOnce;
        boolean refused = failure instanceof ApiRejectedException;
        manyAtOnce = false;
        failedInARow = refused ? 0 : failedInARow + 1;
        if (failure.isOfCredentials() || !ofMany && failedInARow >= MOST_IN_A_ROW) {
            failAll(failure);
            return false;
        }
        if (ofMany) {
            single = ids.iterator();
        } else {
            failures.put(requested, failure);
        }
        return ofMany && refused;
    }

    private void failAll(ApiException failure) {
        ids.stream().filter(id -> !numbers.containsKey(id)).forEach(id -> failures.putIfAbsent(id, failure));
        single = List.<String>of().iterator();
    }

    /**
     * The number of tickets of the view {@code id}, or JSON's null where the API states none.
     *
     * @throws ApiException when the request for it failed
     */
    JsonNode of(String id) {
        if (failures.containsKey(id)) {
            throw failures.get(id);
        }
        return numbers.containsKey(id) ? IntNode.valueOf(numbers.get(id)) : NullNode.instance;
    }
}
