package io.bangwo8stream.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.ClockWatch;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Parses a response of the API as JSON, or throws the {@link ApiException} that explains why it is unusable. */
@Singleton
@Named("apiResponse")
public class ApiResponseProcessor implements Processor {

    private final Credentials credentials;
    private final ResponseParser parser;
    private final ClockWatch clock;
    private final ApiMeters meters;
    private final EndpointHealth health;

    ApiResponseProcessor(
            Credentials credentials,
            ClockWatch clock,
            ApiMeters meters,
            EndpointHealth health,
            ResponseMemory memory,
            ResponseRepairs repairs) {
        this.credentials = credentials;
        this.parser = new ResponseParser(SafeText::line, memory, repairs);
        this.clock = clock;
        this.meters = meters;
        this.health = health;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        ApiRequest request = exchange.getVariable(ApiRequestProcessor.REQUEST, ApiRequest.class);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        String retryAfter = message.getHeader("Retry-After", String.class);
        Optional<Instant> date = date(message);
        ResponseHead head = new ResponseHead(
                status,
                RetryAfter.read(retryAfter, date.orElseGet(clock::instant)),
                message.getHeader(Exchange.CONTENT_TYPE, String.class),
                message.getHeader(Exchange.CONTENT_ENCODING, String.class));
        InputStream body = message.getBody(InputStream.class);
        // The caller's exchange must not keep a stream that is closed when parsing fails.
        message.setBody(null);
        message.removeHeaders("*", ApiRequestProcessor.COUNTERS);
        message.setBody(parse(exchange, request, head, body));
        // Of a usable response only: others may come from a proxy, with a clock of its own.
        date.ifPresent(clock::apiDate);
        meters.succeeded(request, exchange, status == 200 ? "ok" : Integer.toString(status));
        health.succeeded(request);
    }

    /** When the API sent the response; unknown for one from a cache, whose date is that of an earlier response. */
    private static Optional<Instant> date(Message message) {
        return message.getHeader("Age") == null
                ? HttpDate.read(message.getHeader("Date", String.class))
                : Optional.empty();
    }

    /** The vendor may revoke a token before it expires; the retry of the call fetches a new one. */
    private JsonNode parse(Exchange exchange, ApiRequest request, ResponseHead head, InputStream body) {
        int token = exchange.getVariable(ApiRequestProcessor.TOKEN_NUMBER, 0, Integer.class);
        try {
            JsonNode response = parser.parse(request, head, body);
            credentials.accepted(token);
            return response;
        } catch (ApiException failed) {
            if (!failed.outcome().equals(ApiRejectedException.LOGIN_REFUSED)) {
                credentials.accepted(token);
            } else if (credentials.refused(token)) {
                throw new ApiUnavailableException("401", request + " answered 401: the token is no longer valid", null);
            }
            throw failed;
        }
    }
}
