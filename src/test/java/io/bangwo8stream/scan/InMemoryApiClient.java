package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.api.SingleThreadedApiClient;
import io.bangwo8stream.record.LenientJson;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** An API in memory: each list contains the rows that a test has added, for any window. */
final class InMemoryApiClient extends SingleThreadedApiClient {

    final List<JsonNode> rows = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    final List<String> requestsAhead = new ArrayList<>();
    final List<String> lowPriorityRequests = new ArrayList<>();
    final Set<String> streams = new TreeSet<>();
    private Runnable beforeResponse = () -> {};
    private Integer statedCount;
    private int failuresLeft;

    /** Runs {@code action} before each successful response. */
    void beforeEachResponse(Runnable action) {
        beforeResponse = action;
    }

    /** States {@code count} in the responses instead of the number of rows. */
    void stateCount(int count) {
        statedCount = count;
    }

    /** Makes the next {@code calls} calls fail. */
    void failNext(int calls) {
        failuresLeft = calls;
    }

    void addRows(int... ids) {
        for (int id : ids) {
            rows.add(TestSource.row(id, 5, "note " + id));
        }
    }

    @Override
    public CompletableFuture<JsonNode> getAhead(ApiRequest request, Span span) {
        requestsAhead.add(text(request));
        return super.getAhead(request, span);
    }

    @Override
    public JsonNode get(ApiRequest request) {
        streams.add(request.stream());
        requests.add(text(request));
        if (request.lowPriority()) {
            lowPriorityRequests.add(requests.get(requests.size() - 1));
        }
        if (failuresLeft > 0) {
            failuresLeft--;
            throw new ApiUnavailableException("500", request + " answered 500", null);
        }
        beforeResponse.run();
        int perPage = Integer.parseInt(request.query().get("per_page"));
        int from = (Integer.parseInt(request.query().get("page")) - 1) * perPage;
        int to = Math.min(from + perPage, rows.size());
        ObjectNode response = LenientJson.object();
        rows.subList(Math.min(from, to), to).forEach(response.putArray("remoterecords")::add);
        response.put("count", statedCount == null ? rows.size() : statedCount);
        response.put("next_page", to < rows.size() ? "https://www.bangwo8.com/?page=" + (from / perPage + 2) : null);
        return response;
    }

    private static String text(ApiRequest request) {
        return "%s..%s page %s"
                .formatted(
                        request.query().get("starttime"),
                        request.query().get("endtime"),
                        request.query().get("page"));
    }
}
