package io.bangwo8stream.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Feeds a digest with what a document says, not with how it is written: members in the order of their names, and a
 * scalar as its text, since the vendor sends {@code 5} and {@code "5"} for the same thing.
 */
final class CanonicalJson {

    private static final byte OBJECT = 1;
    private static final byte ARRAY = 2;
    private static final byte END = 3;
    private static final byte SCALAR = 4;
    private static final byte NULL = 5;

    private CanonicalJson() {
    }

    static void update(MessageDigest digest, JsonNode node) {
        if (node.isObject()) {
            object(digest, node);
        } else if (node.isArray()) {
            digest.update(ARRAY);
            node.forEach(element -> update(digest, element));
            digest.update(END);
        } else if (node.isNull() || node.isMissingNode()) {
            digest.update(NULL);
        } else {
            // In full, not 1E+2: 100.00 is what 100 is.
            scalar(digest, node.isBigDecimal()
                    ? node.decimalValue().stripTrailingZeros().toPlainString() : node.asText());
        }
    }

    private static void object(MessageDigest digest, JsonNode object) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        Collections.sort(names);
        digest.update(OBJECT);
        for (String name : names) {
            scalar(digest, name);
            update(digest, object.get(name));
        }
        digest.update(END);
    }

    private static void scalar(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(SCALAR);
        // The length keeps apart what the texts alone would run together.
        digest.update((byte) (bytes.length >>> 24));
        digest.update((byte) (bytes.length >>> 16));
        digest.update((byte) (bytes.length >>> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
    }
}
