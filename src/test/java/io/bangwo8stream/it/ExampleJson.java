package io.bangwo8stream.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Formats JSON for readers: one line for what fits into 120 columns, members in their original order. */
final class ExampleJson {

    private static final int WIDTH = 120;

    private ExampleJson() {}

    static String of(JsonNode document) {
        return broken(document, "");
    }

    private static String format(String name, JsonNode node, String indent) {
        String flat = indent + name + flat(node);
        return flat.length() <= WIDTH || node.isValueNode() ? flat : indent + name + broken(node, indent);
    }

    private static String broken(JsonNode node, String indent) {
        String deeper = indent + "  ";
        if (node.isArray()) {
            return elements(node)
                    .map(element -> format("", element, deeper))
                    .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
        }
        return node.properties().stream()
                .map(member -> format(name(member.getKey()), member.getValue(), deeper))
                .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
    }

    private static String flat(JsonNode node) {
        if (node.isValueNode() || node.isEmpty()) {
            return node.toString();
        }
        return node.isArray()
                ? elements(node).map(ExampleJson::flat).collect(Collectors.joining(", ", "[", "]"))
                : node.properties().stream()
                        .map(member -> name(member.getKey()) + flat(member.getValue()))
                        .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String name(String member) {
        return TextNode.valueOf(member) + ": ";
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
