package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** One field of a field table: its name, its type and, if its integers are codes, their labels. */
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
        this.codes = Collections.unmodifiableMap(new LinkedHashMap<>(codes));
        this.labelByCode = codes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, code -> LenientJson.NODES.textNode(code.getValue())));
        this.codeByLabel = codes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getValue, code -> LenientJson.NODES.numberNode(code.getKey())));
    }

    static Field uncoded(String name, FieldType type) {
        return new Field(name, type, false, Map.of());
    }

    /** Creates a field of codes; {@code codes} is empty if the account defines the codes, as for problem types. */
    static Field coded(String name, FieldType type, Map<Integer, String> codes) {
        return new Field(name, type, true, codes);
    }

    String name() {
        return name;
    }

    FieldType type() {
        return type;
    }

    /** Whether a response may contain a label instead of this field's integer. */
    boolean isCoded() {
        return coded;
    }

    /** Returns the labels of the field by code, in the order of the table. */
    Map<Integer, String> codes() {
        return codes;
    }

    /** Returns the label of a code, or {@code null} if the table has none. */
    JsonNode labelOf(JsonNode code) {
        return code.isInt() ? labelByCode.get(code.intValue()) : null;
    }

    /** Returns the code of a label, or {@code null} if the table has none. */
    JsonNode codeOf(String label) {
        return codeByLabel.get(label);
    }
}
