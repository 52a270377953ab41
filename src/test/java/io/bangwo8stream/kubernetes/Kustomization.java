package io.bangwo8stream.kubernetes;

import static io.bangwo8stream.kubernetes.Manifests.kind;
import static io.bangwo8stream.kubernetes.Manifests.name;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Renders a folder as kustomize does, with the features that {@code k8s/} uses. The names of generated ConfigMaps stay
 * without the hash of their content.
 */
final class Kustomization {

    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "resources",
            "components",
            "configMapGenerator",
            "patches",
            "images",
            "nameSuffix",
            "labels",
            "generatorOptions");

    /** Where kustomize adds labels, if the selectors are included: see {@code includeSelectors}. */
    private static final List<String> SELECTORS = List.of(
            "/spec/template/metadata/labels",
            "/spec/selector/matchLabels",
            "/spec/podSelector/matchLabels",
            "/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels");

    private final Path folder;
    private final JsonNode file;
    private final List<ObjectNode> resources;

    private Kustomization(Path folder, List<ObjectNode> resources) throws IOException {
        this.folder = folder;
        this.file = Manifests.read(folder.resolve("kustomization.yaml")).get(0);
        this.resources = resources;
        file.fieldNames().forEachRemaining(field -> {
            if (!KNOWN.contains(field)) {
                throw new AssertionError(folder + ": this model does not know the field " + field);
            }
        });
    }

    static List<ObjectNode> render(Path folder) throws IOException {
        List<ObjectNode> resources = new ArrayList<>();
        new Kustomization(folder, resources).apply();
        return resources;
    }

    /** In kustomize's order. */
    private void apply() throws IOException {
        for (JsonNode resource : file.path("resources")) {
            add(folder.resolve(resource.asText()).normalize());
        }
        for (JsonNode component : file.path("components")) {
            new Kustomization(folder.resolve(component.asText()).normalize(), resources).apply();
        }
        for (JsonNode generator : file.path("configMapGenerator")) {
            generate(generator);
        }
        for (JsonNode patch : file.path("patches")) {
            patch(patch);
        }
        rename(file.path("nameSuffix").asText());
        file.path("labels").forEach(this::label);
        file.path("images").forEach(this::image);
    }

    private void add(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            resources.addAll(render(path));
        } else {
            Manifests.read(path).forEach(document -> resources.add((ObjectNode) document));
        }
    }

    private void generate(JsonNode generator) throws IOException {
        boolean merge = generator.path("behavior").asText().equals("merge");
        ObjectNode map = merge
                ? (ObjectNode) Manifests.find(
                        resources, "ConfigMap", generator.path("name").asText())
                : newMap(generator);
        for (JsonNode literal : generator.path("literals")) {
            String[] parts = literal.asText().split("=", 2);
            map.withObjectProperty("data").put(parts[0], parts[1]);
        }
        for (JsonNode named : generator.path("files")) {
            map.withObjectProperty("data").put(named.asText(), Files.readString(folder.resolve(named.asText())));
        }
        JsonNode labels = generator.at("/options/labels");
        if (labels.isObject()) {
            ((ObjectNode) map.get("metadata")).set("labels", labels.deepCopy());
        }
    }

    private ObjectNode newMap(JsonNode generator) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", generator.path("name").asText());
        resources.add(map);
        return map;
    }

    private void patch(JsonNode entry) throws IOException {
        JsonNode patch = entry.has("path")
                ? Manifests.read(folder.resolve(entry.get("path").asText())).get(0)
                : Manifests.parse(entry.get("patch").asText()).get(0);
        String kind = entry.has("target") ? entry.at("/target/kind").asText() : kind(patch);
        String name = entry.has("target") ? entry.at("/target/name").asText() : name(patch);
        ObjectNode target = resources.stream()
                .filter(resource ->
                        kind(resource).equals(kind) && name(resource).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(folder + " patches a missing " + kind + " " + name));
        Patch.apply(target, patch);
    }

    /** Also where a resource names a ConfigMap or a ServiceAccount of this folder. */
    private void rename(String suffix) {
        for (ObjectNode resource : suffix.isEmpty() ? List.<ObjectNode>of() : resources) {
            String old = name(resource);
            ((ObjectNode) resource.get("metadata")).put("name", old + suffix);
            if (kind(resource).equals("ConfigMap")) {
                resources.forEach(other -> other.findParents("configMapRef")
                        .forEach(user -> renameReference(user.path("configMapRef"), "name", old, suffix)));
            } else if (kind(resource).equals("ServiceAccount")) {
                resources.forEach(other -> other.findParents("serviceAccountName")
                        .forEach(user -> renameReference(user, "serviceAccountName", old, suffix)));
            }
        }
    }

    private static void renameReference(JsonNode user, String field, String old, String suffix) {
        if (user.path(field).asText().equals(old)) {
            ((ObjectNode) user).put(field, old + suffix);
        }
    }

    private void label(JsonNode entry) {
        ObjectNode pairs = (ObjectNode) entry.get("pairs");
        for (ObjectNode resource : resources) {
            resource.withObject("/metadata/labels").setAll(pairs);
            for (String path : entry.path("includeSelectors").asBoolean() ? SELECTORS : List.<String>of()) {
                if (resource.at(path) instanceof ObjectNode labels) {
                    labels.setAll(pairs);
                }
            }
        }
    }

    private void image(JsonNode entry) {
        String named = entry.path("name").asText();
        String name = entry.path("newName").asText(named);
        for (ObjectNode resource : resources) {
            for (JsonNode container : resource.at("/spec/template/spec/containers")) {
                if (container.path("image").asText().equals(named)) {
                    ((ObjectNode) container)
                            .put("image", name + ":" + entry.path("newTag").asText());
                }
            }
        }
    }
}
