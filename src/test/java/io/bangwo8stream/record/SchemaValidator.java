package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Validates event values against the schemas of the product. */
public final class SchemaValidator {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final Map<String, JsonSchema> LOADED = new ConcurrentHashMap<>();

    private SchemaValidator() {}

    /**
     * Returns the violations of a schema in a value; empty if the value is valid.
     *
     * @param schema {@code remote-record}, {@code ticket}, {@code ticket-view} or {@code dead-letter}
     */
    public static List<String> errors(String schema, JsonNode value) {
        return LOADED.computeIfAbsent(schema, name -> FACTORY.getSchema(json(name), CONFIG)).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    static JsonNode json(String schema) {
        try (InputStream in = SchemaValidator.class.getResourceAsStream("/schemas/" + schema + ".json")) {
            return LenientJson.read(Objects.requireNonNull(in, schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
