package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.cluster.Candidacy;
import io.bangwo8stream.text.FatalErrors;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.DaemonThread;
import io.bangwo8stream.trace.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.apache.camel.Exchange;
import org.apache.camel.Produce;
import org.apache.camel.ProducerTemplate;

/** Sends requests to the API through the route {@code bangwo8-api}. */
@Singleton
public class ApiClient {

    @Produce("direct:bangwo8-api")
    ProducerTemplate gateway;

    @Inject
    Candidacy candidacy;

    private final Executor threads = Executors.newCachedThreadPool(DaemonThread.named("read-ahead"));

    /**
     * The JSON object that the API responds with; failures that may be temporary are retried first.
     *
     * @throws ApiRejectedException    when the API refuses the request
     * @throws ApiUnavailableException when it still does not respond after the retries
     */
    public JsonNode get(ApiRequest request) {
        Exchange response = gateway.send(exchange -> {
            exchange.getMessage().setBody(request);
            Traces.adopt(exchange);
        });
        Exception failure = response.getException();
        if (failure == null) {
            candidacy.succeeded();
            return response.getMessage().getBody(JsonNode.class);
        }
        ApiException known = known(request, failure instanceof ApiException api ? api : notSent(request, failure));
        report(request, known);
        throw known;
    }

    /**
     * Does the same in another thread; the future fails with what {@link #get} throws.
     *
     * @param span parent of the spans of its calls
     */
    public CompletableFuture<JsonNode> getAhead(ApiRequest request, Span span) {
        return CompletableFuture.supplyAsync(Context.root().with(span).wrapSupplier(() -> get(request)), threads);
    }

    private static ApiException known(ApiRequest request, ApiException failure) {
        if (!request.isForToken()) {
            return failure;
        }
        return failure instanceof ApiUnavailableException unavailable
                ? unavailable.ofToken()
                : ApiRejectedException.ofToken(failure.outcome(), failure.getMessage());
    }

    private static ApiException notSent(ApiRequest request, Exception failure) {
        FatalErrors.endProcessAfter(failure);
        if (FatalErrors.unwrapped(failure) instanceof Error error) {
            // It says nothing about the API, and no other request would help.
            throw error;
        }
        return new ApiUnavailableException(
                "unreachable", request + " could not be sent: " + SafeText.of(failure), failure);
    }

    private void report(ApiRequest request, ApiException failure) {
        if (failure instanceof ApiRejectedException refusal) {
            if (refusal.isOfLogin()) {
                candidacy.refused(SafeText.of(failure));
            } else {
                candidacy.succeeded();
            }
        } else if (request.retried()) {
            // A request without retries reads a part of a page that has failed already.
            candidacy.failed(SafeText.of(failure));
        }
    }
}
