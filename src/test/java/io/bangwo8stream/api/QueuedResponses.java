package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/** An API that sends queued responses, one for each request, and records the requests. */
final class QueuedResponses implements Function<ApiRequest, JsonNode> {

    final List<ApiRequest> requests = new ArrayList<>();
    private final Queue<JsonNode> responses = new ArrayDeque<>();

    static QueuedResponses of(String... responses) {
        QueuedResponses api = new QueuedResponses();
        for (String response : responses) {
            api.responses.add(json(response));
        }
        return api;
    }

    /** Parses JSON in which single quotes stand for double quotes. */
    static JsonNode json(String text) {
        try {
            return LenientJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJsonException invalidTestData) {
            throw new AssertionError(text, invalidTestData);
        }
    }

    @Override
    public JsonNode apply(ApiRequest request) {
        requests.add(request);
        return responses.remove();
    }

    /** The numbers of the requested pages, in order. */
    List<Integer> requestedPages() {
        return requests.stream()
                .map(request -> Integer.valueOf(request.query().get("page")))
                .toList();
    }
}
