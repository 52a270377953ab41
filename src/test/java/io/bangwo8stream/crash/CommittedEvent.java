package io.bangwo8stream.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.standin.Json;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event that a {@code read_committed} consumer has read.
 *
 * @param document the whole value
 * @param content  what the value says about the record; {@code null} for a tombstone
 */
record CommittedEvent<C>(
        String key, int partition, long offset, String id, String type, Fingerprint document, C content) {

    /**
     * @param document hashes a value
     * @param content  reads the content from a value
     */
    static <C> CommittedEvent<C> of(
            ConsumerRecord<String, byte[]> read,
            Function<JsonNode, Fingerprint> document,
            Function<JsonNode, C> content) {
        JsonNode value = read.value() == null
                ? NullNode.getInstance()
                : Json.read(new String(read.value(), StandardCharsets.UTF_8));
        return new CommittedEvent<>(
                read.key(),
                read.partition(),
                read.offset(),
                header(read, "ce_id"),
                header(read, "ce_type"),
                value.isNull() ? Fingerprint.of(value) : document.apply(value),
                value.isNull() ? null : content.apply(value));
    }

    /** Whether this is the event of a record that is gone. */
    boolean isDeletion() {
        return type.endsWith(".deleted");
    }

    boolean isCreation() {
        return type.endsWith(".created");
    }

    private static String header(ConsumerRecord<String, byte[]> read, String name) {
        return new String(read.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Partition and offset, such as {@code 0:4711}. */
    String position() {
        return partition + ":" + offset;
    }
}
