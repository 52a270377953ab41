package io.bangwo8stream.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** Counts requests by endpoint and outcome, as {@code bangwo8_requests_total}. */
@Singleton
class ApiMeters {

    private static final Duration[] BUCKETS = Stream.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final RequestActivity activity;

    ApiMeters(MeterRegistry registry, RequestActivity activity) {
        this.registry = registry;
        this.activity = activity;
    }

    void count(ApiRequest request, String outcome) {
        activity.ended();
        registry.counter("bangwo8.requests", "endpoint", request.endpoint(), "outcome", outcome)
                .increment();
    }

    /** Counts a request that is sent again. */
    void retried(ApiRequest request) {
        registry.counter("bangwo8.request.retries", "endpoint", request.endpoint())
                .increment();
    }

    /** Records how long a request took, if it was sent. */
    void took(ApiRequest request, Exchange exchange) {
        if (exchange.removeVariable(RateLimiter.SENT_AT) instanceof Long sentAt) {
            Timer.builder("bangwo8.request")
                    .tag("endpoint", request.endpoint())
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry)
                    .record(System.nanoTime() - sentAt, TimeUnit.NANOSECONDS);
        }
    }
}
