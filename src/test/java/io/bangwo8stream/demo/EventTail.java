package io.bangwo8stream.demo;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the committed events of the product's topics from their beginning, and new ones until it is closed. */
final class EventTail implements AutoCloseable {

    private static final Pattern TOPICS =
            Pattern.compile("bangwo8\\.(remote-records|tickets|ticket-views|dead-letters)");

    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;

    EventTail(String bootstrapServers, Consumer<ConsumerRecord<String, byte[]>> reader) {
        consumer =
                new KafkaConsumer<>(settings(bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(TOPICS);
        thread = new Thread(() -> read(reader), "event-tail");
        thread.setDaemon(true);
        thread.start();
    }

    private static Map<String, Object> settings(String bootstrapServers) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG, "demo",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                // The product creates its topics after this consumer has subscribed.
                ConsumerConfig.METADATA_MAX_AGE_CONFIG, "1000");
    }

    private void read(Consumer<ConsumerRecord<String, byte[]>> reader) {
        try (consumer) {
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(reader);
            }
        } catch (WakeupException e) {
            // close() wakes the consumer up: the only way to end a poll.
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
