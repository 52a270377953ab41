package io.bangwo8stream.api;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Clock;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Reads an answer of the API as JSON, or throws the {@link ApiException} that says why it cannot be used. */
@Singleton
@Named("apiAnswer")
public class ApiResponseProcessor implements Processor {

    private final Credentials credentials;
    private final ResponseParser reader;
    private final Clock clock;
    private final ApiMeters meters;

    ApiResponseProcessor(Credentials credentials, Clock clock, ApiMeters meters) {
        this.credentials = credentials;
        this.reader = new ResponseParser(credentials::redact);
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        ApiRequest request = exchange.getVariable(ApiRequestProcessor.REQUEST, ApiRequest.class);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        String retryAfter = message.getHeader("Retry-After", String.class);
        InputStream body = message.getBody(InputStream.class);
        message.removeHeaders("*", ApiRequestProcessor.COUNTERS);
        checkToken(exchange, request, status);
        message.setBody(reader.read(request, status, RetryAfter.read(retryAfter, clock), body));
        meters.answered(request, "ok");
    }

    /** A token may be withdrawn before its time; the repetition of the call brings a new one. */
    private void checkToken(Exchange exchange, ApiRequest request, int status) {
        int token = exchange.getVariable(ApiRequestProcessor.TOKEN_NUMBER, 0, Integer.class);
        if (status != 401) {
            credentials.accepted(token);
        } else if (credentials.refused(token)) {
            throw new ApiUnavailableException("401", request + " answered 401: the token is no longer good", null);
        }
    }
}
