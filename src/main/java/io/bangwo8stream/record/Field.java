package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** One field of a vendor table: its name, its type and, when its integers are codes, what they stand for. */
final class Field {
    private final String name;
    private final FieldType type;
    private final boolean coded;
    private final Map<Integer, String> codes;
    private final Map<Integer, JsonNode> labelByCode;
    private final Map<String, JsonNode> codeByLabel;

    private Field(String name, FieldType type, boolean coded, Map<Integer, String> codes) {
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        this.coded = coded;
        this.codes = new LinkedHashMap<>(codes);
        this.labelByCode = codes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, code -> LenientJson.NODES.textNode(code.getValue())));
        this.codeByLabel = codes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, code -> LenientJson.NODES.numberNode(code.getKey())));
    }

    static Field plain(String name, FieldType type) {
        return new Field(name, type, false, Map.of());
    }

    /** A field of codes; {@code codes} is empty when the account defines them, as for problem types. */
    static Field coded(String name, FieldType type, Map<Integer, String> codes) {
        return new Field(name, type, true, codes);
    }

    String name() {
        return name;
    }

    FieldType type() {
        return type;
    }

    /** Whether an answer may carry a text in place of this field's integer. */
    boolean isCoded() {
        return coded;
    }

    /** The vendor's codes with their texts, in the table's order. */
    Map<Integer, String> codes() {
        return Map.copyOf(codes);
    }

    /** The text of a code, or {@code null} when the table has none. */
    JsonNode labelOf(JsonNode code) {
        return code.isInt() ? labelByCode.get(code.intValue()) : null;
    }

    /** The code of a text, or {@code null} when the table has none. */
    JsonNode codeOf(String label) {
        return codeByLabel.get(label);
    }
}
