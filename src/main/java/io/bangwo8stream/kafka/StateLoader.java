package io.bangwo8stream.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;

/** Reads the committed records of one partition of the state topic from its last position to the end. */
final class StateLoader implements AutoCloseable {

    /** The header with the id of the writer of a state. */
    static final String WRITER_HEADER = "writer";

    /** How much longer than a transaction of a dead instance a read waits; such a transaction hides later states. */
    private static final Duration READ_MARGIN = Duration.ofSeconds(30);
    /** Another instance on the same shard may have the default transaction timeout, even if this one has a shorter. */
    private static final Duration MIN_READ_TIMEOUT = Duration.ofSeconds(90);

    private static final Duration SINGLE_READ_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

    private final TopicPartition shard;
    private final StateStore store;
    private final KafkaClients clients;
    private final Admin admin;
    private final Consumer<String, byte[]> consumer;
    /** Reads single values, and open transactions do not delay it; opened when it is needed. */
    private Consumer<String, byte[]> singleReader;

    private final byte[] writerId;
    private final Duration readTimeout;
    private long lastOffsetOfOthers = -1;

    /**
     * @param shard    the partition with the states of the stream
     * @param writerId id of the writer whose states are those of this instance
     */
    StateLoader(TopicPartition shard, StateStore store, KafkaClients clients, String writerId) {
        this.shard = shard;
        this.store = store;
        this.clients = clients;
        Duration ownTimeout = clients.transactionTimeout().plus(READ_MARGIN);
        this.readTimeout = ownTimeout.compareTo(MIN_READ_TIMEOUT) > 0 ? ownTimeout : MIN_READ_TIMEOUT;
        this.writerId = writerId.getBytes(StandardCharsets.US_ASCII);
        this.admin = clients.admin();
        this.consumer = clients.committedConsumer();
        try {
            consumer.assign(List.of(shard));
            consumer.seekToBeginning(List.of(shard));
            store.clear();
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    /** The partition with the states of the stream. */
    TopicPartition shard() {
        return shard;
    }

    /**
     * Reads up to the current end of the shard.
     *
     * @throws KafkaException when the broker does not respond, or a transaction of another stream of the shard stays
     *                        open too long
     */
    void readToEnd() {
        long end = endOffset();
        long deadline = System.nanoTime() + readTimeout.toNanos();
        while (consumer.position(shard) < end) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException(
                        "the partition " + shard + " of the state topic could not be read to its end");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL_TIMEOUT)) {
                if (store.apply(record.key(), record.value(), record.offset()) && !isOwn(record)) {
                    lastOffsetOfOthers = record.offset();
                }
            }
        }
        store.applied();
    }

    private boolean isOwn(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(WRITER_HEADER);
        return header != null && Arrays.equals(header.value(), writerId);
    }

    /**
     * The value at {@code offset}, which was committed, if the record there still exists and has this key.
     *
     * @throws KafkaException when the broker does not respond
     */
    Optional<byte[]> valueAt(long offset, String key) {
        if (singleReader == null) {
            singleReader = clients.uncommittedConsumer();
            singleReader.assign(List.of(shard));
        }
        singleReader.seek(shard, offset);
        long deadline = System.nanoTime() + SINGLE_READ_TIMEOUT.toNanos();
        while (singleReader.position(shard) <= offset) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("the offset " + offset + " of the partition " + shard
                        + " of the state topic could not be read");
            }
            for (ConsumerRecord<String, byte[]> record : singleReader.poll(POLL_TIMEOUT)) {
                boolean found = record.offset() == offset && key.equals(record.key());
                return found ? Optional.ofNullable(record.value()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether the clients must be replaced, by a new loader. */
    boolean isAbandoned() {
        return clients.isAbandoned(consumer);
    }

    /** The offset up to which the shard has been read. */
    long position() {
        return consumer.position(shard);
    }

    /** Whether another writer has written a state of the stream at or after this position. */
    boolean sawOtherWritersSince(long position) {
        return lastOffsetOfOthers >= position;
    }

    /**
     * The end offset, including open transactions. The last stable offset is unsuitable: an open transaction of another
     * stream keeps it before what this stream has committed since.
     */
    private long endOffset() {
        try {
            return admin.listOffsets(
                            Map.of(shard, OffsetSpec.latest()), new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .partitionResult(shard)
                    .get()
                    .offset();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException(interrupted);
        } catch (ExecutionException failed) {
            throw new KafkaException(
                    "the end offset of the partition " + shard + " of the state topic could not be read",
                    failed.getCause());
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        if (singleReader != null) {
            singleReader.close(CloseOptions.timeout(Duration.ofSeconds(1)));
        }
        admin.close(Duration.ofSeconds(1));
    }
}
