package io.bangwo8stream.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic to which one run writes. */
record BenchmarkTopic(String bootstrapServers, String name) {

    /** Creates the topic, so that its creation is not part of the measured time. */
    static BenchmarkTopic create(String bootstrapServers, String name) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
        return new BenchmarkTopic(bootstrapServers, name);
    }

    /** The number of records, and a sum over their keys and values that does not depend on their order. */
    record Checksum(long records, long sum) {}

    /** Reads the topic as a {@code read_committed} consumer. */
    Checksum read() {
        TopicPartition partition = new TopicPartition(name, 0);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            long records = 0;
            long sum = 0;
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    records++;
                    sum += 31L * record.key().hashCode() + Arrays.hashCode(record.value());
                }
            }
            return new Checksum(records, sum);
        }
    }
}
