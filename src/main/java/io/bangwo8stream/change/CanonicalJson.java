package io.bangwo8stream.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * The content of documents as bytes, independent of their form: members sorted by name, without those that are null,
 * and each scalar as its text, because the vendor sends both {@code 5} and {@code "5"} for the same value.
 */
final class CanonicalJson {

    private static final byte OBJECT = 1;
    private static final byte ARRAY = 2;
    private static final byte END = 3;
    private static final byte SCALAR = 4;
    private static final byte NULL = 5;
    private static final byte LITERAL = 6;

    private final boolean asSent;
    private byte[] bytes = new byte[4096];
    private int length;

    CanonicalJson() {
        this(false);
    }

    private CanonicalJson(boolean asSent) {
        this.asSent = asSent;
    }

    /** The same with the members of objects in the order in which they were sent, and with {@code 5} other than {@code "5"}. */
    static CanonicalJson asSent() {
        return new CanonicalJson(true);
    }

    CanonicalJson add(JsonNode node, TextComparison texts) {
        if (node.isObject()) {
            addObject(node, texts);
        } else if (node.isArray()) {
            addMarker(ARRAY);
            node.forEach(element -> add(element, texts));
            addMarker(END);
        } else if (isNothing(node, texts)) {
            addMarker(NULL);
        } else {
            if (asSent && !node.isTextual()) {
                addMarker(LITERAL);
            }
            addScalar(text(node, texts));
        }
        return this;
    }

    /** Whether the vendor sends {@code node} in the place of no value. */
    private static boolean isNothing(JsonNode node, TextComparison texts) {
        return node.isNull()
                || node.isMissingNode()
                || !texts.isExact() && node.isTextual() && node.textValue().isEmpty();
    }

    private static String text(JsonNode scalar, TextComparison texts) {
        if (scalar.isBigDecimal()) {
            BigDecimal number = scalar.decimalValue();
            return texts.isExact() ? CanonicalNumber.plain(number) : CanonicalNumber.of(number);
        }
        boolean exact = texts.isExact() || scalar.isInt() || scalar.isLong();
        return exact ? scalar.asText() : CanonicalNumber.of(scalar.asText());
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** The SHA-256 of the bytes. */
    ByteBuffer digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes, 0, length);
            return ByteBuffer.wrap(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform provides SHA-256", impossible);
        }
    }

    /**
     * 64 bits over the bytes, for rows, which are compared each time they are listed: without the optimising compiler
     * SHA-256 took a sixth of the time of a scan. CRC-32 and CRC-32C together find each change of up to eight bytes in a
     * row, and miss another one with a probability of 2⁻⁶⁴.
     */
    long checksum() {
        return checksum(new CRC32()) << 32 | checksum(new CRC32C());
    }

    private long checksum(Checksum sum) {
        sum.update(bytes, 0, length);
        return sum.getValue();
    }

    private void addObject(JsonNode object, TextComparison texts) {
        addMarker(OBJECT);
        for (Map.Entry<String, JsonNode> entry : asSent ? object.properties() : sortedMembers(object)) {
            TextComparison member = texts.member(entry.getKey());
            if (!isNothing(entry.getValue(), member)) {
                addScalar(entry.getKey());
                add(entry.getValue(), member);
            }
        }
        addMarker(END);
    }

    /** Receives each member of an object with the slice of bytes that is its canonical form. */
    interface MemberVisitor {
        void visit(String name, byte[] content, int from, int to);
    }

    /**
     * Adds the value of an event with all its members, also those that are null, and shows them to {@code visitor}.
     *
     * @param known the canonical form of members whose form is known
     */
    CanonicalJson addDocument(
            JsonNode document, TextComparison texts, Map<String, byte[]> known, MemberVisitor visitor) {
        addMarker(OBJECT);
        for (Map.Entry<String, JsonNode> entry : sortedMembers(document)) {
            String name = entry.getKey();
            int from = length;
            addScalar(name);
            if (known.containsKey(name)) {
                addBytes(known.get(name));
            } else {
                add(entry.getValue(), texts.member(name));
            }
            visitor.visit(name, bytes, from, length);
        }
        addMarker(END);
        return this;
    }

    private static List<Map.Entry<String, JsonNode>> sortedMembers(JsonNode object) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        members.sort(Map.Entry.comparingByKey());
        return members;
    }

    private void addScalar(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ensureCapacity(1 + Integer.BYTES + utf8.length);
        bytes[length++] = SCALAR;
        // The length separates texts that follow each other, such as "ab" + "c" and "a" + "bc".
        bytes[length++] = (byte) (utf8.length >>> 24);
        bytes[length++] = (byte) (utf8.length >>> 16);
        bytes[length++] = (byte) (utf8.length >>> 8);
        bytes[length++] = (byte) utf8.length;
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    private void addBytes(byte[] more) {
        ensureCapacity(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
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
