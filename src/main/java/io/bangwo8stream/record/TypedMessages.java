package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * A record's chat after typing.
 *
 * @param messages the messages in the order received
 * @param labels texts whose code is not known, under keys such as {@code chatRecords[3].spokesman_identity}
 * @param unparsed originals that did not fit their type, under keys such as {@code chatRecords[3].time}
 */
public record TypedMessages(ArrayNode messages, ObjectNode labels, ObjectNode unparsed) {
    public TypedMessages {
        Objects.requireNonNull(messages, "messages");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(unparsed, "unparsed");
    }

    /** The chat of a record that has none. */
    public static TypedMessages none() {
        return new TypedMessages(LenientJson.NODES.arrayNode(), LenientJson.object(), LenientJson.object());
    }
}
