package io.bangwo8stream.api;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpMethods;

/** Turns an {@link ApiRequest} into the headers of an HTTP call, and puts it into the variable {@code apiRequest}. */
@Singleton
@Named("apiRequest")
public class ApiRequestProcessor implements Processor {

    static final String REQUEST = "apiRequest";

    /** Number of the token that a request is sent with, so that its refusal does not discard a newer token. */
    static final String TOKEN_NUMBER = "tokenNumber";

    /** Headers that must outlive a call: Camel counts its retries with them. */
    static final String COUNTERS = "CamelRedeliver*";

    private final Credentials credentials;
    private final ApiMeters meters;

    ApiRequestProcessor(Credentials credentials, ApiMeters meters) {
        this.credentials = credentials;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        ApiRequest request = message.getBody(ApiRequest.class);
        exchange.setVariable(REQUEST, request);
        meters.begun(request, exchange, message.getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class));
        message.removeHeaders("*", COUNTERS);
        // The component's own type needs no converter for each call.
        message.setHeader(Exchange.HTTP_METHOD, request.isForToken() ? HttpMethods.POST : HttpMethods.GET);
        message.setHeader(Exchange.HTTP_PATH, request.fullPath());
        if (!request.query().isEmpty()) {
            message.setHeader(Exchange.HTTP_QUERY, request.encodedQuery());
        }
        message.setHeader("Accept", "application/json");
        // The vendor's optional header, by which its support finds a request. One exchange may send several requests.
        message.setHeader("Requestid", exchange.getContext().getUuidGenerator().generateExchangeUuid());
        if (request.isForToken()) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        message.setBody(request.isForToken() ? "grant_type=client_credentials" : null);
        exchange.setVariable(TOKEN_NUMBER, request.isForToken() ? 0 : credentials.tokenNumber());
    }
}
