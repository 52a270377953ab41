package io.bangwo8stream.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.Fingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads one topic from its beginning as a {@code read_committed} consumer.
 *
 * @param <C> the content of its events
 */
final class CommittedEventReader<C> implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private final List<CommittedEvent<C>> events = new ArrayList<>();

    private final Function<JsonNode, Fingerprint> document;
    private final Function<JsonNode, C> content;

    /**
     * @param document hashes the value of an event
     * @param content  reads the content from the value of an event
     */
    CommittedEventReader(
            String bootstrapServers,
            String topic,
            Function<JsonNode, Fingerprint> document,
            Function<JsonNode, C> content) {
        this.document = document;
        this.content = content;
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // The broker may just be starting again.
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 120_000);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All records up to the current end of the committed transactions. */
    List<ConsumerRecord<String, byte[]>> read() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    /** The records of {@link #read()} as events. */
    List<CommittedEvent<C>> events() {
        List<ConsumerRecord<String, byte[]>> all = read();
        for (ConsumerRecord<String, byte[]> record : all.subList(events.size(), all.size())) {
            events.add(CommittedEvent.of(record, document, content));
        }
        return events;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
