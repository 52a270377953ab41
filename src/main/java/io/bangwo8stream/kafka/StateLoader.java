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

/** Reads the state topic, committed transactions only, from where it was to the topic's end. */
final class StateLoader implements AutoCloseable {

    /** The header that says which writer wrote a state. */
    static final String WRITER = "writer";

    /** Longer than any transaction may stay open: one of another stream hides what we committed after it. */
    private static final Duration LONGEST = Duration.ofSeconds(90);
    /** A topic that was just created is not known to every broker at once. */
    private static final Duration UNTIL_KNOWN = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final StateStore store;
    private final Admin admin;
    private final Consumer<String, byte[]> consumer;
    private final byte[] writer;
    private final Map<TopicPartition, Long> others = new HashMap<>();

    /** @param writer whose states are this instance's own */
    StateLoader(String topic, StateStore store, KafkaClients clients, String writer) {
        this.topic = topic;
        this.store = store;
        this.writer = writer.getBytes(StandardCharsets.US_ASCII);
        this.admin = clients.admin();
        this.consumer = clients.committedReader();
        try {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            store.clear();
        } catch (KafkaException silent) {
            close();
            throw silent;
        }
    }

    /** A broker that does not know the topic, as yet or any more, must not be taken for one that holds no state. */
    private List<TopicPartition> partitions() {
        long deadline = System.nanoTime() + UNTIL_KNOWN.toNanos();
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        while (partitions.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new UnknownTopicOrPartitionException("the state topic " + topic + " is not known to the broker");
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
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    /**
     * Reads up to the end that the topic has now.
     *
     * @throws KafkaException when the broker does not answer, or a foreign transaction stays open for too long
     */
    void readToEnd() {
        Map<TopicPartition, Long> ends = ends();
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("the state topic " + topic + " could not be read to its end");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (store.apply(record.key(), record.value()) && !isOwn(record)) {
                    others.put(new TopicPartition(topic, record.partition()), record.offset());
                }
            }
        }
    }

    private boolean isOwn(ConsumerRecord<String, byte[]> record) {
        Header written = record.headers().lastHeader(WRITER);
        return written != null && Arrays.equals(written.value(), writer);
    }

    /** Where it has read to. */
    Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
        return positions;
    }

    /** Whether a state of the stream that another writer wrote stands at these positions, or after them. */
    boolean sawOtherWritersSince(Map<TopicPartition, Long> positions) {
        return others.entrySet().stream().anyMatch(met -> met.getValue() >= positions.getOrDefault(met.getKey(), 0L));
    }

    /**
     * The ends with open transactions included. The last stable offset would not do: another stream's open
     * transaction holds it back behind what this stream has committed since.
     */
    private Map<TopicPartition, Long> ends() {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        consumer.assignment().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        try {
            Map<TopicPartition, Long> ends = new HashMap<>();
            Map<TopicPartition, ListOffsetsResultInfo> answer = admin.listOffsets(
                            latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all()
                    .get();
            answer.forEach((partition, info) -> ends.put(partition, info.offset()));
            return ends;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException(interrupted);
        } catch (ExecutionException failed) {
            throw new KafkaException("the end of the state topic " + topic + " is unknown", failed.getCause());
        }
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
        admin.close(Duration.ofSeconds(1));
    }
}
