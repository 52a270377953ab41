package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.record.LenientJson;
import java.util.ArrayList;
import java.util.List;

/** An API whose list holds the rows that a test gives it, whatever days are asked for. */
final class FakeApi extends ApiClient {

    final List<JsonNode> rows = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final List<String> lowPriority = new ArrayList<>();
    private Runnable before = () -> {};
    private Integer count;
    private int failing;

    /** What happens whenever a page is asked for. */
    void before(Runnable action) {
        before = action;
    }

    /** What is said to be the number of rows. */
    void count(int summary) {
        count = summary;
    }

    /** Lets that many calls fail. */
    void fail(int calls) {
        failing = calls;
    }

    void add(int... ids) {
        for (int id : ids) {
            rows.add(TestSource.row(id, 5, "note " + id));
        }
    }

    @Override
    public JsonNode get(ApiRequest request) {
        asked.add("%s..%s page %s"
                .formatted(
                        request.query().get("starttime"),
                        request.query().get("endtime"),
                        request.query().get("page")));
        if (request.lowPriority()) {
            lowPriority.add(asked.get(asked.size() - 1));
        }
        if (failing > 0) {
            failing--;
            throw new ApiUnavailableException("500", request + " answered 500", null);
        }
        before.run();
        int perPage = Integer.parseInt(request.query().get("per_page"));
        int from = (Integer.parseInt(request.query().get("page")) - 1) * perPage;
        int to = Math.min(from + perPage, rows.size());
        ObjectNode answer = LenientJson.object();
        rows.subList(Math.min(from, to), to).forEach(answer.putArray("remoterecords")::add);
        answer.put("count", count == null ? rows.size() : count);
        answer.put("next_page", to < rows.size() ? "https://www.bangwo8.com/?page=" + (from / perPage + 2) : null);
        return answer;
    }
}
