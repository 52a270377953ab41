package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.text.SafeText;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Produce;
import org.apache.camel.ProducerTemplate;

/** Sends requests to the API through the route {@code bangwo8-api}. */
@Singleton
public class ApiClient {

    @Produce("direct:bangwo8-api")
    ProducerTemplate gateway;

    /**
     * The JSON object that the API responds with; failures that may be temporary are retried first.
     *
     * @throws ApiRejectedException    when the API refuses the request
     * @throws ApiUnavailableException when it still does not respond after the retries
     */
    public JsonNode get(ApiRequest request) {
        Exchange response = gateway.send(exchange -> exchange.getMessage().setBody(request));
        Exception failure = response.getException();
        if (failure == null) {
            return response.getMessage().getBody(JsonNode.class);
        }
        throw failure instanceof ApiException known
                ? known
                : new ApiUnavailableException(
                        "unreachable", request + " could not be sent: " + SafeText.of(failure), failure);
    }
}
