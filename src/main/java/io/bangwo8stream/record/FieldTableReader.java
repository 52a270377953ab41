package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads a field table and says precisely what is wrong with one that is not in order. */
final class FieldTableReader {
    private static final Set<String> KEYS = Set.of("type", "codes");

    private final String table;

    private FieldTableReader(String table) {
        this.table = table;
    }

    static FieldTable read(String table, InputStream in) throws IOException {
        return new FieldTableReader(table).fields(in);
    }

    private FieldTable fields(InputStream in) throws IOException {
        JsonNode root = tree(in);
        if (!root.isObject() || root.isEmpty()) {
            throw new BrokenFieldTableException(table, "it must be one JSON object with a member for each field");
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        root.properties().forEach(entry -> fields.put(entry.getKey(), field(entry.getKey(), entry.getValue())));
        return new FieldTable(fields);
    }

    private JsonNode tree(InputStream in) throws IOException {
        try {
            return LenientJson.read(in);
        } catch (UnreadableJsonException e) {
            throw new BrokenFieldTableException(table, e.getMessage());
        }
    }

    private Field field(String name, JsonNode definition) {
        if (!definition.isObject()) {
            throw broken(name, "must be an object such as {\"type\": \"int\"}");
        }
        definition.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw broken(name, "has \"" + key + "\"; only \"type\" and \"codes\" are known");
            }
        });
        FieldType type = type(name, definition.get("type"));
        JsonNode codes = definition.get("codes");
        return codes == null ? Field.plain(name, type) : Field.coded(name, type, codes(name, type, codes));
    }

    private FieldType type(String name, JsonNode word) {
        if (word == null || !word.isTextual()) {
            throw broken(name, "needs a \"type\", one of " + FieldType.words());
        }
        return FieldType.named(word.textValue())
                .orElseThrow(() -> broken(
                        name, "has the type \"" + word.textValue() + "\", which is none of " + FieldType.words()));
    }

    private Map<Integer, String> codes(String name, FieldType type, JsonNode codes) {
        if (!type.isInteger()) {
            throw broken(name, "has codes, which only int and tinyint can have");
        }
        if (!codes.isObject()) {
            throw broken(name, "must have \"codes\" such as {\"0\": \"text\"}, or {} when the account defines them");
        }
        Map<Integer, String> texts = new LinkedHashMap<>();
        codes.properties().forEach(entry -> {
            String text = text(name, entry.getKey(), entry.getValue());
            if (texts.containsValue(text)) {
                throw broken(name, "has the text \"" + text + "\" for two codes");
            }
            if (texts.put(code(name, entry.getKey()), text) != null) {
                throw broken(name, "has the code " + entry.getKey() + " twice");
            }
        });
        return texts;
    }

    private int code(String name, String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw broken(name, "has the code \"" + key + "\", which is no integer");
        }
    }

    private String text(String name, String code, JsonNode text) {
        if (!text.isTextual() || text.textValue().isBlank()) {
            throw broken(name, "must have a text for the code " + code);
        }
        return text.textValue().strip();
    }

    private BrokenFieldTableException broken(String field, String mistake) {
        return new BrokenFieldTableException(table, "field " + field + " " + mistake);
    }
}
