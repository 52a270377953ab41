package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;

/** Converts every field of a record to the type of the vendor's table, whatever form the response uses. */
public final class RecordTyper {
    private final WallClockParser wallClock;
    private final CustomFieldDecoder customFields;

    /** @param zone the time zone of the API's wall-clock times */
    public RecordTyper(ZoneId zone) {
        this(zone, CustomFieldDecoder.withoutCounter());
    }

    /**
     * @param zone the time zone of the API's wall-clock times
     * @param customFields decodes PHP-serialised values, and counts the malformed ones
     */
    public RecordTyper(ZoneId zone, CustomFieldDecoder customFields) {
        this.wallClock = new WallClockParser(zone);
        this.customFields = customFields;
    }

    /**
     * Types one row. A value that does not fit its type, or that JSON cannot represent, becomes null, and
     * {@code unparsed} contains the original; a field that is not in the table passes through unchanged. No JSON value causes an exception. Does not change the
     * row; the result shares the nodes that need no conversion with it.
     */
    public TypedRecord type(ObjectNode row, FieldTable table) {
        TypedRecord typed = new TypedRecord(LenientJson.object(), LenientJson.object(), LenientJson.object());
        row.properties().forEach(entry -> {
            Field field = table.find(entry.getKey());
            JsonNode sent = UnusableValue.separate(entry.getKey(), entry.getValue(), typed.unparsed());
            if (field == null) {
                typed.record().set(entry.getKey(), sent);
            } else if (field.isCoded()) {
                putCoded(field, sent, typed);
            } else {
                put(field, convert(field.type(), sent), sent, typed);
            }
        });
        return typed;
    }

    private JsonNode convert(FieldType type, JsonNode sent) {
        return switch (type) {
            case INT, TINYINT -> NumberParser.parseInteger(sent);
            case DECIMAL -> NumberParser.parseDecimal(sent);
            case DATETIME -> wallClock.parseDateTime(sent);
            case CHAR, VARCHAR, TEXT -> convertText(sent);
            case ARRAY -> convertArray(sent);
        };
    }

    private static void put(Field field, JsonNode value, JsonNode sent, TypedRecord typed) {
        if (value == TypingResult.UNPARSABLE) {
            typed.record().set(field.name(), TypingResult.EMPTY);
            typed.unparsed().set(field.name(), sent);
        } else {
            typed.record().set(field.name(), value);
        }
    }

    /** The vendor sends a code, a label, or nothing, and not always the same for one field. */
    private static void putCoded(Field field, JsonNode sent, TypedRecord typed) {
        JsonNode code = NumberParser.parseInteger(sent);
        JsonNode label = null;
        if (code != TypingResult.UNPARSABLE) {
            label = field.labelOf(code);
        } else if (sent.isTextual()) {
            String sentLabel = sent.textValue().strip();
            JsonNode known = field.codeOf(sentLabel);
            code = known == null ? TypingResult.EMPTY : known;
            label = LenientJson.NODES.textNode(sentLabel);
        }
        put(field, code, sent, typed);
        if (label != null) {
            typed.labels().set(field.name(), label);
        }
    }

    /** The vendor also sends ids of a character type as numbers ({@code "spokesman":213} in its documentation). */
    private static JsonNode convertText(JsonNode sent) {
        if (sent.isTextual() || sent.isNull()) {
            return sent;
        }
        return sent.isNumber() ? LenientJson.NODES.textNode(NumberParser.toText(sent)) : TypingResult.UNPARSABLE;
    }

    private JsonNode convertArray(JsonNode sent) {
        if (sent.isArray()) {
            return customFields.decode(sent);
        }
        return sent.isNull() || sent.isTextual() && sent.textValue().isBlank()
                ? TypingResult.EMPTY
                : TypingResult.UNPARSABLE;
    }
}
