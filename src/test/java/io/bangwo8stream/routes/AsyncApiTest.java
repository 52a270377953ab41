package io.bangwo8stream.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/asyncapi.yaml} to the settings, the routes and the schemas. */
class AsyncApiTest {

    private static final AsyncApi DOCUMENT = AsyncApi.document();
    private static final Path SCHEMAS = Path.of("src", "main", "resources", "schemas");
    private static final String URN = "urn:bangwo8-stream:schema:%s:1";
    private static final String TOPIC = "bangwo8.topics.";

    /** The default topics, by what they hold. */
    private static final Map<String, String> topics = new TreeMap<>();

    @BeforeAll
    static void loadTopics() throws IOException {
        Properties properties = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            properties.load(file);
        }
        properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith(TOPIC))
                .forEach(key -> topics.put(key.substring(TOPIC.length()), properties.getProperty(key)));
    }

    @Test
    void hasAChannelForEveryTopicAndNoOther() {
        assertThat(DOCUMENT.messages().keySet()).containsExactlyInAnyOrderElementsOf(topics.values());
    }

    @Test
    void namesTheTypesThatTheRoutesGiveTheirEvents() {
        Map<String, Set<String>> types = new TreeMap<>();
        for (Map<String, String> source : sources()) {
            String type = source.get("type");
            add(types, topic(source), type + ".created", type + ".updated", type + ".deleted");
            if (source.containsKey("lookUpPath")) {
                add(types, topic(source), type + ".unlisted");
            }
            add(types, topics.get("dead-letters"), type + ".dead-lettered", type + ".recovered");
        }
        assertThat(documented("ce_type")).isEqualTo(types);
    }

    @Test
    void namesTheSchemasThatTheRoutesGiveTheirEvents() {
        Map<String, Set<String>> schemas = new TreeMap<>();
        sources().forEach(source -> add(schemas, topic(source), URN.formatted(source.get("schema"))));
        add(schemas, topics.get("dead-letters"), URN.formatted("dead-letter"));

        assertThat(documented("ce_dataschema")).isEqualTo(schemas);
    }

    @Test
    void listsTheSourcesOfTheRoutes() {
        for (Map<String, String> source : sources()) {
            for (String topic : List.of(topic(source), topics.get("dead-letters"))) {
                assertThat("/bangwo8/my.tenant-1/" + source.get("stream"))
                        .matches(message(topic)
                                .at("/headers/properties/ce_source/pattern")
                                .asText());
            }
        }
    }

    @Test
    void describesValuesByTheSchemaInTheHeader() throws IOException {
        Set<Path> described = new HashSet<>();
        for (List<JsonNode> messages : DOCUMENT.messages().values()) {
            for (JsonNode message : messages) {
                String reference = message.path("payload").path("$ref").asText();
                if (!reference.isEmpty()) {
                    Path file = AsyncApi.FILE.resolveSibling(reference).normalize();
                    described.add(file);
                    String name = file.getFileName().toString().replace(".json", "");
                    assertThat(new JsonMapper()
                                    .readTree(file.toFile())
                                    .path("$id")
                                    .asText())
                            // The records between the product and its operator are no events, and have no such header.
                            .isEqualTo(message.at("/headers/properties/ce_dataschema/const")
                                    .asText(URN.formatted(name)));
                }
            }
        }
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            assertThat(described).containsExactlyInAnyOrderElementsOf(files.toList());
        }
    }

    @Test
    void declaresThatTheProductSendsToEveryChannel() {
        List<JsonNode> sentTo = new ArrayList<>();
        DOCUMENT.root().path("operations").forEach(operation -> {
            if (operation.path("action").asText().equals("send")) {
                sentTo.add(DOCUMENT.resolved(operation.path("channel")).path("address"));
            }
        });
        assertThat(sentTo).extracting(JsonNode::asText).containsExactlyInAnyOrderElementsOf(topics.values());
    }

    @Test
    void hasTheVersionOfTheProduct() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern("<artifactId>bangwo8-stream</artifactId>\\s*<version>"
                        + DOCUMENT.root().at("/info/version").asText().replace(".", "\\.") + "(-SNAPSHOT)?</version>");
    }

    @Test
    void rejectsUnknownHeadersAndReportsMissingOnes() {
        ObjectNode record = event();
        assertThat(mistakes(record)).isEmpty();
        for (String name : List.of("ce_type", "ce_subject", "ce_id", "content-type")) {
            ObjectNode without = record.deepCopy();
            without.withObject("/headers").remove(name);
            assertThat(mistakes(without)).as(name).hasSize(1);
        }
        record.withObject("/headers").put("traceparent", "00-1");
        assertThat(mistakes(record)).hasSize(1);
    }

    @Test
    void rejectsKeysAndHeadersOfAnotherForm() {
        ObjectNode record = event().put("key", "seven");
        assertThat(mistakes(record)).hasSize(1);
        record.withObject("/headers").put("ce_time", "2026-01-31 04:00:00");
        record.withObject("/headers").put("ce_specversion", "0.3");
        assertThat(mistakes(record)).hasSizeGreaterThanOrEqualTo(3);
    }

    private static List<String> mistakes(ObjectNode record) {
        return DOCUMENT.mistakes("bangwo8.tickets", record);
    }

    private static ObjectNode event() {
        ObjectNode record = JsonNodeFactory.instance.objectNode().put("key", "7");
        record.putObject("headers")
                .put("ce_specversion", "1.0")
                .put("ce_type", "bangwo8.ticket.created")
                .put("ce_source", "/bangwo8/desk/tickets")
                .put("ce_subject", "7")
                .put("ce_id", "000000000000000b000000000000000c")
                .put("ce_contenthash", "000000000000000b000000000000000d")
                .put("ce_time", "2026-01-31T04:00:00.123Z")
                .put("ce_dataschema", URN.formatted("ticket"))
                .put("content-type", "application/json");
        return record;
    }

    /** The parameters of the sources that come with the product. */
    private static List<Map<String, String>> sources() {
        List<Map<String, String>> sources = new ArrayList<>();
        CatalogueFile.all().stream()
                .filter(file -> !file.example())
                .forEach(file -> file.content()
                        .findValues("templatedRoute")
                        .forEach(instance -> sources.add(parameters(instance))));
        return sources;
    }

    private static Map<String, String> parameters(JsonNode instance) {
        Map<String, String> parameters = new TreeMap<>();
        instance.path("parameters")
                .forEach(parameter -> parameters.put(
                        parameter.path("name").asText(), parameter.path("value").asText()));
        // The default of the template.
        parameters.putIfAbsent("stream", parameters.get("source"));
        return parameters;
    }

    /** The default name of the topic that a source writes. */
    private static String topic(Map<String, String> source) {
        return topics.get(source.get("topic").replaceAll("\\{\\{bangwo8\\.topics\\.(.*)}}", "$1"));
    }

    /** The values that a header may have, by the address of the channel. */
    private static Map<String, Set<String>> documented(String header) {
        Map<String, Set<String>> values = new TreeMap<>();
        DOCUMENT.messages()
                .forEach((address, messages) -> messages.forEach(message -> {
                    JsonNode schema = message.path("headers").path("properties").path(header);
                    schema.path("enum").forEach(value -> add(values, address, value.asText()));
                    if (schema.has("const")) {
                        add(values, address, schema.path("const").asText());
                    }
                }));
        return values;
    }

    private static JsonNode message(String address) {
        return DOCUMENT.messages().get(address).get(0);
    }

    private static void add(Map<String, Set<String>> sets, String key, String... values) {
        sets.computeIfAbsent(key, none -> new TreeSet<>()).addAll(List.of(values));
    }
}
