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

/** JSON as group members exchange it: members that a later version adds are ignored, missing ones are empty. */
final class ClaimCodec {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ClaimCodec() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static void put(ObjectNode object, String name, Set<String> texts) {
        texts.forEach(object.putArray(name)::add);
    }

    static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    static ByteBuffer bytes(JsonNode json) {
        try {
            return ByteBuffer.wrap(MAPPER.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads without moving the buffer's position, since Kafka may hand out the same buffer again. */
    static JsonNode read(ByteBuffer bytes) {
        if (bytes == null) {
            return object();
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        try {
            return MAPPER.readTree(copy);
        } catch (IOException e) {
            throw new UncheckedIOException("a member of the group sent what is no JSON: is another program in it?", e);
        }
    }
}
