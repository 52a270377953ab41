package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemasTest {
    private static final Pattern CODE = Pattern.compile("(\\d+) [^(,]+ \\(([^)]+)\\)");
    private static final String METASCHEMA = "https://json-schema.org/draft/2020-12/schema";

    @ParameterizedTest
    @ValueSource(strings = {"remote-record", "ticket", "ticket-view", "dead-letter", "status", "command"})
    void everySchemaIsValidAndHasItsOwnId(String name) {
        JsonNode schema = SchemaValidator.json(name);

        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(SchemaLocation.of(METASCHEMA))
                        .validate(schema))
                .isEmpty();
        assertThat(schema.toString())
                .as("a strict validator refuses keywords of its own")
                .doesNotContain("\"x-");
        assertThat(schema.get("$schema").textValue()).isEqualTo(METASCHEMA);
        assertThat(schema.get("$id").textValue()).isEqualTo("urn:bangwo8-stream:schema:" + name + ":1");
    }

    @ParameterizedTest
    @CsvSource({
        "remote-record, remote-record,   /properties/record/properties,             csId",
        "chat-message,  remote-record,   /properties/chatRecords/items/properties,  none",
        "ticket,        ticket,          /properties/record/properties,             ticketId",
        "ticket-view,   ticket-view,     /properties/record/properties,             id",
        "service-summary, remote-record, /properties/serviceSummary/properties,     none",
    })
    void everySchemaDescribesTheFieldsOfItsTable(String table, String schema, String pointer, String id) {
        ObjectNode properties = SchemaValidator.json(schema).at(pointer).deepCopy();
        // The product adds this member.
        properties.remove("status");

        List<Field> fields = List.copyOf(FieldTable.bundled(table).fields());
        assertThat(properties.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(fields.stream().map(Field::name).toList());
        for (Field field : fields) {
            JsonNode property = properties.get(field.name());
            assertThat(type(property)).as(field.name()).isEqualTo(typeOf(field, id));
            assertThat(codes(property)).as(field.name()).isEqualTo(field.codes());
            assertThat(property.get("description").textValue()).as(field.name()).matches(".+ \\(.*\\p{IsHan}.*\\).*");
        }
    }

    @Test
    void deadLetterSchemaAcceptsAnyPayload() {
        for (JsonNode payload : List.of(TypingResult.EMPTY, LenientJson.object(), LenientJson.NODES.textNode("cut"))) {
            assertThat(SchemaValidator.errors("dead-letter", deadLetter("not-an-object", payload)))
                    .isEmpty();
        }
    }

    @Test
    void deadLetterSchemaRejectsMissingAdditionalAndInvalidMembers() {
        ObjectNode incomplete = deadLetter("untypable", TypingResult.EMPTY);
        incomplete.remove("payload");

        assertThat(SchemaValidator.errors("dead-letter", incomplete)).hasSize(1);
        assertThat(SchemaValidator.errors(
                        "dead-letter",
                        deadLetter("untypable", TypingResult.EMPTY).put("more", 1)))
                .hasSize(1);
        assertThat(SchemaValidator.errors("dead-letter", deadLetter("Not a token", TypingResult.EMPTY)))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'record': {}, 'labels': {}}",
                "{'record': {'id': '5'}, 'labels': {}}",
                "{'record': {'id': 5, 'active': '1'}, 'labels': {}}",
                "{'record': {'id': 5, 'createDT': '2019-08-16 00:00:08'}, 'labels': {}}",
                "{'record': {'id': 5}, 'labels': {'active': 1}}",
                "{'record': {'id': 5}}",
                "{'record': {'id': 5}, 'labels': {}, 'unparsed': {}}",
                "{'record': {'id': 5}, 'labels': {}, 'views': []}",
            })
    void ticketViewSchemaRejectsAnUntypedEvent(String value) throws Exception {
        JsonNode event = LenientJson.read(value.replace('\'', '"').getBytes(StandardCharsets.UTF_8));

        assertThat(SchemaValidator.errors("ticket-view", event)).isNotEmpty();
    }

    private static ObjectNode deadLetter(String reason, JsonNode payload) {
        ObjectNode letter = LenientJson.object()
                .put("source", "remote-records")
                .putNull("id")
                .put("reason", reason)
                .put("error", "a row must be a JSON object");
        return letter.set("payload", payload);
    }

    private static String type(JsonNode property) {
        return (property.has("$ref") ? property.get("$ref") : property.get("type")).toString();
    }

    private static String typeOf(Field field, String id) {
        if (field.name().equals(id)) {
            return "\"integer\"";
        }
        return switch (field.type()) {
            case INT, TINYINT -> "[\"integer\",\"null\"]";
            case DECIMAL -> "[\"number\",\"null\"]";
            case DATETIME -> "\"#/$defs/dateTime\"";
            case CHAR, VARCHAR, TEXT -> "[\"string\",\"null\"]";
            case ARRAY -> "\"#/$defs/customFields\"";
        };
    }

    /** The codes at the end of a description, such as {@code : 0 no (未启用), 1 yes (启用)}. */
    private static Map<Integer, String> codes(JsonNode property) {
        Map<Integer, String> codes = new LinkedHashMap<>();
        Matcher code = CODE.matcher(property.path("description").textValue().replaceFirst("^[^:]*", ""));
        while (code.find()) {
            codes.put(Integer.valueOf(code.group(1)), code.group(2));
        }
        return codes;
    }
}
