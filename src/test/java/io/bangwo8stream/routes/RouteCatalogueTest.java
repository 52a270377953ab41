package io.bangwo8stream.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.bangwo8stream.lifecycle.RouteReflection;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules for every file in routes/. */
class RouteCatalogueTest {

    /** The template has 22 parameters, each with a description. */
    private static final int LONGEST = 150;

    private static final int LONGEST_EXAMPLE = 32;
    /** A setting; that of an added source has a default. */
    private static final String TOPIC = "\\{\\{bangwo8\\.topics\\.[a-z-]+(:bangwo8\\.[a-z-]+)?}}";

    private static final String GATEWAY = "bangwo8-api";
    /** The routes that a source names by its parameters pageRoute and joinRoute. */
    private static final Set<String> ROUTES_OF_SOURCE = Set.of("${variable.scan.pageRoute}", "${variable.joinRoute}");

    private static final String BASE_URL = "{{bangwo8.base-url}}";
    private static final Set<String> COMPONENTS = Set.of("timer", "master", "direct", "kafka", "log", "bean");

    private static JsonSchema dsl;
    private static Properties properties;

    @BeforeAll
    static void load() throws IOException {
        try (InputStream schema = RouteCatalogueTest.class.getResourceAsStream("/schema/camelYamlDsl.json");
                Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            dsl = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(Objects.requireNonNull(schema));
            properties = new Properties();
            properties.load(file);
        }
    }

    static List<CatalogueFile> files() {
        return CatalogueFile.all();
    }

    static Stream<CatalogueFile> filesOfRoutes() {
        return files().stream().filter(file -> !file.routes().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("files")
    void conformsToTheSchemaOfTheYamlDsl(CatalogueFile file) {
        assertThat(dsl.validate(file.content()))
                .filteredOn(mistake -> !isPlaceholderForANumber(mistake))
                .extracting(ValidationMessage::getMessage)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void isShortAndHasAFileNameThatTheLoaderAccepts(CatalogueFile file) {
        assertThat(file.lines()).isLessThanOrEqualTo(file.example() ? LONGEST_EXAMPLE : LONGEST);
        // The loader takes the text after the first dot for the type.
        assertThat(file.name()).endsWith(CatalogueFile.SUFFIX);
        assertThat(file.id()).matches("[a-z0-9-]+");
    }

    @ParameterizedTest
    @MethodSource("filesOfRoutes")
    void hasTheNameOfItsMainRoute(CatalogueFile file) {
        JsonNode first = file.content().get(0).elements().next();

        assertThat(CatalogueFile.idOf(first)).isEqualTo(file.id());
    }

    @ParameterizedTest
    @MethodSource("filesOfRoutes")
    void describesEveryRouteAndTemplateParameter(CatalogueFile file) {
        for (JsonNode route : file.routes()) {
            // The template describes its instances.
            if (!route.has("routeTemplateRef")) {
                assertThat(route.path("description").asText())
                        .as(CatalogueFile.idOf(route))
                        .endsWith(".");
            }
        }
        file.content()
                .findValues("routeTemplate")
                .forEach(template -> template.path("parameters")
                        .forEach(parameter -> assertThat(
                                        parameter.path("description").asText())
                                .as(parameter.toString())
                                .isNotBlank()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void prefixesIdsOfStepsWithTheIdOfTheirRoute(CatalogueFile file) {
        Set<String> routes = file.routes().stream().map(CatalogueFile::idOf).collect(Collectors.toSet());
        if (!file.templateParameters().isEmpty()) {
            routes.add("{{source}}");
        }
        file.texts((name, text) -> {
            if (name.equals("id") && text.contains("/")) {
                assertThat(routes).contains(text.substring(0, text.indexOf('/')));
            }
        });
    }

    @Test
    void givesRoutesAndStepsUniqueIds() {
        assertThat(files().stream()
                        .flatMap(file -> file.content().findValues("id").stream())
                        .map(JsonNode::asText))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("files")
    void sendsToRoutesThatExist(CatalogueFile file) {
        Set<String> consumed = new HashSet<>();
        files().forEach(other -> consumed.addAll(other.consumedFrom()));

        assertThat(file.endpoints())
                .filteredOn(endpoint -> endpoint.startsWith("direct:"))
                .isSubsetOf(consumed);
    }

    @ParameterizedTest
    @MethodSource("filesOfRoutes")
    void namesTemplatesAndConfigurationsThatExist(CatalogueFile file) {
        Set<String> ids = new HashSet<>();
        for (CatalogueFile other : files()) {
            for (String kind : List.of("routeTemplate", "routeConfiguration")) {
                other.content()
                        .findValues(kind)
                        .forEach(element -> ids.add(element.path("id").asText()));
            }
        }

        file.texts((name, text) -> {
            if (Set.of("routeTemplateRef", "routeConfigurationId").contains(name)) {
                assertThat(ids).contains(text);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("filesOfRoutes")
    void givesATemplateAllRequiredParametersAndNoUnknownOnes(CatalogueFile file) {
        for (JsonNode instance : file.content().findValues("templatedRoute")) {
            JsonNode template = files().stream()
                    .flatMap(other -> other.content().findValues("routeTemplate").stream())
                    .filter(one -> one.path("id").equals(instance.get("routeTemplateRef")))
                    .findFirst()
                    .orElseThrow();
            Set<String> known = names(template, false);

            assertThat(names(instance, false)).isSubsetOf(known).containsAll(names(template, true));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void usesPlaceholdersThatAreDefined(CatalogueFile file) {
        Set<String> defined = new TreeSet<>(properties.stringPropertyNames());
        defined.addAll(file.templateParameters());

        assertThat(file.placeholders()).isSubsetOf(defined);
    }

    @Test
    void namesOnlyClassesThatANativeImageContains() {
        assertThat(files().stream().flatMap(file -> file.classes().stream()))
                .contains("java.io.IOException")
                .isSubsetOf(Arrays.stream(RouteReflection.class
                                .getAnnotation(RegisterForReflection.class)
                                .targets())
                        .map(Class::getName)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    void usesComponentsOfTheAllowListOnly(CatalogueFile file) {
        for (String endpoint : file.endpoints()) {
            if (ROUTES_OF_SOURCE.contains(endpoint)) {
                continue;
            }
            if (endpoint.startsWith("{{")) {
                assertThat(endpoint)
                        .satisfiesAnyOf(
                                address -> assertThat(address).isEqualTo(BASE_URL),
                                address ->
                                        assertThat(file.templateParameters()).contains(address.replaceAll("[{}]", "")));
            } else {
                assertThat(components(endpoint)).isSubsetOf(COMPONENTS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void usesOneTechnology(CatalogueFile file) {
        boolean http = file.endpoints().contains(BASE_URL);
        boolean kafka = file.endpoints().stream()
                .anyMatch(endpoint -> components(endpoint).contains("kafka"));

        assertThat(http).as("uses HTTP").isEqualTo(file.id().equals(GATEWAY));
        assertThat(http && kafka).as("uses HTTP and Kafka").isFalse();
    }

    @ParameterizedTest
    @MethodSource("files")
    void containsNoHostTopicOrCredential(CatalogueFile file) {
        List<String> topics = properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith("bangwo8.topics."))
                .map(properties::getProperty)
                .toList();

        file.texts((name, text) -> {
            assertThat(text.replaceAll(TOPIC, ""))
                    .doesNotContain("://")
                    .doesNotContain(topics)
                    .doesNotContainPattern("localhost|\\b\\d+\\.\\d+\\.\\d+\\.\\d+\\b|\\bwww\\.|kafka:(?!\\{\\{)");
            assertThat(name + " " + text)
                    .doesNotContainPattern("(?i)password|secret|account|client-id|authorization|token|user-?name");
        });
        file.content()
                .findValues("templatedRoute")
                .forEach(instance -> instance.path("parameters").forEach(parameter -> {
                    if (parameter.path("name").asText().equals("topic")) {
                        assertThat(parameter.path("value").asText()).matches(TOPIC);
                    }
                }));
    }

    /** The schema requires the type of the value; the loader accepts a placeholder instead. */
    private static boolean isPlaceholderForANumber(ValidationMessage mistake) {
        return mistake.getType().equals("type")
                && mistake.getInstanceNode().asText().matches("\\{\\{[^}]+}}");
    }

    /** The component of an address, and the one that it wraps: {@code master:name:timer:name}. */
    private static Set<String> components(String endpoint) {
        String[] parts = endpoint.split(":", 4);
        return parts[0].equals("master") ? Set.of(parts[0], parts[2]) : Set.of(parts[0]);
    }

    private static Set<String> names(JsonNode holder, boolean requiredOnly) {
        Set<String> names = new TreeSet<>();
        holder.path("parameters").forEach(parameter -> {
            if (!requiredOnly
                    || !parameter.has("defaultValue")
                            && parameter.path("required").asBoolean(true)) {
                names.add(parameter.path("name").asText());
            }
        });
        return names;
    }
}
