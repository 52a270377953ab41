package io.bangwo8stream.publish;

import io.bangwo8stream.source.Source;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts records by source and outcome, and dead letters by reason. */
@Singleton
class PublishMeters {

    private final MeterRegistry registry;

    PublishMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void committed(Source source, PageDecision page) {
        count(source, "published", page.published());
        count(source, "unchanged", page.unchanged());
        count(source, "dead-lettered", page.deadLettered());
        count(source, "failed", page.failed());
        count(source, "deferred", page.deferred());
        count(source, "seen", page.published() + page.unchanged() + page.failed());
        page.deadLetterReasons()
                .forEach((reason, letters) -> registry.counter(
                                "bangwo8.dead.letters", "source", source.name(), "reason", reason)
                        .increment(letters));
    }

    void deleted(Source source, int records) {
        count(source, "deleted", records);
    }

    private void count(Source source, String outcome, int records) {
        registry.counter("bangwo8.records", "source", source.name(), "outcome", outcome)
                .increment(records);
    }
}
