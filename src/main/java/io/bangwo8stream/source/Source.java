package io.bangwo8stream.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.scan.FetchedRecord;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * What is walked, and how its records are understood: the parameters of one instance of the route template.
 *
 * @param name     id of its route, last part of {@code ce_source}
 * @param stream   what writes its topic: state, writer and leadership belong to it
 * @param topic    where its events go
 * @param type     {@code ce_type} without its last part
 * @param schema   name of the JSON Schema of its events, where there is one
 * @param list     where its rows are
 * @param idField  field that identifies a record
 * @param fields   the vendor's types
 * @param joined   whether parts are joined to a record
 * @param created  field that holds the time of creation
 * @param ended    field that holds the time of the end
 * @param closed   field and the values with which a record is closed
 */
public record Source(
        String name,
        String stream,
        String topic,
        String type,
        Optional<String> schema,
        ListEndpoint list,
        String idField,
        FieldTable fields,
        boolean joined,
        Optional<String> created,
        Optional<String> ended,
        Optional<Closed> closed) {

    /** A record is closed when {@code field} holds one of {@code values}; without values, never. */
    public record Closed(String field, Set<String> values) {}

    /** Whether this source labels its records with texts that {@code other}, of the same stream, learns. */
    public boolean followsLabelsOf(Source other) {
        return stream.equals(other.stream())
                && !list.labelFields().isEmpty()
                && list.labelsPath().isEmpty()
                && other.list().labelsPath().isPresent();
    }

    /** Whether the list is bounded by days of creation. */
    public boolean windowed() {
        return list.windowed();
    }

    /**
     * Whether records are forgotten once they were created before every window. Where it is unknown when a record was
     * created, it may be listed again at any time, and is remembered for good.
     */
    public boolean forgets() {
        return list.windowed() && created.isPresent();
    }

    /** What the row of {@code listed} says of its record; {@code days} stand in for an unknown day of creation. */
    public RevisitPolicy.Row row(FetchedRecord listed, DateRange days) {
        JsonNode record = listed.typed() == null
                ? MissingNode.getInstance()
                : listed.typed().record();
        Optional<OffsetDateTime> createdAt = created.flatMap(field -> time(record.path(field)));
        return new RevisitPolicy.Row(
                listed.row(),
                (int) createdAt
                        .map(OffsetDateTime::toLocalDate)
                        .orElse(days.from())
                        .toEpochDay(),
                isOpen(record),
                millis(createdAt),
                millis(ended.flatMap(field -> time(record.path(field)))));
    }

    private boolean isOpen(JsonNode record) {
        return closed.isPresent()
                && !closed.get()
                        .values()
                        .contains(record.path(closed.get().field()).asText());
    }

    private static Optional<OffsetDateTime> time(JsonNode time) {
        try {
            return time.isTextual() ? Optional.of(OffsetDateTime.parse(time.asText())) : Optional.empty();
        } catch (DateTimeParseException noDateTimeInTheFieldTable) {
            return Optional.empty();
        }
    }

    private static long millis(Optional<OffsetDateTime> time) {
        return time.map(at -> at.toInstant().toEpochMilli()).orElse(0L);
    }
}
