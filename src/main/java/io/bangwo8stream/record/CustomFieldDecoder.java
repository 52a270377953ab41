package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/** Replaces each PHP-serialised value of {@code custom_fields} with the JSON it encodes. */
public final class CustomFieldDecoder {
    private static final String VALUE = "value";

    private final Runnable onMalformed;

    /** @param onMalformed runs for each value that looks PHP-serialised but is malformed; it stays a string */
    public CustomFieldDecoder(Runnable onMalformed) {
        this.onMalformed = Objects.requireNonNull(onMalformed, "onMalformed");
    }

    static CustomFieldDecoder withoutCounter() {
        return new CustomFieldDecoder(() -> {});
    }

    /** Returns {@code fields} itself if no value is serialised, otherwise a copy; never changes {@code fields}. */
    JsonNode decode(JsonNode fields) {
        ArrayNode copy = null;
        for (int i = 0; i < fields.size(); i++) {
            JsonNode field = fields.get(i);
            JsonNode decoded = decodeField(field);
            if (decoded != field) {
                copy = copy == null ? LenientJson.NODES.arrayNode().addAll((ArrayNode) fields) : copy;
                copy.set(i, decoded);
            }
        }
        return copy == null ? fields : copy;
    }

    private JsonNode decodeField(JsonNode field) {
        JsonNode value = field.get(VALUE);
        if (value == null || !value.isTextual() || !PhpArrayDecoder.isLikelyArray(value.textValue())) {
            return field;
        }
        Optional<JsonNode> decoded = PhpArrayDecoder.decode(value.textValue());
        if (decoded.isEmpty()) {
            onMalformed.run();
            return field;
        }
        ObjectNode copy = LenientJson.object();
        copy.setAll((ObjectNode) field);
        return copy.set(VALUE, decoded.get());
    }
}
