package io.bangwo8stream.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.bangwo8stream.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the model of kustomize with kustomize itself, where it is installed. */
class KustomizationTest {

    /** What kustomize appends to the name of a generated ConfigMap, in its own alphabet. */
    private static final String HASH = "-[24-9bcdfghkmt]{10}\\b";

    static List<Path> overlays() throws IOException {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void rendersAsKustomizeDoes(Path overlay) throws Exception {
        Tool kubectl = Tool.require("kubectl", "it contains kustomize").withErrors();

        String rendered = kubectl.run("kustomize", overlay.toString());

        assertThat(byName(Kustomization.render(overlay)))
                .containsExactlyEntriesOf(byName(Manifests.parse(rendered.replaceAll(HASH, ""))));
    }

    @Test
    void refusesAFieldThatItDoesNotKnow(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("kustomization.yaml"), "namePrefixes: a");

        assertThatThrownBy(() -> Kustomization.render(folder)).hasMessageContaining("namePrefixes");
    }

    private static Map<String, JsonNode> byName(List<? extends JsonNode> resources) {
        Map<String, JsonNode> byName = new TreeMap<>();
        for (JsonNode resource : resources) {
            sortLists(resource);
            byName.put(Manifests.kind(resource) + " " + Manifests.name(resource), resource);
        }
        return byName;
    }

    /** kustomize puts added items first. */
    private static void sortLists(JsonNode node) {
        node.properties().forEach(field -> {
            String key = Patch.MERGE_KEYS.get(field.getKey());
            if (key != null && field.getValue() instanceof ArrayNode list) {
                List<JsonNode> items =
                        Stream.of(list).flatMap(ArrayNode::valueStream).toList();
                list.removeAll();
                items.stream()
                        .sorted(Comparator.comparing(item -> item.path(key).asText()))
                        .forEach(list::add);
            }
        });
        node.forEach(KustomizationTest::sortLists);
    }
}
