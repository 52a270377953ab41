package io.bangwo8stream.publish;

import io.bangwo8stream.scan.FailureReasons;
import io.bangwo8stream.source.Source;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;

/** Counts records by source and outcome, and dead letters by reason. */
@Singleton
public class PublishMeters {

    private static final List<String> OUTCOMES =
            List.of("seen", "published", "unchanged", "dead-lettered", "failed", "deferred", "deleted");

    private final MeterRegistry registry;

    PublishMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Exports zeros: Prometheus takes the first value of a counter that did not exist for no increase. */
    public void register(String source) {
        OUTCOMES.forEach(outcome -> count(source, outcome, 0));
        FailureReasons.ALL.forEach(reason -> countLetters(source, reason, 0));
    }

    void committed(Source source, PageDecision page) {
        count(source.name(), "published", page.published());
        count(source.name(), "unchanged", page.unchanged());
        count(source.name(), "dead-lettered", page.deadLettered());
        count(source.name(), "failed", page.failed());
        count(source.name(), "deferred", page.deferred());
        count(source.name(), "seen", page.published() + page.unchanged() + page.failed());
        page.deadLetterReasons().forEach((reason, letters) -> countLetters(source.name(), reason, letters));
    }

    void deleted(Source source, int records) {
        count(source.name(), "deleted", records);
    }

    private void count(String source, String outcome, int records) {
        registry.counter("bangwo8.records", "source", source, "outcome", outcome)
                .increment(records);
    }

    private void countLetters(String source, String reason, int letters) {
        registry.counter("bangwo8.dead.letters", "source", source, "reason", reason)
                .increment(letters);
    }
}
