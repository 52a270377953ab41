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

/** An API that gives the answers it was told to, one after the other, and keeps what it was asked. */
final class Answers implements Function<ApiRequest, JsonNode> {

    final List<ApiRequest> asked = new ArrayList<>();
    private final Queue<JsonNode> responses = new ArrayDeque<>();

    static Answers of(String... responses) {
        Answers api = new Answers();
        for (String answer : responses) {
            api.responses.add(json(answer));
        }
        return api;
    }

    /** JSON with single quotes. */
    static JsonNode json(String text) {
        try {
            return LenientJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJsonException wrongTest) {
            throw new AssertionError(text, wrongTest);
        }
    }

    @Override
    public JsonNode apply(ApiRequest request) {
        asked.add(request);
        return responses.remove();
    }

    /** The numbers of the pages that were asked for. */
    List<Integer> pages() {
        return asked.stream()
                .map(request -> Integer.valueOf(request.query().get("page")))
                .toList();
    }
}
