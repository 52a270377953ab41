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
 * Builds a tree from a parser's tokens, each number exactly as it was written.
 *
 * <p>Not left to an ObjectMapper, which gives up the whole document over one number with an exponent beyond its range.
 */
final class JsonTree {
    /** As many places as a number may have digits. */
    private static final int MAX_SCALE = LenientJson.MAX_NUMBER_LENGTH;

    private JsonTree() {}

    /** The value at the parser's current token; the parser's limit on nesting bounds the recursion. */
    static JsonNode read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> LenientJson.NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> LenientJson.NODES.booleanNode(true);
            case VALUE_FALSE -> LenientJson.NODES.booleanNode(false);
            default -> LenientJson.NODES.nullNode();
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = LenientJson.object();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(name, read(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = LenientJson.NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(parser));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> LenientJson.NODES.numberNode(parser.getIntValue());
            case LONG -> LenientJson.NODES.numberNode(parser.getLongValue());
            default -> LenientJson.NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    /** A number whose exponent is out of reason is kept as its text: written out in full it would not end. */
    private static JsonNode decimal(JsonParser parser) throws IOException {
        try {
            BigDecimal decimal = parser.getDecimalValue();
            if (Math.abs((long) decimal.scale()) <= MAX_SCALE) {
                return LenientJson.NODES.numberNode(decimal);
            }
        } catch (JsonParseException | NumberFormatException e) {
            // Not even a BigDecimal holds 1e99999999999, and Jackson says so in either way.
        }
        return LenientJson.NODES.textNode(parser.getText());
    }
}
