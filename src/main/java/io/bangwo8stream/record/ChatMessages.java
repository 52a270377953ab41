package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Objects;

/** Types the messages of a record's chat by the vendor's message table. */
public final class ChatMessages {
    private final RecordTyper typer;
    private final FieldTable table;

    /** @param table the message table, usually {@code FieldTable.bundled("chat-message")} */
    public ChatMessages(RecordTyper typer, FieldTable table) {
        this.typer = Objects.requireNonNull(typer, "typer");
        this.table = Objects.requireNonNull(table, "table");
    }

    /**
     * Types messages in their order; an {@code ArrayNode} will do.
     *
     * @throws UntypableRecordException when a message is no object; the message names its place
     */
    public TypedMessages type(Iterable<? extends JsonNode> messages) {
        TypedMessages typed = TypedMessages.none();
        for (JsonNode message : messages) {
            String path = "chatRecords[" + typed.messages().size() + "]";
            if (!(message instanceof ObjectNode object)) {
                throw new UntypableRecordException(path + " is of the kind "
                        + message.getNodeType().name().toLowerCase(Locale.ROOT) + "; a message must be an object");
            }
            add(typer.type(object, table), path, typed);
        }
        return typed;
    }

    private static void add(TypedRecord message, String path, TypedMessages typed) {
        typed.messages().add(message.record());
        // The text of a known code would repeat the vendor's table with every message.
        message.labels().properties().stream()
                .filter(label -> message.record().get(label.getKey()).isNull())
                .forEach(label -> typed.labels().set(path + "." + label.getKey(), label.getValue()));
        message.unparsed()
                .properties()
                .forEach(original -> typed.unparsed().set(path + "." + original.getKey(), original.getValue()));
    }
}
