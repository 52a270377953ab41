package io.bangwo8stream.kafka;

import io.bangwo8stream.change.StateJson;
import io.bangwo8stream.kafka.WriteBatch.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** One transaction: a batch's events and dead letters, and the states that say so. */
final class Transaction {

    private final Producer<String, byte[]> producer;
    private final String stateTopic;
    private final StateStore store;
    private final String writer;

    /** @param writer the name that the states bear of who wrote them */
    Transaction(Producer<String, byte[]> producer, String stateTopic, StateStore store, String writer) {
        this.producer = producer;
        this.stateTopic = stateTopic;
        this.store = store;
        this.writer = writer;
    }

    /** Whether the batch was committed; if not, its largest record has been told, and nothing was written. */
    boolean write(WriteBatch batch) {
        Queue<Outgoing> tooLarge = new ConcurrentLinkedQueue<>();
        try {
            producer.beginTransaction();
            for (Outgoing outgoing : batch.records()) {
                producer.send(outgoing.record(), (metadata, failure) -> {
                    if (failure instanceof RecordTooLargeException) {
                        tooLarge.add(outgoing);
                    }
                });
            }
            batch.states()
                    .forEach((id, state) -> storeState(store.key(id), state == null ? null : StateJson.write(state)));
            batch.cursor().ifPresent(cursor -> storeState(store.cursorKey(), StateStore.writeCursor(cursor)));
            producer.commitTransaction();
            return true;
        } catch (KafkaException failed) {
            if (!isTooLarge(failed)) {
                throw failed;
            }
            // Waits until the fate of every record is known.
            producer.abortTransaction();
            reportLargest(tooLarge, failed);
            return false;
        }
    }

    private void storeState(String key, byte[] value) {
        ProducerRecord<String, byte[]> state = new ProducerRecord<>(stateTopic, key, value);
        state.headers().add(StateLoader.WRITER, writer.getBytes(StandardCharsets.US_ASCII));
        producer.send(state);
    }

    /**
     * Kafka fails the records that were still to be sent with the reason of the first failure, so that small ones may
     * seem to be too large as well; the largest of them is.
     */
    private static void reportLargest(Queue<Outgoing> tooLarge, KafkaException failed) {
        Outgoing largest = tooLarge.stream()
                .filter(outgoing -> outgoing.origin() != null)
                .max(Comparator.comparingInt(outgoing -> outgoing.record().value().length))
                .orElseThrow(() -> failed);
        largest.origin().tooLarge(largest.record().value().length);
    }

    private static boolean isTooLarge(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure.getCause() != null && isTooLarge(failure.getCause());
    }
}
