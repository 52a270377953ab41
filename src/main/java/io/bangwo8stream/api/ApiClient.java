package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Produce;
import org.apache.camel.ProducerTemplate;

/** Asks the API, through the route {@code bangwo8-api}. */
@Singleton
public class ApiClient {

    @Produce("direct:bangwo8-api")
    ProducerTemplate gateway;

    /**
     * The answer's JSON object, after as many repetitions as were worth it.
     *
     * @throws ApiRejectedException    where the API refused the request
     * @throws ApiUnavailableException where it could not answer
     */
    public JsonNode get(ApiRequest request) {
        Exchange answer = gateway.send(exchange -> exchange.getMessage().setBody(request));
        Exception failure = answer.getException();
        if (failure == null) {
            return answer.getMessage().getBody(JsonNode.class);
        }
        throw failure instanceof ApiException known
                ? known
                : new ApiUnavailableException(
                        "unreachable", request + " could not be sent: " + failure.getMessage(), failure);
    }
}
