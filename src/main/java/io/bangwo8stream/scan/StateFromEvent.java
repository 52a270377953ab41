package io.bangwo8stream.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.DocumentHash;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.kafka.PublishedEvent;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Makes the state of a record from its last event. It is a state of another row than any list shows, so that the next scan
 * that lists the record fetches it, and compares its content.
 */
public final class StateFromEvent {

    /** What the vendor's lists show cannot be computed from an event, which contains more. */
    private static final long UNKNOWN_ROW = 0;

    private final Source source;
    private final RevisitPolicy policy;
    private final LocalDate today;

    /**
     * @param source the owner of the records
     * @param today  stands in for an unknown day of creation
     */
    public StateFromEvent(Source source, RevisitPolicy policy, LocalDate today) {
        this.source = source;
        this.policy = policy;
        this.today = today;
    }

    /** The state after {@code event}, which has a value; empty where the value is none that the product writes. */
    public Optional<RecordState> read(PublishedEvent event, long now) {
        try {
            JsonNode value = LenientJson.read(event.value());
            if (!(value instanceof ObjectNode document) || !value.path("record").isObject()) {
                return Optional.empty();
            }
            RevisitPolicy.RowSummary row =
                    new RowSummarizer(source, new DateRange(today, today)).summarize(value.path("record"), UNKNOWN_ROW);
            DocumentHash hash = DocumentHash.of(document, source.fields());
            return Optional.of(
                    policy.published(null, row, event.contentHash(), now).withEvent(event.id(), hash.parts()));
        } catch (UnreadableJsonException noJson) {
            return Optional.empty();
        }
    }
}
