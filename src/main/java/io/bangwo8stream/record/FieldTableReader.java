package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads a field table and reports the field and the error if the table is invalid. */
final class FieldTableReader {
    private static final Set<String> KEYS = Set.of("type", "codes");

    private final String table;

    private FieldTableReader(String table) {
        this.table = table;
    }

    static FieldTable read(String table, InputStream in) throws IOException {
        return new FieldTableReader(table).readTable(in);
    }

    private FieldTable readTable(InputStream in) throws IOException {
        JsonNode root = readJson(in);
        if (!root.isObject() || root.isEmpty()) {
            throw new InvalidFieldTableException(table, "it must be one JSON object with a member for each field");
        }
        Map<String, Field> fields = new LinkedHashMap<>();
        root.properties().forEach(entry -> fields.put(entry.getKey(), readField(entry.getKey(), entry.getValue())));
        return new FieldTable(fields);
    }

    private JsonNode readJson(InputStream in) throws IOException {
        try {
            return LenientJson.read(in);
        } catch (UnreadableJsonException e) {
            throw new InvalidFieldTableException(table, e.getMessage());
        }
    }

    private Field readField(String name, JsonNode definition) {
        if (!definition.isObject()) {
            throw invalid(name, "must be an object such as {\"type\": \"int\"}");
        }
        definition.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw invalid(name, "has \"" + key + "\"; only \"type\" and \"codes\" are allowed");
            }
        });
        FieldType type = readType(name, definition.get("type"));
        JsonNode codes = definition.get("codes");
        return codes == null ? Field.uncoded(name, type) : Field.coded(name, type, readCodes(name, type, codes));
    }

    private FieldType readType(String name, JsonNode type) {
        if (type == null || !type.isTextual()) {
            throw invalid(name, "needs a \"type\", one of " + FieldType.vendorNames());
        }
        return FieldType.ofVendorName(type.textValue())
                .orElseThrow(() -> invalid(
                        name,
                        "has the type \"" + type.textValue() + "\", which is not one of " + FieldType.vendorNames()));
    }

    private Map<Integer, String> readCodes(String name, FieldType type, JsonNode codes) {
        if (!type.isInteger()) {
            throw invalid(name, "has codes, which only int and tinyint can have");
        }
        if (!codes.isObject()) {
            throw invalid(
                    name, "must have \"codes\" such as {\"0\": \"label\"}, or {} if the account defines the codes");
        }
        Map<Integer, String> labels = new LinkedHashMap<>();
        codes.properties().forEach(entry -> {
            String label = readLabel(name, entry.getKey(), entry.getValue());
            if (labels.containsValue(label)) {
                throw invalid(name, "has the label \"" + label + "\" for two codes");
            }
            if (labels.put(readCode(name, entry.getKey()), label) != null) {
                throw invalid(name, "has the code " + entry.getKey() + " twice");
            }
        });
        return labels;
    }

    private int readCode(String name, String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw invalid(name, "has the code \"" + key + "\", which is not an integer");
        }
    }

    private String readLabel(String name, String code, JsonNode label) {
        if (!label.isTextual() || label.textValue().isBlank()) {
            throw invalid(name, "must have a label for the code " + code);
        }
        return label.textValue().strip();
    }

    private InvalidFieldTableException invalid(String field, String error) {
        return new InvalidFieldTableException(table, "field " + field + " " + error);
    }
}
