package io.bangwo8stream.kafka;

import io.bangwo8stream.text.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record for Kafka, an event or a dead letter.
 *
 * @param key     or {@code null}
 * @param value   UTF-8 JSON, or {@code null} for a tombstone
 * @param headers names and values, in the order in which they are written; control characters in them are escaped
 */
public record OutgoingRecord(String topic, String key, byte[] value, Map<String, String> headers) {

    public OutgoingRecord {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** About the bytes of its key, value and headers. */
    long size() {
        long texts = headers.entrySet().stream()
                .mapToLong(
                        header -> header.getKey().length() + header.getValue().length())
                .sum();
        return texts + (value == null ? 0 : value.length) + (key == null ? 0 : key.length());
    }

    ProducerRecord<String, byte[]> toProducerRecord() {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) ->
                record.headers().add(name, SafeText.escaped(text).getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
