package io.bangwo8stream.api;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Turns an {@link ApiRequest} into the headers of an HTTP call, and keeps it in the variable {@code apiRequest}. */
@Singleton
@Named("apiRequest")
public class ApiRequestProcessor implements Processor {

    static final String REQUEST = "apiRequest";

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ApiRequest request = message.getBody(ApiRequest.class);
        exchange.setVariable(REQUEST, request);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_PATH, "/api/v1" + request.path());
        if (!request.query().isEmpty()) {
            message.setHeader(Exchange.HTTP_QUERY, request.encodedQuery());
        }
        message.setHeader("Accept", "application/json");
        // The vendor's optional header that identifies a request to its support.
        message.setHeader("Requestid", exchange.getExchangeId());
        message.setBody(null);
    }
}
