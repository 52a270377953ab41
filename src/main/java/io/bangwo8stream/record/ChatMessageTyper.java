package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Objects;

/** Converts the messages of a record's chat to the types of the vendor's message table. */
public final class ChatMessageTyper {
    private final RecordTyper typer;
    private final FieldTable table;

    /** @param table the message table, usually {@code FieldTable.bundled("chat-message")} */
    public ChatMessageTyper(RecordTyper typer, FieldTable table) {
        this.typer = Objects.requireNonNull(typer, "typer");
        this.table = Objects.requireNonNull(table, "table");
    }

    /**
     * Types the messages and keeps their order.
     *
     * @throws UntypableRecordException if a message is not a JSON object; the exception names the position
     */
    public TypedMessages type(Iterable<? extends JsonNode> messages) {
        TypedMessages typed = TypedMessages.empty();
        for (JsonNode message : messages) {
            String path = "chatRecords[" + typed.messages().size() + "]";
            if (!(message instanceof ObjectNode object)) {
                throw new UntypableRecordException(path + " has the JSON type "
                        + message.getNodeType().name().toLowerCase(Locale.ROOT) + "; a message must be a JSON object");
            }
            add(typer.type(object, table), path, typed);
        }
        return typed;
    }

    private static void add(TypedRecord message, String path, TypedMessages typed) {
        typed.messages().add(message.record());
        // The labels of known codes are omitted: they would repeat the vendor's table with every message.
        message.labels().properties().stream()
                .filter(label -> message.record().get(label.getKey()).isNull())
                .forEach(label -> typed.labels().set(path + "." + label.getKey(), label.getValue()));
        message.unparsed()
                .properties()
                .forEach(original -> typed.unparsed().set(path + "." + original.getKey(), original.getValue()));
    }
}
