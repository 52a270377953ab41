package io.bangwo8stream.source;

import io.bangwo8stream.record.FieldTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is listed, and how its records are read: the parameters of one instance of the route template.
 *
 * @param name     id of its route
 * @param stream   what writes its topic: state, writer and leadership belong to it
 * @param topic    topic of its events
 * @param type     {@code ce_type} without its last part
 * @param schema   name of the JSON Schema of its events, where there is one
 * @param list     endpoint of its rows
 * @param idField  field that identifies a record
 * @param fields   the vendor's types
 * @param pageRoute endpoint of the route that fetches what the records of a page share, where there is one
 * @param joinRoute endpoint of the route that adds the parts to a record, where there is one
 * @param created  field that holds the time of creation
 * @param ended    field that holds the time of the end
 * @param closed   field and the values with which a record is closed
 * @param lookUp   where records are looked up that no list contains any more
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
        Optional<String> pageRoute,
        Optional<String> joinRoute,
        Optional<String> created,
        Optional<String> ended,
        Optional<Closed> closed,
        Optional<LookUp> lookUp) {

    /** A record is closed when {@code field} holds one of {@code values}; without values, never. */
    public record Closed(String field, Set<String> values) {}

    /**
     * A list of all records by their last change.
     *
     * @param path    below {@code /api/v1}; its rows and their member are those of the other lists
     * @param window  names of the two query parameters that bound the time of the last change
     * @param changed field with that time
     */
    public record LookUp(String path, List<String> window, String changed) {

        public LookUp {
            if (window.size() != 2 || changed.isEmpty()) {
                throw new IllegalArgumentException("lookUpPath needs lookUpWindow, with two parameters such as "
                        + "updated_start,updated_end, and changed, the field with the time of the last change");
            }
        }
    }

    /** Whether parts are joined to a record; without any its row is the whole record. */
    public boolean hasJoinRoute() {
        return joinRoute.isPresent();
    }

    /** Whether this source uses labels that {@code other}, of the same stream, learns. */
    public boolean followsLabelsOf(Source other) {
        return stream.equals(other.stream())
                && !list.labelFields().isEmpty()
                && list.labelsPath().isEmpty()
                && other.list().labelsPath().isPresent();
    }

    /** Whether days of creation bound the list. */
    public boolean windowed() {
        return list.windowed();
    }

    /**
     * Whether the state of a record expires once no window reaches back to its day of creation. Where that day is
     * unknown, a list may contain the record at any time, and its state is kept.
     */
    public boolean expires() {
        return list.windowed() && created.isPresent();
    }
}
