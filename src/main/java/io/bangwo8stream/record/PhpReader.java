package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads one PHP-serialised value from UTF-8 bytes, in which PHP counts the lengths of strings. */
final class PhpReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_LENGTH_DIGITS = 7;

    private final byte[] bytes;
    private final int end;
    private int at;

    PhpReader(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** The value, when it is well formed and nothing follows it. */
    Optional<JsonNode> document() {
        JsonNode value = value(0);
        return value == null || at != end ? Optional.empty() : Optional.of(value);
    }

    /** The value at the cursor, or {@code null} when it is malformed or of a kind we refuse. */
    private JsonNode value(int depth) {
        int kind = next();
        if (kind == 'N') {
            return take(';') ? TypingResult.EMPTY : null;
        }
        if (depth > MAX_DEPTH || !take(':')) {
            return null;
        }
        return switch (kind) {
            case 'a' -> array(depth);
            case 's' -> string();
            case 'i' -> integer();
            case 'd' -> decimal();
            case 'b' -> bool();
            default -> null;
        };
    }

    private JsonNode array(int depth) {
        int count = length();
        if (count < 0 || !take('{')) {
            return null;
        }
        ObjectNode members = LenientJson.object();
        boolean list = true;
        for (int i = 0; i < count; i++) {
            JsonNode key = key();
            JsonNode value = key == null ? null : value(depth + 1);
            if (value == null) {
                return null;
            }
            list &= key.isInt() && key.intValue() == i;
            members.set(key.asText(), value);
        }
        if (!take('}')) {
            return null;
        }
        return list ? elements(members) : members;
    }

    private static ArrayNode elements(ObjectNode members) {
        ArrayNode elements = LenientJson.NODES.arrayNode(members.size());
        members.forEach(elements::add);
        return elements;
    }

    private JsonNode key() {
        int kind = next();
        if (kind != 'i' && kind != 's' || !take(':')) {
            return null;
        }
        return kind == 'i' ? integer() : string();
    }

    private JsonNode string() {
        int length = length();
        if (length < 0 || !take('"') || length > end - at) {
            return null;
        }
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return take('"') && take(';') ? LenientJson.NODES.textNode(text) : null;
    }

    private JsonNode integer() {
        JsonNode integer = Numbers.integer(numberText("-0123456789"));
        return integer.isInt() || integer.isLong() ? integer : null;
    }

    private JsonNode decimal() {
        JsonNode decimal = Numbers.decimal(numberText("-0123456789.eE+"));
        return decimal.isNumber() ? decimal : null;
    }

    private JsonNode bool() {
        int digit = next();
        return (digit == '0' || digit == '1') && take(';') ? LenientJson.NODES.booleanNode(digit == '1') : null;
    }

    /** A count of bytes or elements with the colon after it; -1 when there is none or it is beyond our size. */
    private int length() {
        int start = at;
        int length = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - start < MAX_LENGTH_DIGITS) {
            length = length * 10 + bytes[at++] - '0';
        }
        return at > start && take(':') ? length : -1;
    }

    /** The text up to the semicolon, which is taken too; {@link TypingResult#NONE} when other characters are in it. */
    private JsonNode numberText(String alphabet) {
        int start = at;
        while (at < end && alphabet.indexOf(bytes[at]) >= 0) {
            at++;
        }
        String text = new String(bytes, start, at - start, StandardCharsets.US_ASCII);
        return take(';') ? LenientJson.NODES.textNode(text) : TypingResult.NONE;
    }

    private int next() {
        return at < end ? bytes[at++] : -1;
    }

    private boolean take(char expected) {
        if (at >= end || bytes[at] != expected) {
            return false;
        }
        at++;
        return true;
    }
}
