package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.record.LenientJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Writes single JSON records without a transaction; connects at its first use. */
final class JsonWriter implements AutoCloseable {

    private final KafkaClients clients;
    private Producer<String, byte[]> producer;

    JsonWriter(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * Writes a record, and returns once the broker has it.
     *
     * @param value {@code null} for a tombstone
     * @throws KafkaException when the broker does not respond or refuses it
     */
    synchronized void write(String topic, String key, JsonNode value) {
        if (producer != null && clients.isAbandoned(producer)) {
            close();
        }
        if (producer == null) {
            producer = clients.plainProducer();
        }
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, key, value == null ? null : LenientJson.write(value));
        record.headers().add("content-type", "application/json".getBytes(StandardCharsets.US_ASCII));
        try {
            producer.send(record).get();
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } catch (ExecutionException failed) {
            throw KafkaErrors.explained(
                    failed.getCause() instanceof KafkaException refused
                            ? refused
                            : new KafkaException(failed.getCause()),
                    "WRITE");
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
            producer = null;
        }
    }
}
