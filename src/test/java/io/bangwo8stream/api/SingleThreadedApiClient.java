package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.trace.Span;
import java.util.concurrent.CompletableFuture;

/** Responds in the thread of its caller also to what is requested ahead, so that the order of requests is certain. */
public abstract class SingleThreadedApiClient extends ApiClient {

    @Override
    public CompletableFuture<JsonNode> getAhead(ApiRequest request, Span span) {
        try {
            return CompletableFuture.completedFuture(get(request));
        } catch (RuntimeException | Error failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }
}
