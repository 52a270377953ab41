package io.bangwo8stream.it;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to a topic what the product would not write. */
final class TopicWriter {

    private TopicWriter() {}

    /** Writes another value of a key that the topic contains, to the same partition. */
    static void replace(String topic, String key, String value) {
        int partition = any(topic, key).partition();
        try (KafkaProducer<String, byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, partition, key, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Writes the record with the key {@code key} under the keys from {@code first} to {@code last}, too. */
    static void copy(String topic, String key, long first, long last) {
        ConsumerRecord<String, byte[]> record = any(topic, key);
        try (KafkaProducer<String, byte[]> producer = producer()) {
            for (long copy = first; copy <= last; copy++) {
                producer.send(new ProducerRecord<>(topic, null, Long.toString(copy), record.value(), record.headers()));
            }
        }
    }

    private static ConsumerRecord<String, byte[]> any(String topic, String key) {
        return TopicReader.read(topic).stream()
                .filter(record -> record.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError(topic + " does not contain the key " + key));
    }

    private static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, Broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
