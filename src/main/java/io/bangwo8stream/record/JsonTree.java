package io.bangwo8stream.record;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Builds a tree from a parser's tokens and keeps each number exactly as written.
 *
 * <p>An ObjectMapper is not used because it rejects the whole document if one number has an exponent beyond its range.
 */
final class JsonTree {
    /** Limits the decimal places, and the zeros that an exponent stands for, to the limit on digits. */
    private static final int MAX_SCALE = LenientJson.MAX_NUMBER_LENGTH;

    private JsonTree() {}

    /** Reads the value at the parser's current token; the parser's nesting limit also limits the recursion. */
    static JsonNode read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> LenientJson.NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> readInteger(parser);
            case VALUE_NUMBER_FLOAT -> readDecimal(parser);
            case VALUE_TRUE -> LenientJson.NODES.booleanNode(true);
            case VALUE_FALSE -> LenientJson.NODES.booleanNode(false);
            default -> LenientJson.NODES.nullNode();
        };
    }

    private static ObjectNode readObject(JsonParser parser) throws IOException {
        ObjectNode object = LenientJson.object();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(name, read(parser));
        }
        return object;
    }

    private static ArrayNode readArray(JsonParser parser) throws IOException {
        ArrayNode array = LenientJson.NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(parser));
        }
        return array;
    }

    private static JsonNode readInteger(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> LenientJson.NODES.numberNode(parser.getIntValue());
            case LONG -> LenientJson.NODES.numberNode(parser.getLongValue());
            default -> LenientJson.NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    /** Keeps a number with an extreme exponent as a string: written out in full, it could take gigabytes. */
    private static JsonNode readDecimal(JsonParser parser) throws IOException {
        try {
            BigDecimal decimal = parser.getDecimalValue();
            if (Math.abs((long) decimal.scale()) <= MAX_SCALE) {
                return LenientJson.NODES.numberNode(decimal);
            }
        } catch (JsonParseException | NumberFormatException e) {
            // A BigDecimal cannot represent 1e99999999999; Jackson throws one exception or the other.
        }
        return LenientJson.NODES.textNode(parser.getText());
    }
}
