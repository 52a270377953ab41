package io.bangwo8stream.api;

import io.bangwo8stream.trace.Traces;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** Counts requests by endpoint and outcome, as {@code bangwo8_requests_total}, and makes their spans. */
@Singleton
class ApiMeters {

    private static final Duration[] BUCKETS = Stream.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final RequestActivity activity;
    private final Traces traces;

    /** By endpoint; to find a meter in the registry is costly. */
    private final Map<String, EndpointMeters> endpoints = new ConcurrentHashMap<>();

    /** @param outcomes by the token of the outcome */
    private record EndpointMeters(Counter retries, Timer duration, Map<String, Counter> outcomes) {}

    ApiMeters(MeterRegistry registry, RequestActivity activity, Traces traces) {
        this.traces = traces;
        this.registry = registry;
        this.activity = activity;
    }

    /**
     * Records that a request is on its way, or waits for the budget.
     *
     * @param retries how often the call was sent before
     */
    void begun(ApiRequest request, Exchange exchange, int retries) {
        activity.moved(request);
        traces.sending(exchange, request.endpoint(), retries);
        // Also zero: Prometheus takes the first value of a counter that did not exist for no increase.
        of(request).retries().increment(retries > 0 ? 1 : 0);
    }

    /** Records that the API has answered with a status that is no failure. */
    void succeeded(ApiRequest request, Exchange exchange, String outcome) {
        ended(request, exchange, outcome, false);
    }

    /** Records that the request has failed. */
    void failed(ApiRequest request, Exchange exchange, String outcome) {
        ended(request, exchange, outcome, true);
    }

    private void ended(ApiRequest request, Exchange exchange, String outcome, boolean failed) {
        activity.moved(request);
        Traces.ended(exchange, outcome, failed);
        of(request)
                .outcomes()
                .computeIfAbsent(outcome, token -> requests(request, token))
                .increment();
        took(request, exchange);
    }

    /** Records how long a request took, if it was sent. */
    private void took(ApiRequest request, Exchange exchange) {
        if (exchange.removeVariable(RateLimiter.SENT_AT) instanceof Long sentAt) {
            of(request).duration().record(System.nanoTime() - sentAt, TimeUnit.NANOSECONDS);
        }
    }

    private EndpointMeters of(ApiRequest request) {
        return endpoints.computeIfAbsent(request.endpoint(), this::meters);
    }

    private EndpointMeters meters(String endpoint) {
        Timer duration = Timer.builder("bangwo8.request")
                .tag("endpoint", endpoint)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        Counter retries = registry.counter("bangwo8.request.retries", "endpoint", endpoint);
        return new EndpointMeters(retries, duration, new ConcurrentHashMap<>());
    }

    private Counter requests(ApiRequest request, String outcome) {
        return registry.counter("bangwo8.requests", "endpoint", request.endpoint(), "outcome", outcome);
    }
}
