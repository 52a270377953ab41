package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads one PHP-serialised value from UTF-8 bytes, because PHP counts string lengths in bytes. */
final class PhpReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_LENGTH_DIGITS = 7;

    private final byte[] bytes;
    private final int end;
    private int position;

    PhpReader(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** Returns the value; empty if it is malformed or more bytes follow. */
    Optional<JsonNode> read() {
        JsonNode value = readValue(0);
        return value == null || position != end ? Optional.empty() : Optional.of(value);
    }

    /** Returns the value at the current position, or {@code null} if it is malformed or of an unsupported type. */
    private JsonNode readValue(int depth) {
        int type = nextByte();
        if (type == 'N') {
            return consume(';') ? TypingResult.EMPTY : null;
        }
        if (depth > MAX_DEPTH || !consume(':')) {
            return null;
        }
        return switch (type) {
            case 'a' -> readArray(depth);
            case 's' -> readString();
            case 'i' -> readInteger();
            case 'd' -> readDecimal();
            case 'b' -> readBoolean();
            default -> null;
        };
    }

    private JsonNode readArray(int depth) {
        int count = readLength();
        if (count < 0 || !consume('{')) {
            return null;
        }
        ObjectNode members = LenientJson.object();
        boolean list = true;
        for (int i = 0; i < count; i++) {
            JsonNode key = readKey();
            JsonNode value = key == null ? null : readValue(depth + 1);
            if (value == null) {
                return null;
            }
            list &= key.isInt() && key.intValue() == i;
            members.set(key.asText(), value);
        }
        if (!consume('}')) {
            return null;
        }
        return list ? toArray(members) : members;
    }

    private static ArrayNode toArray(ObjectNode members) {
        ArrayNode elements = LenientJson.NODES.arrayNode(members.size());
        members.forEach(elements::add);
        return elements;
    }

    private JsonNode readKey() {
        int type = nextByte();
        if (type != 'i' && type != 's' || !consume(':')) {
            return null;
        }
        return type == 'i' ? readInteger() : readString();
    }

    private JsonNode readString() {
        int length = readLength();
        if (length < 0 || !consume('"') || length > end - position) {
            return null;
        }
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return consume('"') && consume(';') ? LenientJson.NODES.textNode(text) : null;
    }

    private JsonNode readInteger() {
        JsonNode integer = NumberParser.parseInteger(readNumberText("-0123456789"));
        return integer.isInt() || integer.isLong() ? integer : null;
    }

    private JsonNode readDecimal() {
        JsonNode decimal = NumberParser.parseDecimal(readNumberText("-0123456789.eE+"));
        return decimal.isNumber() ? decimal : null;
    }

    private JsonNode readBoolean() {
        int digit = nextByte();
        return (digit == '0' || digit == '1') && consume(';') ? LenientJson.NODES.booleanNode(digit == '1') : null;
    }

    /** Reads a count of bytes or elements and the colon after it; returns -1 if it is missing or too long. */
    private int readLength() {
        int start = position;
        int length = 0;
        while (position < end
                && bytes[position] >= '0'
                && bytes[position] <= '9'
                && position - start < MAX_LENGTH_DIGITS) {
            length = length * 10 + bytes[position++] - '0';
        }
        return position > start && consume(':') ? length : -1;
    }

    /** Reads up to and including the semicolon; returns {@link TypingResult#UNPARSABLE} if other characters occur. */
    private JsonNode readNumberText(String allowed) {
        int start = position;
        while (position < end && allowed.indexOf(bytes[position]) >= 0) {
            position++;
        }
        String text = new String(bytes, start, position - start, StandardCharsets.US_ASCII);
        return consume(';') ? LenientJson.NODES.textNode(text) : TypingResult.UNPARSABLE;
    }

    private int nextByte() {
        return position < end ? bytes[position++] : -1;
    }

    private boolean consume(char expected) {
        if (position >= end || bytes[position] != expected) {
            return false;
        }
        position++;
        return true;
    }
}
