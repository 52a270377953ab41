package io.bangwo8stream.kubernetes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Applies a patch to a resource: a strategic merge, or a list of operations on paths. */
final class Patch {

    /** Fields of Kubernetes' own types whose lists are merged by a member of their items; other lists are replaced. */
    static final Map<String, String> MERGE_KEYS = Map.of(
            "containers",
            "name",
            "env",
            "name",
            "volumes",
            "name",
            "volumeMounts",
            "mountPath",
            "ports",
            "containerPort");

    private Patch() {}

    static void apply(ObjectNode resource, JsonNode patch) {
        if (patch.isArray()) {
            patch.forEach(operation -> operate(resource, operation));
        } else {
            boolean ofOperator = resource.path("apiVersion").asText().contains(".strimzi.io");
            merge(resource, (ObjectNode) patch, !ofOperator);
        }
    }

    private static void operate(ObjectNode resource, JsonNode operation) {
        JsonPointer path = JsonPointer.compile(operation.path("path").asText());
        JsonNode parent = resource.at(path.head());
        if (!operation.path("op").asText().equals("replace")
                || resource.at(path).isMissingNode()) {
            throw new AssertionError("an operation that this model does not know: " + operation);
        }
        if (parent instanceof ArrayNode array) {
            array.set(path.last().getMatchingIndex(), operation.get("value"));
        } else {
            ((ObjectNode) parent).set(path.last().getMatchingProperty(), operation.get("value"));
        }
    }

    private static void merge(ObjectNode target, ObjectNode patch, boolean byKey) {
        patch.properties().forEach(field -> {
            JsonNode old = target.get(field.getKey());
            JsonNode added = field.getValue();
            String key = MERGE_KEYS.get(field.getKey());
            if (old instanceof ObjectNode object && added.isObject()) {
                merge(object, (ObjectNode) added, byKey);
            } else if (byKey && key != null && old instanceof ArrayNode list) {
                added.forEach(item -> mergeItem(list, (ObjectNode) item, key));
            } else {
                target.set(field.getKey(), added.deepCopy());
            }
        });
    }

    private static void mergeItem(ArrayNode list, ObjectNode added, String key) {
        for (JsonNode item : list) {
            if (item.get(key).equals(added.get(key))) {
                merge((ObjectNode) item, added, true);
                return;
            }
        }
        list.add(added.deepCopy());
    }
}
