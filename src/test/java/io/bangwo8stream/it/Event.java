package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.SchemaValidator;
import io.bangwo8stream.routes.AsyncApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event or a dead letter read from Kafka, and checked against its schema and {@code docs/asyncapi.yaml}.
 *
 * @param value parsed as strict JSON; decimals keep their scale; missing in a tombstone
 * @param text  the value as text
 */
record Event(String key, Map<String, String> headers, JsonNode value, String text, long offset) {

    /** Strict; sorts members, so that documents can be compared as text, in which 234.0 differs from 234.00. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    static Event of(ConsumerRecord<String, byte[]> read) {
        Map<String, String> headers = headers(read);
        boolean tombstone = read.value() == null;
        String text = tombstone ? "" : new String(read.value(), StandardCharsets.UTF_8);
        Event event =
                new Event(read.key(), headers, tombstone ? MissingNode.getInstance() : json(text), text, read.offset());
        assertThat(tombstone)
                .as("%s %s without a value", event.type(), event.key())
                .isEqualTo(event.type().endsWith(".deleted"));
        assertThat(tombstone ? List.of() : event.violations())
                .as("violations in %s of %s", text, event.schema())
                .isEmpty();
        assertThat(AsyncApi.document().mistakes(channel(read.topic()), inDocumentedForm(read)))
                .as("headers %s that differ from the document", headers)
                .isEmpty();
        return event;
    }

    /** The default name of a topic, which is its channel's address in the document. */
    private static String channel(String topic) {
        return "bangwo8" + topic.substring(topic.lastIndexOf('.'));
    }

    /** The key and the headers of a record in the form in which the document describes them. */
    static ObjectNode inDocumentedForm(ConsumerRecord<String, byte[]> read) {
        ObjectNode record = JSON.createObjectNode().put("key", read.key());
        return record.set("headers", JSON.valueToTree(headers(read)));
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> read) {
        Map<String, String> headers = new LinkedHashMap<>();
        read.headers().forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    /** Formats a document for comparison, one line for each member. */
    static String pretty(JsonNode document) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String type() {
        return headers.get("ce_type");
    }

    JsonNode record() {
        return value.path("record");
    }

    String schema() {
        return headers.get("ce_dataschema");
    }

    private Iterable<String> violations() {
        return SchemaValidator.errors(schema().replaceAll("^urn:bangwo8-stream:schema:(.*):1$", "$1"), value);
    }
}
