package io.bangwo8stream.api;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts requests by endpoint and outcome, as {@code bangwo8_requests_total}. */
@Singleton
class ApiMeters {

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
}
