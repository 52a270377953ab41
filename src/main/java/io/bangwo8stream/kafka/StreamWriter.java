package io.bangwo8stream.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
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
    private static final Duration COMMIT_TIMEOUT = Duration.ofMinutes(2);

    /**
     * After so long the state is read from its beginning: a tombstone stays in the topic for a day at least
     * ({@code delete.retention.ms}), and who reads on after that may miss it, and hold for known what is forgotten.
     */
    private static final Duration LOADER_MAX_AGE = Duration.ofHours(1);

    /** Tells its own states from those of other instances when they are read again. */
    private final String writer = UUID.randomUUID().toString().substring(0, 8);

    private final String stream;
    private final Supplier<Producer<String, byte[]>> producers;
    private final Function<String, StateLoader> readers;
    private final StateStore store;
    private final String stateTopic;
    private Producer<String, byte[]> producer;
    private StateLoader reader;
    private Map<TopicPartition, Long> begun = Map.of();
    private boolean lost;
    private long readAt;

    /**
     * @param readers makes a reader that knows the states of the writer so named for its own
     */
    StreamWriter(
            String stream,
            Supplier<Producer<String, byte[]>> producers,
            Function<String, StateLoader> readers,
            StateStore store,
            String stateTopic) {
        this.stream = stream;
        this.producers = producers;
        this.readers = readers;
        this.store = store;
        this.stateTopic = stateTopic;
    }

    /**
     * Begins a walk: makes sure that nobody else writes the stream, and that the state is what the topic says.
     *
     * @throws KafkaException when the broker does not answer
     */
    void begin() {
        if (reader != null && System.nanoTime() - readAt > LOADER_MAX_AGE.toNanos()) {
            closeReader();
        }
        catchUp();
        begun = reader.positions();
        lost = false;
    }

    private void catchUp() {
        try {
            if (producer == null) {
                producer = producers.get();
                // Ends what an earlier holder of this id left open, and fences it; only then is the state final.
                producer.initTransactions();
            }
            if (reader == null) {
                reader = readers.apply(writer);
            }
            reader.readToEnd();
            readAt = System.nanoTime();
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
     * @throws FencedException when another instance has written the stream since the walk began: what this one has
     *                         fetched may be older than what that one has published
     * @throws KafkaException  when the broker does not come back
     */
    WriteBatch commit(Supplier<WriteBatch> decision) throws InterruptedException {
        long deadline = System.nanoTime() + COMMIT_TIMEOUT.toNanos();
        for (long pause = 250; ; pause = Math.min(pause * 2, 5_000)) {
            try {
                if (!lost && producer == null) {
                    catchUp();
                    lost = reader.sawOtherWritersSince(begun);
                }
                if (lost) {
                    throw new FencedException(stream, null);
                }
                WriteBatch batch = decision.get();
                if (batch.isEmpty() || new Transaction(producer, stateTopic, store, writer).write(batch)) {
                    store.put(batch);
                    return batch;
                }
            } catch (KafkaException failed) {
                closeProducer();
                if (isFencing(failed)) {
                    lost = true;
                    throw new FencedException(stream, failed);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw failed;
                }
                LOG.warnf(
                        "transaction-failed stream=%s reason=%s: reading the state and deciding again", stream, failed);
                Thread.sleep(pause);
            }
        }
    }

    /** Errors after the first carry the first as their cause. */
    private static boolean isFencing(Throwable failure) {
        return failure instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException
                || failure.getCause() != null && isFencing(failure.getCause());
    }

    /** Lets go of the broker; the next use starts afresh. */
    @Override
    public void close() {
        closeProducer();
        closeReader();
    }

    private void closeReader() {
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
