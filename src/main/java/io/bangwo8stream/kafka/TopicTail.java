package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;

/** Reads the JSON records of a topic, from its beginning on, as a member of no group. Not thread-safe. */
public final class TopicTail implements AutoCloseable {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private final String topic;
    private final Consumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    /**
     * A record.
     *
     * @param value {@code null} for a tombstone, and for a value that is no JSON
     */
    public record Entry(String key, JsonNode value) {}

    /** @param right the one on the topic that the caller needs, for the message when it is missing */
    TopicTail(String topic, String right, Consumer<String, byte[]> consumer) {
        this.topic = topic;
        this.consumer = consumer;
        try {
            this.partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException("the topic " + topic + " does not exist");
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException failed) {
            close();
            throw KafkaErrors.explained(failed, right);
        }
    }

    /** The records that were written since the last call, in the order of their partitions; waits for a moment. */
    private List<Entry> poll() {
        List<Entry> entries = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL_TIMEOUT)) {
            entries.add(new Entry(record.key(), read(record.value())));
        }
        return entries;
    }

    /**
     * The records up to those that are the last ones now.
     *
     * @throws KafkaException when the broker does not respond
     */
    public List<Entry> readToEnd() {
        try {
            return readUpToEnd();
        } catch (WakeupException abandoned) {
            throw new KafkaException(KafkaErrors.explain(abandoned), abandoned);
        } catch (KafkaException failed) {
            throw KafkaErrors.explained(failed, "READ");
        }
    }

    private List<Entry> readUpToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
        List<Entry> entries = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("the topic " + topic + " could not be read to its end");
            }
            entries.addAll(poll());
        }
        return entries;
    }

    private static JsonNode read(byte[] value) {
        try {
            return value == null ? null : LenientJson.read(value);
        } catch (UnreadableJsonException noJson) {
            return null;
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
