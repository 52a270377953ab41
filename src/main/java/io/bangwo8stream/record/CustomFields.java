package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/** Keeps the vendor's shape of {@code custom_fields} and replaces each PHP-serialised value by the JSON it encodes. */
public final class CustomFields {
    private static final String VALUE = "value";

    private final Runnable onMalformed;

    /** @param onMalformed run once for each value that looks PHP-serialised and is not; such a value stays a string */
    public CustomFields(Runnable onMalformed) {
        this.onMalformed = Objects.requireNonNull(onMalformed, "onMalformed");
    }

    static CustomFields uncounted() {
        return new CustomFields(() -> {});
    }

    /** The array itself when nothing in it is serialised, otherwise a copy; the array given is never changed. */
    JsonNode decoded(JsonNode fields) {
        ArrayNode copy = null;
        for (int i = 0; i < fields.size(); i++) {
            JsonNode field = fields.get(i);
            JsonNode decoded = decodedField(field);
            if (decoded != field) {
                copy = copy == null ? LenientJson.NODES.arrayNode().addAll((ArrayNode) fields) : copy;
                copy.set(i, decoded);
            }
        }
        return copy == null ? fields : copy;
    }

    private JsonNode decodedField(JsonNode field) {
        JsonNode value = field.get(VALUE);
        if (value == null || !value.isTextual() || !PhpSerialized.isLikely(value.textValue())) {
            return field;
        }
        Optional<JsonNode> decoded = PhpSerialized.decode(value.textValue());
        if (decoded.isEmpty()) {
            onMalformed.run();
            return field;
        }
        ObjectNode copy = LenientJson.object();
        copy.setAll((ObjectNode) field);
        return copy.set(VALUE, decoded.get());
    }
}
