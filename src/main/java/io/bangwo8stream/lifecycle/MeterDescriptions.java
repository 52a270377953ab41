package io.bangwo8stream.lifecycle;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** Adds the help text to every metric of the product, in one place; a test holds it to what is exported. */
class MeterDescriptions {

    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("bangwo8.requests", "Requests to the API, including retries, by endpoint and outcome"),
            Map.entry("bangwo8.requests.in.flight", "Requests to the API that are under way now"),
            Map.entry("bangwo8.request", "Time from sending a request to its parsed response or failure"),
            Map.entry("bangwo8.request.retries", "Requests that were sent again after a failure"),
            Map.entry("bangwo8.request.rate", "Requests per second that are allowed now"),
            Map.entry("bangwo8.budget.wait", "Time that requests waited for the rate limit"),
            Map.entry("bangwo8.records", "Records by source and outcome"),
            Map.entry("bangwo8.dead.letters", "Dead letters by source and reason"),
            Map.entry("bangwo8.responses.repaired", "Damaged responses that were read, by endpoint and reason"),
            Map.entry("bangwo8.labels.failures", "Failed requests for the list with the labels, by reason"),
            Map.entry("bangwo8.deletions.held", "Missing records whose deletion is held back, by source"),
            Map.entry("bangwo8.view.unknown", "1 while a configured ticket view does not exist, otherwise 0"),
            Map.entry("bangwo8.scan", "Duration of the turns of a source"),
            Map.entry("bangwo8.scan.retries", "Windows that were scanned again, by reason"),
            Map.entry("bangwo8.scan.incomplete", "Scans that stayed incomplete, by reason"),
            Map.entry("bangwo8.incomplete.days", "Days that are known to be incomplete now"),
            Map.entry("bangwo8.freshness", "Age of what is published completely: now minus the time up to which it is"),
            Map.entry("bangwo8.last.success.timestamp", "When the newest days were last scanned completely"),
            Map.entry("bangwo8.leader", "1 where this instance leads the stream, otherwise 0"),
            Map.entry("bangwo8.backfill.days.left", "Days that are still to be backfilled"),
            Map.entry("bangwo8.backfill.days", "Days that were backfilled since the start"),
            Map.entry("bangwo8.backfill.records", "Records that a backfill has seen since the start"),
            Map.entry("bangwo8.backfill.time.left", "Estimated time until the backfill is complete"),
            Map.entry("bangwo8.state.records", "Records in the state of a stream"),
            Map.entry("bangwo8.transaction.failures", "Failed transactions by stream and kind"),
            Map.entry(
                    "bangwo8.schema.drift",
                    "Fields and codes that the vendor's tables do not contain, and values that"
                            + " do not fit their types; each time they are read"),
            Map.entry("bangwo8.routes.changes", "Changes of the files of bangwo8.routes, by outcome"),
            Map.entry("bangwo8.routes.revision", "1 for the revision of the routes that run, 0 for former ones"),
            Map.entry("bangwo8.clock.trusted", "1 while the wall clock is plausible, otherwise 0"),
            Map.entry("bangwo8.clock.jumps", "Jumps of the wall clock, by what it was compared with"));

    @Produces
    @Singleton
    MeterFilter descriptions() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                String text = id.getDescription() == null ? TEXTS.get(id.getName()) : null;
                return text == null
                        ? id
                        : new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), text, id.getType());
            }
        };
    }
}
