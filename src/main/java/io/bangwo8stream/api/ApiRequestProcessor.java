package io.bangwo8stream.api;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpMethods;

/** Turns an {@link ApiRequest} into the headers of an HTTP call, and keeps it in the variable {@code apiRequest}. */
@Singleton
@Named("apiRequest")
public class ApiRequestProcessor implements Processor {

    static final String REQUEST = "apiRequest";

    /** Which token the request is sent with, so that a refusal is not laid to a newer one. */
    static final String TOKEN_NUMBER = "tokenNumber";

    /** Headers that must outlive a call: with them Camel counts how often it was repeated. */
    static final String COUNTERS = "CamelRedeliver*";

    private final Credentials credentials;

    ApiRequestProcessor(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ApiRequest request = message.getBody(ApiRequest.class);
        exchange.setVariable(REQUEST, request);
        message.removeHeaders("*", COUNTERS);
        // As the component's own type: it would otherwise look for a converter with each call.
        message.setHeader(Exchange.HTTP_METHOD, request.isForToken() ? HttpMethods.POST : HttpMethods.GET);
        message.setHeader(Exchange.HTTP_PATH, request.fullPath());
        if (!request.query().isEmpty()) {
            message.setHeader(Exchange.HTTP_QUERY, request.encodedQuery());
        }
        message.setHeader("Accept", "application/json");
        // The vendor's optional header that identifies a request to its support.
        message.setHeader("Requestid", exchange.getExchangeId());
        if (request.isForToken()) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        message.setBody(request.isForToken() ? "grant_type=client_credentials" : null);
        exchange.setVariable(TOKEN_NUMBER, request.isForToken() ? 0 : credentials.tokenNumber());
    }
}
