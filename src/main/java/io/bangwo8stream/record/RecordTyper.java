package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;

/** Gives every field of a record the type of the vendor's table, whatever form the answer used. */
public final class RecordTyper {
    private final WallClock wallClock;
    private final CustomFields customFields;

    /** @param zone the zone of the API's wall-clock times */
    public RecordTyper(ZoneId zone) {
        this(zone, CustomFields.uncounted());
    }

    /**
     * @param zone the zone of the API's wall-clock times
     * @param customFields decodes what PHP serialised, and counts what it could not
     */
    public RecordTyper(ZoneId zone, CustomFields customFields) {
        this.wallClock = new WallClock(zone);
        this.customFields = customFields;
    }

    /**
     * Types one row. A value that does not fit its type becomes null and its original stands under {@code unparsed};
     * a field the table does not know passes through. No JSON value makes this throw. The row is not changed; nodes
     * that needed no change are shared with it.
     */
    public TypedRecord type(ObjectNode row, FieldTable table) {
        TypedRecord typed = new TypedRecord(LenientJson.object(), LenientJson.object(), LenientJson.object());
        row.properties().forEach(entry -> {
            Field field = table.find(entry.getKey());
            if (field == null) {
                typed.record().set(entry.getKey(), entry.getValue());
            } else if (field.isCoded()) {
                putCoded(field, entry.getValue(), typed);
            } else {
                put(field, typed(field.type(), entry.getValue()), entry.getValue(), typed);
            }
        });
        return typed;
    }

    private JsonNode typed(FieldType type, JsonNode sent) {
        return switch (type) {
            case INT, TINYINT -> Numbers.integer(sent);
            case DECIMAL -> Numbers.decimal(sent);
            case DATETIME -> wallClock.dateTime(sent);
            case CHAR, VARCHAR, TEXT -> text(sent);
            case ARRAY -> array(sent);
        };
    }

    private static void put(Field field, JsonNode value, JsonNode sent, TypedRecord typed) {
        if (value == TypingResult.NONE) {
            typed.record().set(field.name(), TypingResult.EMPTY);
            typed.unparsed().set(field.name(), sent);
        } else {
            typed.record().set(field.name(), value);
        }
    }

    /** The vendor sends a code, its text, or nothing; the same field does one here and another there. */
    private static void putCoded(Field field, JsonNode sent, TypedRecord typed) {
        JsonNode code = Numbers.integer(sent);
        JsonNode label = null;
        if (code != TypingResult.NONE) {
            label = field.labelOf(code);
        } else if (sent.isTextual()) {
            String text = sent.textValue().strip();
            JsonNode known = field.codeOf(text);
            code = known == null ? TypingResult.EMPTY : known;
            label = LenientJson.NODES.textNode(text);
        }
        put(field, code, sent, typed);
        if (label != null) {
            typed.labels().set(field.name(), label);
        }
    }

    /** Ids of character type come as numbers too ({@code "spokesman":213} on the vendor's page). */
    private static JsonNode text(JsonNode sent) {
        if (sent.isTextual() || sent.isNull()) {
            return sent;
        }
        return sent.isNumber() ? LenientJson.NODES.textNode(Numbers.text(sent)) : TypingResult.NONE;
    }

    private JsonNode array(JsonNode sent) {
        if (sent.isArray()) {
            return customFields.decoded(sent);
        }
        return sent.isNull() || sent.isTextual() && sent.textValue().isBlank() ? TypingResult.EMPTY : TypingResult.NONE;
    }
}
