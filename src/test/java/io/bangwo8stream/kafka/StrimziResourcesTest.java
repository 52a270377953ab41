package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.kubernetes.RenderedOverlay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the topics, rights and settings of the overlays for Strimzi with what the product creates and needs. */
class StrimziResourcesTest {

    private static final Map<String, TopicSpec.Kind> KINDS = Map.of(
            "remote-records", TopicSpec.Kind.EVENTS,
            "tickets", TopicSpec.Kind.EVENTS,
            "ticket-views", TopicSpec.Kind.EVENTS,
            "dead-letters", TopicSpec.Kind.DEAD_LETTERS,
            "state", TopicSpec.Kind.STATE,
            "status", TopicSpec.Kind.STATUS,
            "commands", TopicSpec.Kind.COMMANDS);

    @ParameterizedTest
    @CsvSource({"strimzi, bangwo8", "tenant-north, north", "tenant-south, south"})
    void createsTheTopicsAsTheProductWould(String overlay, String prefix) throws IOException {
        Map<String, JsonNode> topics = new TreeMap<>();
        RenderedOverlay.of(overlay)
                .all("KafkaTopic")
                .forEach(topic -> topics.put(topic.at("/spec/topicName").asText(), topic.get("spec")));

        assertThat(topics.keySet())
                .isEqualTo(
                        KINDS.keySet().stream().map(name -> prefix + "." + name).collect(Collectors.toSet()));
        KINDS.forEach((name, kind) -> {
            JsonNode spec = topics.get(prefix + "." + name);
            kind.configs()
                    .forEach((key, value) -> assertThat(
                                    spec.path("config").path(key).asText())
                            .as(name + " " + key)
                            .isEqualTo(value));
            kind.partitions()
                    .ifPresent(number ->
                            assertThat(spec.path("partitions").asInt()).as(name).isEqualTo(number));
        });
    }

    /** Exactly the rights of docs/kafka-rights.md, with which KafkaRightsIT runs the product. */
    @ParameterizedTest
    @CsvSource({
        "strimzi,      default, bangwo8, bangwo8-stream,          0",
        "tenant-north, north,   north,   bangwo8-stream-north,    0",
        "tenant-south, south,   south,   bangwo8-stream-south,    0",
        "strimzi,      default, bangwo8, bangwo8-commander,       1",
        "tenant-north, north,   north,   bangwo8-commander-north, 1",
        "tenant-south, south,   south,   bangwo8-commander-south, 1",
    })
    void grantsTheDocumentedRightsAlone(String overlay, String tenant, String prefix, String user, int section)
            throws IOException {
        JsonNode resourceOfUser = RenderedOverlay.of(overlay).all("KafkaUser").stream()
                .filter(one -> one.at("/metadata/name").asText().equals(user))
                .findFirst()
                .orElseThrow();
        Set<String> granted = new TreeSet<>();
        for (JsonNode acl : resourceOfUser.at("/spec/authorization/acls")) {
            JsonNode resource = acl.get("resource");
            for (JsonNode operation : acl.get("operations")) {
                granted.add(String.join(
                        " ",
                        resource.path("type").asText(),
                        resource.path("patternType").asText("literal"),
                        resource.path("name").asText(),
                        operation.asText()));
            }
        }

        assertThat(granted).isEqualTo(documented(section, tenant, prefix));
    }

    @ParameterizedTest
    @CsvSource({"tenant-north, north", "tenant-south, south"})
    void givesATenantSettingsForItsTopics(String overlay, String tenant) throws IOException {
        JsonNode data = RenderedOverlay.of(overlay).all("ConfigMap").get(0).get("data");

        assertThat(data.path("BANGWO8_TENANT").asText()).isEqualTo(tenant);
        KINDS.keySet()
                .forEach(name -> assertThat(data.path("BANGWO8_TOPICS_"
                                        + name.toUpperCase(Locale.ROOT).replace('-', '_'))
                                .asText())
                        .isEqualTo(tenant + "." + name));
    }

    @Test
    void namesNoResourceOfOneTenantInTheOther() throws IOException {
        List<ObjectNode> south = RenderedOverlay.of("tenant-south").resources();

        assertThat(south.toString()).contains("south").doesNotContain("north");
        Set<String> names = names(south);
        assertThat(names(RenderedOverlay.of("tenant-north").resources())).doesNotContainAnyElementsOf(names);
    }

    /** Every variable KAFKA_… of the container is a setting of Kafka's clients. */
    @Test
    void setsKnownSettingsOfKafkasClients() throws IOException {
        Set<String> known = ConsumerConfig.configNames();
        List<String> settings = RenderedOverlay.of("strimzi").container().get("env").findValuesAsText("name").stream()
                .filter(name -> name.startsWith("KAFKA_"))
                .map(name -> name.substring(6).toLowerCase(Locale.ROOT).replace('_', '.'))
                .toList();

        assertThat(settings).hasSizeGreaterThan(4).isSubsetOf(known);
    }

    private static Set<String> names(List<ObjectNode> resources) {
        return resources.stream()
                .map(resource -> resource.path("kind").asText() + " "
                        + resource.at("/metadata/name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rows of the table of a section, without the optional ones. */
    private static Set<String> documented(int section, String tenant, String prefix) throws IOException {
        Set<String> rights = new TreeSet<>();
        String text = Files.readString(Path.of("docs/kafka-rights.md")).split("(?m)^## ")[section];
        for (String line : text.lines().toList()) {
            if (!line.startsWith("| ") || line.startsWith("| resource") || line.contains("optional")) {
                continue;
            }
            String[] cells = line.replace("{tenant}", tenant).split("\\|");
            for (String operation : cells[2].replaceAll("[` ]", "").split(",")) {
                resources(cells[1].strip(), prefix).forEach(resource -> rights.add(resource + " " + operation));
            }
        }
        return rights;
    }

    private static List<String> resources(String cell, String prefix) {
        String name = cell.replaceFirst("^[^`]*`?", "").replace("`", "");
        if (cell.equals("topics of events")) {
            return KINDS.entrySet().stream()
                    .filter(kind -> kind.getValue() == TopicSpec.Kind.EVENTS)
                    .map(kind -> "topic literal " + prefix + "." + kind.getKey())
                    .toList();
        }
        if (cell.startsWith("group ")) {
            return List.of("group literal " + name);
        }
        return cell.startsWith("transactional ids with the prefix ")
                ? List.of("transactionalId prefix " + name)
                : List.of("topic literal " + prefix + "." + name.replaceFirst("^bangwo8\\.topics\\.", ""));
    }
}
