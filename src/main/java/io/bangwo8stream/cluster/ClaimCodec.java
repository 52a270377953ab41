package io.bangwo8stream.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;

/** Writes and reads the JSON that group members exchange: unknown properties are ignored, missing ones are empty. */
final class ClaimCodec {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ClaimCodec() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static void put(ObjectNode object, String name, Set<String> strings) {
        strings.forEach(object.putArray(name)::add);
    }

    static Set<String> strings(JsonNode array) {
        Set<String> strings = new TreeSet<>();
        array.forEach(element -> strings.add(element.asText()));
        return strings;
    }

    static ByteBuffer toBytes(JsonNode json) {
        try {
            return ByteBuffer.wrap(MAPPER.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads without moving the position of the buffer, because Kafka may pass the same buffer again. */
    static JsonNode read(ByteBuffer bytes) {
        if (bytes == null) {
            return object();
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        try {
            return MAPPER.readTree(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "a group member sent data that is not JSON: does another program use this group?", e);
        }
    }
}
