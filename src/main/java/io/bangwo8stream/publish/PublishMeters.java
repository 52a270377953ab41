package io.bangwo8stream.publish;

import io.bangwo8stream.source.Source;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts records by source and outcome, and reports the age of the newest record at its publication. */
@Singleton
class PublishMeters {

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, AtomicLong> lags = new ConcurrentHashMap<>();

    PublishMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void committed(Source source, PageDecision page) {
        count(source, "published", page.published());
        count(source, "unchanged", page.unchanged());
        count(source, "dead-lettered", page.deadLettered());
        count(source, "failed", page.failed());
        count(source, "seen", page.published() + page.unchanged() + page.failed());
        if (page.newestPublished() > 0) {
            lag(source).set(clock.millis() - page.newestPublished());
        }
    }

    private void count(Source source, String outcome, int records) {
        registry.counter("bangwo8.records", "source", source.name(), "outcome", outcome)
                .increment(records);
    }

    private AtomicLong lag(Source source) {
        return lags.computeIfAbsent(source.name(), name -> {
            AtomicLong millis = new AtomicLong();
            Gauge.builder("bangwo8.source.lag", millis, lag -> lag.get() / 1000.0)
                    .description("Age of the newest record when it was published")
                    .baseUnit("seconds")
                    .tag("source", name)
                    .register(registry);
            return millis;
        });
    }
}
