package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The value of an event while it is put together: a typed row, and the parts that are joined to it. */
public final class EventValue {

    private final TypedRecord row;
    private final ObjectNode parts = LenientJson.object();
    private final ObjectNode labels = LenientJson.object();
    private final ObjectNode unparsed = LenientJson.object();

    /** An event of which only the row is known as yet. */
    public EventValue(TypedRecord row) {
        this.row = row;
        labels.setAll(row.labels());
        unparsed.setAll(row.unparsed());
    }

    /** Adds a part that has neither labels nor unparsed values of its own. */
    public EventValue add(String name, JsonNode part) {
        parts.set(name, part);
        return this;
    }

    /**
     * Adds a part.
     *
     * @param name             its member in the event
     * @param labelsOfPart     texts of its coded fields whose codes are unknown, under their paths
     * @param unparsedOfPart   originals of its values that did not fit their types, under their paths
     */
    public EventValue add(String name, JsonNode part, ObjectNode labelsOfPart, ObjectNode unparsedOfPart) {
        labels.setAll(labelsOfPart);
        unparsed.setAll(unparsedOfPart);
        return add(name, part);
    }

    /** {@code record}, {@code labels}, the parts, and {@code unparsed} where anything could not be parsed. */
    public ObjectNode toJson() {
        ObjectNode value = LenientJson.object();
        value.set("record", row.record());
        value.set("labels", labels);
        value.setAll(parts);
        if (!unparsed.isEmpty()) {
            value.set("unparsed", unparsed);
        }
        return value;
    }
}
