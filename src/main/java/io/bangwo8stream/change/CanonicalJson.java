package io.bangwo8stream.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What documents say, as bytes, not how they are written: members in the order of their names, and a scalar as its
 * text, since the vendor sends {@code 5} and {@code "5"} for the same thing.
 */
final class CanonicalJson {

    private static final byte OBJECT = 1;
    private static final byte ARRAY = 2;
    private static final byte END = 3;
    private static final byte SCALAR = 4;
    private static final byte NULL = 5;

    private byte[] bytes = new byte[4096];
    private int length;

    CanonicalJson add(JsonNode node) {
        if (node.isObject()) {
            object(node);
        } else if (node.isArray()) {
            mark(ARRAY);
            node.forEach(this::add);
            mark(END);
        } else if (node.isNull() || node.isMissingNode()) {
            mark(NULL);
        } else {
            // In full, not 1E+2: 100.00 is what 100 is.
            scalar(
                    node.isBigDecimal()
                            ? node.decimalValue().stripTrailingZeros().toPlainString()
                            : node.asText());
        }
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void object(JsonNode object) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        Collections.sort(names);
        mark(OBJECT);
        for (String name : names) {
            scalar(name);
            add(object.get(name));
        }
        mark(END);
    }

    private void scalar(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        mark(SCALAR);
        // The length keeps apart what the texts alone would run together.
        mark((byte) (utf8.length >>> 24));
        mark((byte) (utf8.length >>> 16));
        mark((byte) (utf8.length >>> 8));
        mark((byte) utf8.length);
        makeRoom(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    private void mark(byte mark) {
        makeRoom(1);
        bytes[length++] = mark;
    }

    private void makeRoom(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
