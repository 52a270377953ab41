package io.bangwo8stream.api;

import io.bangwo8stream.text.SafeText;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/** Counts every failed call, before it is retried or abandoned, and slows the next ones down if the API asks for it. */
@Singleton
@Named("apiFailure")
public class ApiFailureProcessor implements Processor {

    private static final Logger LOG = Logger.getLogger(ApiFailureProcessor.class);

    /** Too many requests, or too much load: more requests would be refused too. */
    private static final Set<String> OVERLOADED = Set.of("429", "503");

    private final RateLimiter rateLimiter;
    private final ApiMeters meters;
    private final EndpointHealth health;

    ApiFailureProcessor(RateLimiter rateLimiter, ApiMeters meters, EndpointHealth health) {
        this.rateLimiter = rateLimiter;
        this.meters = meters;
        this.health = health;
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        ApiRequest request = exchange.getVariable(ApiRequestProcessor.REQUEST, ApiRequest.class);
        if (request == null) {
            // No request was sent, for lack of a token; the request for the token has been counted.
            return;
        }
        health.failed(request, failure);
        meters.failed(request, exchange, failure instanceof ApiException known ? known.outcome() : "unreachable");
        if (failure instanceof ApiUnavailableException unavailable) {
            unavailable.retryAfter().ifPresent(rateLimiter::pause);
            if (OVERLOADED.contains(unavailable.outcome())) {
                rateLimiter.reduce();
            }
        }
        LOG.debugf("failed request=%s reason=%s", request, SafeText.named(failure));
    }
}
