package io.bangwo8stream.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;

/** Reads the committed records of the state topic from its last position to the end of the topic. */
final class StateLoader implements AutoCloseable {

    /** The header with the id of the writer of a state. */
    static final String WRITER_HEADER = "writer";

    /** Longer than any transaction may stay open: one of another stream hides what this stream committed after it. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(90);
    /** How long to wait for a topic that was just created, which not every broker knows at once. */
    private static final Duration DISCOVERY_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

    private final String topic;
    private final StateStore store;
    private final Admin admin;
    private final Consumer<String, byte[]> consumer;
    private final byte[] writerId;
    private final Map<TopicPartition, Long> otherWritersOffsets = new HashMap<>();

    /** @param writerId id of the writer whose states are those of this instance */
    StateLoader(String topic, StateStore store, KafkaClients clients, String writerId) {
        this.topic = topic;
        this.store = store;
        this.writerId = writerId.getBytes(StandardCharsets.US_ASCII);
        this.admin = clients.admin();
        this.consumer = clients.committedConsumer();
        try {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            store.clear();
        } catch (KafkaException failed) {
            close();
            throw failed;
        }
    }

    /** Waits for the topic: a broker that does not know the topic must not be mistaken for one without states. */
    private List<TopicPartition> partitions() {
        long deadline = System.nanoTime() + DISCOVERY_TIMEOUT.toNanos();
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        while (partitions.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new UnknownTopicOrPartitionException("the broker does not know the state topic " + topic);
            }
            pause();
            partitions = consumer.partitionsFor(topic);
        }
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_TIMEOUT.toMillis());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    /**
     * Reads up to the current end of the topic.
     *
     * @throws KafkaException when the broker does not respond, or a transaction of another stream stays open too long
     */
    void readToEnd() {
        Map<TopicPartition, Long> ends = endOffsets();
        long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("the state topic " + topic + " could not be read to its end");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL_TIMEOUT)) {
                if (store.apply(record.key(), record.value()) && !isOwn(record)) {
                    otherWritersOffsets.put(new TopicPartition(topic, record.partition()), record.offset());
                }
            }
        }
    }

    private boolean isOwn(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(WRITER_HEADER);
        return header != null && Arrays.equals(header.value(), writerId);
    }

    /** The offset up to which each partition has been read. */
    Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
        return positions;
    }

    /** Whether another writer has written a state of the stream at or after these positions. */
    boolean sawOtherWritersSince(Map<TopicPartition, Long> positions) {
        return otherWritersOffsets.entrySet().stream()
                .anyMatch(written -> written.getValue() >= positions.getOrDefault(written.getKey(), 0L));
    }

    /**
     * The end offsets, including open transactions. The last stable offset is unsuitable: an open transaction of
     * another stream keeps it before what this stream has committed since.
     */
    private Map<TopicPartition, Long> endOffsets() {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        consumer.assignment().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        try {
            Map<TopicPartition, Long> ends = new HashMap<>();
            Map<TopicPartition, ListOffsetsResultInfo> offsets = admin.listOffsets(
                            latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all()
                    .get();
            offsets.forEach((partition, info) -> ends.put(partition, info.offset()));
            return ends;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException(interrupted);
        } catch (ExecutionException failed) {
            throw new KafkaException(
                    "the end offsets of the state topic " + topic + " could not be read", failed.getCause());
        }
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
        admin.close(Duration.ofSeconds(1));
    }
}
