package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Builds the value of an event from a typed row and the parts that are joined to it. */
public final class EventValue {

    private final TypedRecord row;
    private final ObjectNode parts = LenientJson.object();
    private final ObjectNode labels = LenientJson.object();
    private final ObjectNode unparsed = LenientJson.object();

    /** Creates a value without joined parts. */
    public EventValue(TypedRecord row) {
        this.row = row;
        labels.setAll(row.labels());
        unparsed.setAll(row.unparsed());
    }

    /** Adds a part without labels and unparsed values. */
    public EventValue add(String name, JsonNode part) {
        parts.set(name, part);
        return this;
    }

    /**
     * Adds a part.
     *
     * @param name          name of the part's member in the event
     * @param partLabels    labels of coded fields whose codes are unknown, by path
     * @param partUnparsed  original values that do not fit their types, by path
     */
    public EventValue add(String name, JsonNode part, ObjectNode partLabels, ObjectNode partUnparsed) {
        labels.setAll(partLabels);
        unparsed.setAll(partUnparsed);
        return add(name, part);
    }

    /** Returns {@code record}, {@code labels}, the parts, and {@code unparsed} if it is not empty. */
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
