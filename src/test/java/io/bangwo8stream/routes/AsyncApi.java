package io.bangwo8stream.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** {@code docs/asyncapi.yaml}; finds what in a Kafka record it does not describe. */
public final class AsyncApi {

    static final Path FILE = Path.of("docs", "asyncapi.yaml");

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final AsyncApi DOCUMENT = new AsyncApi();

    private final JsonNode root;
    private final Map<String, List<JsonNode>> messages = new TreeMap<>();
    private final Map<String, List<JsonSchema>> schemas = new TreeMap<>();

    private AsyncApi() {
        try {
            root = new YAMLMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
        root.path("channels").forEach(channel -> {
            String address = channel.path("address").asText();
            messages.put(address, children(resolved(channel.path("messages"))));
            schemas.put(
                    address,
                    messages.get(address).stream().map(AsyncApi::schema).toList());
        });
    }

    public static AsyncApi document() {
        return DOCUMENT;
    }

    /**
     * What in a record's key and headers breaks the document, and in its value where the document itself says what
     * values are; empty when one of the channel's messages is like it.
     *
     * @param address the channel's, which is the topic's default name
     * @param record  with the members {@code key}, {@code headers} and {@code payload}
     */
    public List<String> mistakes(String address, JsonNode record) {
        List<String> mistakes = new ArrayList<>();
        for (JsonSchema message : schemas.getOrDefault(address, List.of())) {
            List<String> found = message.validate(record).stream()
                    .map(ValidationMessage::getMessage)
                    .toList();
            if (found.isEmpty()) {
                return found;
            }
            mistakes.addAll(found);
        }
        return mistakes.isEmpty() ? List.of(FILE + " has no channel " + address) : mistakes;
    }

    /** The messages of each channel, by its address. */
    Map<String, List<JsonNode>> messages() {
        return messages;
    }

    /** How the topic of each channel is created, by its address. */
    public Map<String, JsonNode> topicConfigurations() {
        Map<String, JsonNode> configurations = new TreeMap<>();
        root.path("channels")
                .forEach(channel -> configurations.put(
                        channel.path("address").asText(),
                        resolved(channel.path("bindings")).path("kafka").path("topicConfiguration")));
        return configurations;
    }

    JsonNode root() {
        return root;
    }

    /** Resolves a reference in the document; a reference to another file stays as it is. */
    JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        if (reference.startsWith("#/")) {
            return resolved(root.at(reference.substring(1)));
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = node.deepCopy();
        copy.properties().forEach(member -> member.setValue(resolved(member.getValue())));
        return copy;
    }

    private static JsonSchema schema(JsonNode message) {
        ObjectNode parts = JsonNodeFactory.instance.objectNode();
        parts.set("key", message.at("/bindings/kafka/key"));
        parts.set("headers", message.path("headers"));
        // EventsDocumentIT applies the schema of the value.
        if (!message.path("payload").has("$ref")) {
            parts.set("payload", message.path("payload"));
        }
        return FACTORY.getSchema(JsonNodeFactory.instance.objectNode().set("properties", parts), CONFIG);
    }

    private static List<JsonNode> children(JsonNode parent) {
        return StreamSupport.stream(parent.spliterator(), false).toList();
    }
}
