package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * Contains the typed messages of a record's chat.
 *
 * @param messages the messages in the order received
 * @param labels labels without a known code, under keys such as {@code chatRecords[3].spokesman_identity}
 * @param unparsed original values that do not fit their types, under keys such as {@code chatRecords[3].time}
 */
public record TypedMessages(ArrayNode messages, ObjectNode labels, ObjectNode unparsed) {
    public TypedMessages {
        Objects.requireNonNull(messages, "messages");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(unparsed, "unparsed");
    }

    /** Returns a chat without messages. */
    public static TypedMessages empty() {
        return new TypedMessages(LenientJson.NODES.arrayNode(), LenientJson.object(), LenientJson.object());
    }
}
