package io.bangwo8stream.kafka;

import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.RecordState;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * An event as it stands in its topic.
 *
 * @param key         id of its record
 * @param value       {@code null} for a record that is gone
 * @param id          {@code ce_id}
 * @param contentHash {@code ce_contenthash}
 */
public record PublishedEvent(String key, byte[] value, Fingerprint id, Fingerprint contentHash) {

    /** The {@code ce_source} of the events of a stream. */
    public static String source(String tenant, String stream) {
        return "/bangwo8/" + tenant + "/" + stream;
    }

    /** The event in a Kafka record; empty where that is none of {@code source}. */
    static Optional<PublishedEvent> read(ConsumerRecord<String, byte[]> record, String source) {
        if (record.key() == null || !source.equals(header(record, "ce_source"))) {
            return Optional.empty();
        }
        try {
            Fingerprint id = Fingerprint.parse(header(record, "ce_id"));
            Fingerprint content = Fingerprint.parse(header(record, "ce_contenthash"));
            return id == null || content == null
                    ? Optional.empty()
                    : Optional.of(new PublishedEvent(record.key(), record.value(), id, content));
        } catch (IllegalArgumentException | IndexOutOfBoundsException notWrittenByTheProduct) {
            return Optional.empty();
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Where the next event of its record continues, after that record is gone or forgotten. */
    public RecordState.Chain chain() {
        return RecordState.Chain.after(id);
    }
}
