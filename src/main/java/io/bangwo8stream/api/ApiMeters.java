package io.bangwo8stream.api;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts requests by endpoint and outcome, as {@code bangwo8_requests_total}. */
@Singleton
class ApiMeters {

    private final MeterRegistry registry;

    ApiMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(ApiRequest request, String outcome) {
        registry.counter("bangwo8.requests", "endpoint", request.endpoint(), "outcome", outcome)
                .increment();
    }
}
