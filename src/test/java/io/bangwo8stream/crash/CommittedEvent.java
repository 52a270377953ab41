package io.bangwo8stream.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.standin.Json;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An event that a {@code read_committed} consumer has read. */
record CommittedEvent(
        String key, int partition, long offset, String id, String type, Fingerprint document, RecordContent content) {

    static CommittedEvent of(ConsumerRecord<String, byte[]> read) {
        JsonNode value = Json.read(new String(read.value(), StandardCharsets.UTF_8));
        return new CommittedEvent(
                read.key(),
                read.partition(),
                read.offset(),
                header(read, "ce_id"),
                header(read, "ce_type"),
                RecordContent.document(value),
                RecordContent.ofEvent(value));
    }

    /** Whether both events have the same id or the same document. */
    boolean repeats(CommittedEvent other) {
        return id.equals(other.id) || document.equals(other.document);
    }

    private static String header(ConsumerRecord<String, byte[]> read, String name) {
        return new String(read.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Partition and offset, such as {@code 0:4711}. */
    String position() {
        return partition + ":" + offset;
    }
}
