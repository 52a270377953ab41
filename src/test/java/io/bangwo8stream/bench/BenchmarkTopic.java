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
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
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

    /** Starts to read what is committed from now on. */
    Follower follow() {
        return new Follower(this);
    }

    /** A {@code read_committed} consumer that waits for events. */
    static final class Follower implements AutoCloseable {

        private static final Duration LIMIT = Duration.ofMinutes(2);

        private final KafkaConsumer<String, byte[]> consumer;

        private Follower(BenchmarkTopic topic) {
            consumer = topic.consumer();
            List<TopicPartition> partition = List.of(new TopicPartition(topic.name, 0));
            consumer.assign(partition);
            consumer.seekToEnd(partition);
            consumer.position(partition.get(0));
        }

        /** Waits for the next event with this key. */
        void await(String key) {
            long until = System.nanoTime() + LIMIT.toNanos();
            while (System.nanoTime() < until) {
                for (ConsumerRecord<String, byte[]> event : consumer.poll(Duration.ofSeconds(1))) {
                    if (event.key().equals(key)) {
                        return;
                    }
                }
            }
            throw new IllegalStateException("no event of the record " + key);
        }

        /** Waits for the next event. */
        void awaitAny() {
            long until = System.nanoTime() + LIMIT.toNanos();
            while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
                if (System.nanoTime() - until > 0) {
                    throw new IllegalStateException("no event");
                }
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
