package io.bangwo8stream.kafka;

import io.bangwo8stream.kafka.WriteBatch.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** One transaction: the events and dead letters of a batch, and the states that record them. */
final class Transaction {

    private final Producer<String, byte[]> producer;
    private final TopicPartition shard;
    private final StateStore store;
    private final String writerId;
    private final Map<String, Long> goneOffsets = new ConcurrentHashMap<>();

    /**
     * @param shard    the partition of the state topic to which the states go
     * @param writerId goes into a header of each state
     */
    Transaction(Producer<String, byte[]> producer, TopicPartition shard, StateStore store, String writerId) {
        this.producer = producer;
        this.shard = shard;
        this.store = store;
        this.writerId = writerId;
    }

    /**
     * Returns whether the batch was committed; if not, its largest record was reported, and nothing was written. After
     * any other failure the transaction may be open, and the caller must close the producer.
     */
    boolean write(WriteBatch batch) {
        Queue<Outgoing> tooLarge = new ConcurrentLinkedQueue<>();
        try {
            producer.beginTransaction();
            for (Outgoing outgoing : batch.records()) {
                producer.send(outgoing.record().toProducerRecord(), (metadata, failure) -> {
                    if (failure instanceof RecordTooLargeException) {
                        tooLarge.add(outgoing);
                    }
                });
            }
            batch.states().forEach((id, state) -> store(store.key(id), store.write(id, state), null));
            batch.forgotten()
                    .forEach((id, last) -> store(store.key(id), store.writeGone(id, last), sent -> {
                        // A broker that has received the record twice may not report its offset.
                        if (sent.hasOffset()) {
                            goneOffsets.put(id, sent.offset());
                        }
                    }));
            batch.scannedDays().ifPresent(days -> store(store.progressKey(), store.writeProgress(days), null));
            batch.notes().forEach((name, note) -> store(store.notes().key(name), StreamNotes.write(note), null));
            batch.labels().forEach((key, label) -> store(key, OptionLabels.write(label), null));
            producer.commitTransaction();
            return true;
        } catch (KafkaException failed) {
            if (!isTooLarge(failed)) {
                throw failed;
            }
            // Waits until the callbacks of all records have run.
            producer.abortTransaction();
            reportLargest(tooLarge, failed);
            return false;
        }
    }

    /** The offsets of what remains of the records that the batch has forgotten, by id, once it is committed. */
    Map<String, Long> goneOffsets() {
        return goneOffsets;
    }

    private void store(String key, byte[] value, Consumer<RecordMetadata> sent) {
        ProducerRecord<String, byte[]> state = new ProducerRecord<>(shard.topic(), shard.partition(), key, value);
        state.headers().add(StateLoader.WRITER_HEADER, writerId.getBytes(StandardCharsets.US_ASCII));
        producer.send(state, (metadata, failure) -> {
            if (failure == null && sent != null) {
                sent.accept(metadata);
            }
        });
    }

    /**
     * Reports the largest record as too large. Kafka fails all unsent records with the reason of the first failure, so
     * that small records may seem to be too large as well; only the largest certainly is.
     */
    private static void reportLargest(Queue<Outgoing> tooLarge, KafkaException failed) {
        Outgoing largest = tooLarge.stream()
                .filter(outgoing -> outgoing.tooLargeHandler() != null)
                .max(Comparator.comparingInt(outgoing -> outgoing.record().value().length))
                .orElseThrow(() -> failed);
        largest.tooLargeHandler().onTooLarge(largest.record().value().length);
    }

    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure.getCause() != null && isTooLarge(failure.getCause());
    }
}
