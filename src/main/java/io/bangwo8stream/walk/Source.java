package io.bangwo8stream.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.change.ChangePolicy;
import io.bangwo8stream.record.FieldTable;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is walked, and how its records are understood: the parameters of one instance of the route template.
 *
 * @param name     id of its route, last part of {@code ce_source}
 * @param stream   what writes its topic: state, writer and leadership belong to it
 * @param topic    where its events go
 * @param type     {@code ce_type} without its last part
 * @param path     of the list, below {@code /api/v1}
 * @param window   names of the two query parameters that bound the day of creation; none when the list has no such
 * @param schema   name of the JSON Schema of its events
 * @param items    member of the answer that holds the rows
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
        String schema,
        String path,
        List<String> window,
        String items,
        String idField,
        FieldTable fields,
        boolean joined,
        Optional<String> created,
        Optional<String> ended,
        Optional<Closed> closed) {

    public Source {
        if (!window.isEmpty() && window.size() != 2) {
            throw new IllegalArgumentException("source " + name
                    + ": window must name two parameters, such as starttime,endtime");
        }
    }

    /** A record is closed when {@code field} holds one of {@code values}. */
    public record Closed(String field, Set<String> values) {
    }

    /** Whether the list is bounded by days of creation. */
    public boolean windowed() {
        return !window.isEmpty();
    }

    /** The request for the list of {@code days}, without its page. */
    ApiRequest list(Window days) {
        Map<String, String> query = new LinkedHashMap<>();
        if (windowed()) {
            query.put(window.get(0), days.from().toString());
            query.put(window.get(1), days.to().toString());
        }
        return new ApiRequest(path, path, query);
    }

    /** What the row of {@code listed} says of its record; {@code days} stand in for an unknown day of creation. */
    public ChangePolicy.Row row(ListedRecord listed, Window days) {
        JsonNode record = listed.typed() == null ? MissingNode.getInstance() : listed.typed().record();
        Optional<OffsetDateTime> createdAt = created.flatMap(field -> time(record.path(field)));
        return new ChangePolicy.Row(listed.row(),
                (int) createdAt.map(OffsetDateTime::toLocalDate).orElse(days.from()).toEpochDay(),
                isOpen(record), millis(createdAt), millis(ended.flatMap(field -> time(record.path(field)))));
    }

    private boolean isOpen(JsonNode record) {
        return closed.isPresent() && !closed.get().values().contains(record.path(closed.get().field()).asText());
    }

    private static Optional<OffsetDateTime> time(JsonNode time) {
        return time.isTextual() ? Optional.of(OffsetDateTime.parse(time.asText())) : Optional.empty();
    }

    private static long millis(Optional<OffsetDateTime> time) {
        return time.map(at -> at.toInstant().toEpochMilli()).orElse(0L);
    }
}
