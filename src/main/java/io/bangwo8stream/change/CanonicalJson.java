package io.bangwo8stream.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The content of documents as bytes, independent of their form: members sorted by name, and each scalar as its text,
 * because the vendor sends both {@code 5} and {@code "5"} for the same value.
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
            addObject(node);
        } else if (node.isArray()) {
            addMarker(ARRAY);
            node.forEach(this::add);
            addMarker(END);
        } else if (node.isNull() || node.isMissingNode()) {
            addMarker(NULL);
        } else {
            // Plain notation, not 1E+2, so that 100.00 equals 100.
            addScalar(
                    node.isBigDecimal()
                            ? node.decimalValue().stripTrailingZeros().toPlainString()
                            : node.asText());
        }
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void addObject(JsonNode object) {
        addMembers(object, (name, content, from, to) -> {});
    }

    /** Receives each member of an object with the slice of bytes that is its canonical form. */
    interface MemberVisitor {
        void visit(String name, byte[] content, int from, int to);
    }

    /** Adds an object, and shows its members to {@code visitor}. */
    CanonicalJson addMembers(JsonNode object, MemberVisitor visitor) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        Collections.sort(names);
        addMarker(OBJECT);
        for (String name : names) {
            int from = length;
            addScalar(name);
            add(object.get(name));
            visitor.visit(name, bytes, from, length);
        }
        addMarker(END);
        return this;
    }

    private void addScalar(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        addMarker(SCALAR);
        // The length separates texts that follow each other, such as "ab" + "c" and "a" + "bc".
        addMarker((byte) (utf8.length >>> 24));
        addMarker((byte) (utf8.length >>> 16));
        addMarker((byte) (utf8.length >>> 8));
        addMarker((byte) utf8.length);
        ensureCapacity(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    private void addMarker(byte marker) {
        ensureCapacity(1);
        bytes[length++] = marker;
    }

    private void ensureCapacity(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
