package io.bangwo8stream.record;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Builds a tree from a parser's tokens and keeps each number exactly as written.
 *
 * <p>An ObjectMapper is not used because it rejects the whole document if one number has an exponent beyond its range.
 */
final class JsonTree {
    /** Sign, point and exponent of a number with the most digits. */
    private static final int MAX_NUMBER_LENGTH = LenientJson.MAX_DIGITS + "-.e-999".length();

    /** An object takes about the memory of so many plain values. */
    private static final int OBJECT = 4;

    private static final int REPORTED_VALUES = 1_000;

    private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

    private final JsonParser parser;
    private final byte[] source;
    private final int start;
    private final ReadingLimits limits;
    private long values;
    private long reported;

    /** @param limits learns about the memory that the tree takes */
    JsonTree(JsonParser parser, ReadingLimits limits) {
        this(parser, null, 0, limits);
    }

    /** @param source the document, in which leading zeros are found; its first byte is {@code start} */
    JsonTree(JsonParser parser, byte[] source, int start, ReadingLimits limits) {
        this.parser = parser;
        this.source = source;
        this.start = start;
        this.limits = limits;
    }

    /** Reads the value at the parser's current token. */
    JsonNode read() throws IOException {
        JsonNode document = read(0);
        limits.read(values);
        return document;
    }

    private JsonNode read(int depth) throws IOException {
        count(1);
        return switch (parser.currentToken()) {
            case START_OBJECT -> depth < LenientJson.MAX_NESTING ? readObject(depth + 1) : skip();
            case START_ARRAY -> depth < LenientJson.MAX_NESTING ? readArray(depth + 1) : skip();
            case VALUE_STRING -> LenientJson.NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> isText() ? readNumberText() : readInteger();
            case VALUE_NUMBER_FLOAT -> isText() ? readNumberText() : readDecimal();
            case VALUE_TRUE -> LenientJson.NODES.booleanNode(true);
            case VALUE_FALSE -> LenientJson.NODES.booleanNode(false);
            default -> LenientJson.NODES.nullNode();
        };
    }

    private void count(int more) throws IOException {
        values += more;
        if (values - reported >= REPORTED_VALUES) {
            reported = values;
            limits.read(values);
        }
    }

    private JsonNode skip() throws IOException {
        parser.skipChildren();
        return UnusableValue.tooDeep();
    }

    private ObjectNode readObject(int depth) throws IOException {
        count(OBJECT - 1);
        ObjectNode object = LenientJson.object();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(withoutHalves(name), read(depth));
        }
        return object;
    }

    /**
     * Puts U+FFFD in the place of halves of surrogate pairs: Jackson decodes some malformed UTF-8 to them, but does not read
     * a name with them that it has written itself.
     */
    private static String withoutHalves(String name) {
        // A loop, because this runs for every member of every row.
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                return HALF_PAIR.matcher(name).replaceAll("\uFFFD");
            }
        }
        return name;
    }

    private ArrayNode readArray(int depth) throws IOException {
        ArrayNode array = LenientJson.NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(depth));
        }
        return array;
    }

    /** Whether a number stays a text: the conversion of long ones is costly, and 007 is not the same as 7. */
    private boolean isText() throws IOException {
        return parser.getTextLength() > MAX_NUMBER_LENGTH || source != null && (parser.isNaN() || hasLeadingZero());
    }

    private boolean hasLeadingZero() {
        long offset = parser.currentTokenLocation().getByteOffset();
        if (offset < 0) {
            // A document in UTF-16 or UTF-32.
            return false;
        }
        int position = start + (int) offset;
        if (source[position] == '-' || source[position] == '+') {
            position++;
        }
        return source[position] == '0' && position + 1 < source.length && isDigit(source[position + 1]);
    }

    private JsonNode readNumberText() throws IOException {
        if (source == null || parser.getTextLength() > MAX_NUMBER_LENGTH) {
            return LenientJson.NODES.textNode(parser.getText());
        }
        if (parser.isNaN()) {
            return UnusableValue.ofNumber(parser.getText());
        }
        int from = start + (int) parser.currentTokenLocation().getByteOffset();
        int to = from;
        while (to < source.length && (isDigit(source[to]) || "+-.eE".indexOf(source[to]) >= 0)) {
            to++;
        }
        return LenientJson.NODES.textNode(new String(source, from, to - from, StandardCharsets.US_ASCII));
    }

    private static boolean isDigit(byte unit) {
        return unit >= '0' && unit <= '9';
    }

    private JsonNode readInteger() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> LenientJson.NODES.numberNode(parser.getIntValue());
            case LONG -> LenientJson.NODES.numberNode(parser.getLongValue());
            default -> readLongInteger(parser.getText());
        };
    }

    private JsonNode readLongInteger(String text) throws IOException {
        int digits = text.startsWith("-") ? text.length() - 1 : text.length();
        return digits > LenientJson.MAX_DIGITS
                ? LenientJson.NODES.textNode(text)
                : LenientJson.NODES.numberNode(parser.getBigIntegerValue());
    }

    /** Keeps a number with an extreme exponent as a string: written out in full, it could take gigabytes. */
    private JsonNode readDecimal() throws IOException {
        try {
            BigDecimal decimal = parser.getDecimalValue();
            if (Math.abs((long) decimal.scale()) <= LenientJson.MAX_DIGITS
                    && decimal.precision() <= LenientJson.MAX_DIGITS) {
                return LenientJson.NODES.numberNode(decimal);
            }
        } catch (JsonParseException | NumberFormatException e) {
            // A BigDecimal cannot represent 1e99999999999; Jackson throws one exception or the other.
        }
        return LenientJson.NODES.textNode(parser.getText());
    }
}
