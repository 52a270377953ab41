package io.bangwo8stream.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of routes, as the catalogue test reads it.
 *
 * @param example whether it is one that an operator may add
 */
record CatalogueFile(String name, boolean example, int lines, JsonNode content) {

    static final String SUFFIX = ".camel.yaml";
    private static final String FIELDS = ".fields.json";
    private static final Path FOLDER = Path.of("routes");
    private static final Path EXAMPLES = FOLDER.resolve("examples");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}:]+)}}");
    /** The whole of a text, perhaps after {@code #class:} or {@code #type:} and before the arguments of a constructor. */
    private static final Pattern CLASS = Pattern.compile("^(?:#[a-z]+:)?((?:[a-z]\\w*\\.)+[A-Z][\\w$]*)(?:[#(].*)?$");

    static List<CatalogueFile> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file ->
                            Files.isRegularFile(file) && !file.toString().endsWith(FIELDS))
                    .sorted()
                    .map(CatalogueFile::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static CatalogueFile read(Path file) {
        try {
            return new CatalogueFile(
                    file.getFileName().toString(),
                    file.startsWith(EXAMPLES),
                    Files.readAllLines(file).size(),
                    YAML.readTree(file.toFile()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The file's name without its suffix. */
    String id() {
        return name.replace(SUFFIX, "");
    }

    /** Routes, templates and instances of templates, but no route configurations. */
    List<JsonNode> routes() {
        List<JsonNode> routes = new ArrayList<>();
        for (String kind : List.of("route", "routeTemplate", "templatedRoute")) {
            content.forEach(element -> {
                if (element.has(kind)) {
                    routes.add(element.get(kind));
                }
            });
        }
        return routes;
    }

    static String idOf(JsonNode route) {
        return route.path(route.has("routeTemplateRef") ? "routeId" : "id").asText();
    }

    /** Every text, with the name of the member that holds it. */
    void texts(BiConsumer<String, String> visitor) {
        visit("", content, visitor);
    }

    /** Addresses of endpoints: what is consumed from, sent to, or given to a template as a parameter. */
    Set<String> endpoints() {
        Set<String> endpoints = new TreeSet<>();
        texts((name, text) -> {
            boolean route = Set.of("value", "defaultValue").contains(name) && text.startsWith("direct:");
            if (route
                    || Set.of("uri", "to", "toD", "wireTap", "enrich", "poll", "pollEnrich")
                            .contains(name)) {
                endpoints.add(text);
            }
        });
        return endpoints;
    }

    Set<String> consumedFrom() {
        Set<String> endpoints = new TreeSet<>();
        content.findValues("from")
                .forEach(from -> endpoints.add(from.path("uri").asText()));
        return endpoints;
    }

    /** The properties that it needs, without those that have a default here. */
    Set<String> placeholders() {
        Set<String> names = new TreeSet<>();
        texts((member, text) -> PLACEHOLDER.matcher(text).results().forEach(found -> names.add(found.group(1))));
        return names;
    }

    /** Classes that Camel looks up by their names: exceptions, types, {@code #class:}. */
    Set<String> classes() {
        Set<String> names = new TreeSet<>();
        texts((member, text) -> CLASS.matcher(text).results().forEach(found -> names.add(found.group(1))));
        return names;
    }

    /** Names of the parameters of the templates in this file. */
    Set<String> templateParameters() {
        Set<String> names = new TreeSet<>();
        content.findValues("routeTemplate")
                .forEach(template -> template.path("parameters")
                        .forEach(parameter -> names.add(parameter.path("name").asText())));
        return names;
    }

    @Override
    public String toString() {
        return name;
    }

    private static void visit(String name, JsonNode node, BiConsumer<String, String> visitor) {
        if (node.isValueNode()) {
            visitor.accept(name, node.asText());
        } else if (node.isArray()) {
            node.forEach(element -> visit(name, element, visitor));
        } else {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                visit(member.getKey(), member.getValue(), visitor);
            }
        }
    }
}
