package io.bangwo8stream.stream;

import io.bangwo8stream.change.StateJson;
import io.bangwo8stream.stream.Batch.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/**
 * Writes one stream, a batch a transaction, and recovers from whatever the broker does.
 *
 * <p>Camel's own Kafka transactions end after the error handler of a route and do not survive a lost connection (see
 * docs/adr). Here a failed transaction is never repeated as it was: a new producer with the same transactional id
 * settles it, the state topic says what became of it, and the batch is decided anew. Not safe for use by two threads.
 */
final class StreamWriter implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StreamWriter.class);

    /** The longest that a page waits for a broker that restarts; after it the walk is given up. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String stream;
    private final Supplier<Producer<String, byte[]>> producers;
    private final Supplier<StateReader> readers;
    private final StateTable table;
    private final String stateTopic;
    private Producer<String, byte[]> producer;
    private StateReader reader;

    StreamWriter(String stream, Supplier<Producer<String, byte[]>> producers, Supplier<StateReader> readers,
            StateTable table, String stateTopic) {
        this.stream = stream;
        this.producers = producers;
        this.readers = readers;
        this.table = table;
        this.stateTopic = stateTopic;
    }

    /**
     * Makes sure that nobody else writes the stream, and that the state is what the topic says.
     *
     * @throws KafkaException when the broker does not answer
     */
    void catchUp() {
        try {
            if (producer == null) {
                producer = producers.get();
                // Ends what an earlier holder of this id left open, and fences it; only then is the state final.
                producer.initTransactions();
            }
            if (reader == null) {
                reader = readers.get();
            }
            reader.readToEnd();
        } catch (KafkaException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Writes what {@code decision} makes of the state, in one transaction.
     *
     * @param decision called again, with the state read again, when a transaction failed
     * @return the batch that stands in Kafka
     * @throws FencedException when another instance writes the stream
     * @throws KafkaException  when the broker does not come back
     */
    Batch commit(Supplier<Batch> decision) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (long pause = 250; ; pause = Math.min(pause * 2, 5_000)) {
            try {
                if (producer == null) {
                    catchUp();
                }
                Batch batch = decision.get();
                if (batch.isEmpty() || transact(batch)) {
                    table.put(batch);
                    return batch;
                }
            } catch (KafkaException failed) {
                closeProducer();
                if (isFencing(failed)) {
                    throw new FencedException(stream, failed);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw failed;
                }
                LOG.warnf("transaction-failed stream=%s reason=%s: reading the state and deciding again", stream, failed);
                Thread.sleep(pause);
            }
        }
    }

    /** Whether the batch was committed; if not, its too large records have been told, and nothing was written. */
    private boolean transact(Batch batch) {
        List<Future<?>> sent = new ArrayList<>(batch.records().size());
        try {
            producer.beginTransaction();
            for (Outgoing outgoing : batch.records()) {
                sent.add(producer.send(outgoing.record()));
            }
            batch.states().forEach((id, state) -> producer.send(
                    new ProducerRecord<>(stateTopic, table.key(id), state == null ? null : StateJson.write(state))));
            batch.cursor().ifPresent(cursor -> producer.send(
                    new ProducerRecord<>(stateTopic, table.cursorKey(), StateTable.writeCursor(cursor))));
            producer.commitTransaction();
            return true;
        } catch (KafkaException failed) {
            if (!tellTooLarge(batch, sent)) {
                throw failed;
            }
            producer.abortTransaction();
            return false;
        }
    }

    /** Errors after the first carry the first as their cause. */
    private static boolean isFencing(Throwable failure) {
        return failure instanceof ProducerFencedException || failure instanceof InvalidProducerEpochException
                || failure.getCause() != null && isFencing(failure.getCause());
    }

    private static boolean tellTooLarge(Batch batch, List<Future<?>> sent) {
        boolean told = false;
        for (int i = 0; i < sent.size(); i++) {
            Outgoing outgoing = batch.records().get(i);
            if (outgoing.origin() != null && wasTooLarge(sent.get(i))) {
                outgoing.origin().tooLarge(outgoing.record().value().length);
                told = true;
            }
        }
        return told;
    }

    private static boolean wasTooLarge(Future<?> sent) {
        try {
            if (sent.isDone()) {
                sent.get();
            }
            return false;
        } catch (ExecutionException failed) {
            return failed.getCause() instanceof RecordTooLargeException;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lets go of the broker; the next use starts afresh. */
    @Override
    public void close() {
        closeProducer();
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private void closeProducer() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
