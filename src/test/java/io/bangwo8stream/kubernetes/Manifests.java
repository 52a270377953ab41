package io.bangwo8stream.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** YAML files of {@code k8s/} as trees. */
final class Manifests {

    static final Path ROOT = Path.of("k8s");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private Manifests() {}

    /** The folders that can be applied. */
    static List<Path> overlays() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("overlays"))) {
            return folders.sorted().toList();
        }
    }

    /** All documents of a YAML file. */
    static List<JsonNode> read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static List<JsonNode> parse(String yaml) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        try (JsonParser parser = YAML.createParser(yaml)) {
            for (JsonNode next = YAML.readTree(parser); next != null; next = YAML.readTree(parser)) {
                documents.add(next);
            }
        }
        return documents;
    }

    /** The only resource of this kind whose name starts so. */
    static JsonNode find(List<ObjectNode> resources, String kind, String name) {
        Optional<ObjectNode> found = resources.stream()
                .filter(resource ->
                        kind(resource).equals(kind) && name(resource).startsWith(name))
                .findFirst();
        return found.orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    static String kind(JsonNode resource) {
        return resource.path("kind").asText();
    }

    static String name(JsonNode resource) {
        return resource.at("/metadata/name").asText();
    }

    /** The container of the product in a rendered overlay. */
    static JsonNode container(List<ObjectNode> resources) {
        return find(resources, "Deployment", "bangwo8-stream").at("/spec/template/spec/containers/0");
    }

    /** The value of a variable of the product's container. */
    static String variable(List<ObjectNode> resources, String name) {
        for (JsonNode variable : container(resources).path("env")) {
            if (variable.path("name").asText().equals(name)) {
                return variable.path("value").asText();
            }
        }
        throw new AssertionError(name + " is not set");
    }
}
