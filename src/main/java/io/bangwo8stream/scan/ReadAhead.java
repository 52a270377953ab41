package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRequest;
import io.opentelemetry.api.trace.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Requests pages of a list while the rows of those before them are read, so that the API and the product work at the
 * same time. Not thread-safe.
 */
final class ReadAhead {

    private final ApiClient api;
    private final Supplier<Span> spans;
    private final Map<ApiRequest, Requested> underWay = new HashMap<>();

    /** @param spans starts the span of a page */
    ReadAhead(ApiClient api, Supplier<Span> spans) {
        this.api = api;
        this.spans = spans;
    }

    /**
     * A page that is requested.
     *
     * @param span     of the page
     * @param response what the API responds with, if the page was requested ahead, otherwise {@code null}
     */
    record Requested(ApiRequest request, Span span, CompletableFuture<JsonNode> response) {}

    /** Requests a page ahead, unless it is under way. */
    void start(ApiRequest request) {
        underWay.computeIfAbsent(request, page -> {
            Span span = spans.get();
            return new Requested(page, span, api.getAhead(page, span));
        });
    }

    /** Forgets the pages that were requested: what they contain may be out of date when the scan goes on. */
    void forget() {
        underWay.clear();
    }

    /** The page that is needed now, whether it was requested ahead or not. */
    Requested take(ApiRequest request) {
        Requested ahead = underWay.remove(request);
        return ahead == null ? new Requested(request, spans.get(), null) : ahead;
    }

    /**
     * Waits for the response.
     *
     * @throws ApiException as {@link ApiClient#get}
     */
    JsonNode response(Requested page) {
        if (page.response() == null) {
            return api.get(page.request());
        }
        try {
            return page.response().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a page was awaited", interrupted);
        }
    }
}
