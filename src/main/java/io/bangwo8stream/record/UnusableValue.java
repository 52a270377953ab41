package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** A value of a response that JSON cannot represent: {@code NaN}, an infinity, or one that is nested too deep. */
public final class UnusableValue extends TextNode {
    private static final long serialVersionUID = 1L;

    private static final UnusableValue TOO_DEEP =
            new UnusableValue("nested deeper than " + LenientJson.MAX_NESTING + " levels");

    private UnusableValue(String original) {
        super(original);
    }

    /** Returns a value for a number such as {@code NaN}, which is its text. */
    static UnusableValue ofNumber(String text) {
        return new UnusableValue(text);
    }

    static UnusableValue tooDeep() {
        return TOO_DEEP;
    }

    /** Returns whether {@code value} is unusable, or contains an unusable one. */
    public static boolean isIn(JsonNode value) {
        if (value.isContainerNode()) {
            for (JsonNode element : value) {
                if (isIn(element)) {
                    return true;
                }
            }
        }
        return value instanceof UnusableValue;
    }

    /**
     * Returns the value of a field with null in the place of each unusable value, whose original is added to
     * {@code unparsed} under its path. Null takes the place of the whole field where something is nested too deep.
     */
    static JsonNode separate(String path, JsonNode value, ObjectNode unparsed) {
        if (!isIn(value)) {
            return value;
        }
        if (containsTooDeep(value)) {
            unparsed.put(path, TOO_DEEP.textValue());
            return TypingResult.EMPTY;
        }
        return replace(path, value, unparsed);
    }

    private static JsonNode replace(String path, JsonNode value, ObjectNode unparsed) {
        if (value instanceof UnusableValue) {
            unparsed.put(path, value.textValue());
            return TypingResult.EMPTY;
        }
        if (value.isArray()) {
            ArrayNode copy = LenientJson.NODES.arrayNode(value.size());
            for (int i = 0; i < value.size(); i++) {
                copy.add(replace(path + "[" + i + "]", value.get(i), unparsed));
            }
            return copy;
        }
        if (value.isObject()) {
            ObjectNode copy = LenientJson.object();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                copy.set(member.getKey(), replace(path + "." + member.getKey(), member.getValue(), unparsed));
            }
            return copy;
        }
        return value;
    }

    private static boolean containsTooDeep(JsonNode value) {
        for (JsonNode element : value) {
            if (containsTooDeep(element)) {
                return true;
            }
        }
        return value == TOO_DEEP;
    }
}
