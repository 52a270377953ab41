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
        int partition = TopicReader.read(topic).stream()
                .filter(record -> record.key().equals(key))
                .findFirst()
                .map(ConsumerRecord::partition)
                .orElseThrow(() -> new AssertionError(topic + " does not contain the key " + key));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, Broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, partition, key, value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        }
    }
}
