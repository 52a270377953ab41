package io.bangwo8stream.api;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/** Counts every failed call, before it is retried or abandoned, and observes its Retry-After. */
@Singleton
@Named("apiFailure")
public class ApiFailureProcessor implements Processor {

    private static final Logger LOG = Logger.getLogger(ApiFailureProcessor.class);

    private final RateLimiter rateLimiter;
    private final ApiMeters meters;

    ApiFailureProcessor(RateLimiter rateLimiter, ApiMeters meters) {
        this.rateLimiter = rateLimiter;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        ApiRequest request = exchange.getVariable(ApiRequestProcessor.REQUEST, ApiRequest.class);
        if (request == null) {
            // No request was sent, for lack of a token; the request for the token has been counted.
            return;
        }
        meters.count(request, failure instanceof ApiException known ? known.outcome() : "unreachable");
        if (failure instanceof ApiUnavailableException unavailable) {
            unavailable.retryAfter().ifPresent(rateLimiter::pause);
        }
        LOG.debugf("failed request=%s reason=%s", request, failure);
    }
}
