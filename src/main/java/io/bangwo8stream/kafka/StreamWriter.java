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
 * Writes the batches of one stream, each in a transaction, and recovers from broker errors.
 *
 * <p>Camel's own Kafka transactions end after the error handler of a route and do not survive a lost connection (see
 * docs/adr). Here a failed transaction is never repeated unchanged: a new producer with the same transactional id
 * ends it, the state topic shows whether it was committed, and the decision is re-evaluated. Not thread-safe.
 */
final class StreamWriter implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(StreamWriter.class);

    /** How long a page waits for a broker that restarts; after it the writer abandons the page. */
    private static final Duration COMMIT_TIMEOUT = Duration.ofMinutes(2);

    /**
     * After this time the writer reads the whole state again: a tombstone stays in the topic for at least a day
     * ({@code delete.retention.ms}), and a loader that continues after that may miss it and keep a deleted state.
     */
    private static final Duration LOADER_MAX_AGE = Duration.ofHours(1);

    /** Distinguishes the states of this writer from those of other instances when they are read again. */
    private final String writerId = UUID.randomUUID().toString().substring(0, 8);

    private final String stream;
    private final Supplier<Producer<String, byte[]>> producerFactory;
    private final Function<String, StateLoader> loaderFactory;
    private final StateStore store;
    private final String stateTopic;
    private Producer<String, byte[]> producer;
    private StateLoader loader;
    private Map<TopicPartition, Long> positionsAtBegin = Map.of();
    private boolean fenced;
    private long lastReadNanos;

    /** @param loaderFactory creates a loader that treats the states of the given writer id as its own */
    StreamWriter(
            String stream,
            Supplier<Producer<String, byte[]>> producerFactory,
            Function<String, StateLoader> loaderFactory,
            StateStore store,
            String stateTopic) {
        this.stream = stream;
        this.producerFactory = producerFactory;
        this.loaderFactory = loaderFactory;
        this.store = store;
        this.stateTopic = stateTopic;
    }

    /**
     * Begins a scan: makes sure that no other instance writes the stream, and reads the current state from the topic.
     *
     * @throws KafkaException when the broker does not respond
     */
    void begin() {
        if (loader != null && System.nanoTime() - lastReadNanos > LOADER_MAX_AGE.toNanos()) {
            closeLoader();
        }
        refreshState();
        positionsAtBegin = loader.positions();
        fenced = false;
    }

    private void refreshState() {
        try {
            if (producer == null) {
                producer = producerFactory.get();
                // Fences an earlier producer with this id and ends its open transaction; only then is the state final.
                producer.initTransactions();
            }
            if (loader == null) {
                loader = loaderFactory.apply(writerId);
            }
            loader.readToEnd();
            lastReadNanos = System.nanoTime();
        } catch (KafkaException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Writes the batch that {@code decision} derives from the current state, in one transaction.
     *
     * @param decision called again after a failed transaction, when the state has been read again
     * @return the committed batch
     * @throws FencedException when another instance has written the stream since the scan began: the records that this
     *                         instance has fetched may be older than those that the other has published
     * @throws KafkaException  when the broker is unavailable for too long
     */
    WriteBatch commit(Supplier<WriteBatch> decision) throws InterruptedException {
        long deadline = System.nanoTime() + COMMIT_TIMEOUT.toNanos();
        for (long pause = 250; ; pause = Math.min(pause * 2, 5_000)) {
            try {
                if (!fenced && producer == null) {
                    refreshState();
                    fenced = loader.sawOtherWritersSince(positionsAtBegin);
                }
                if (fenced) {
                    throw new FencedException(stream, null);
                }
                WriteBatch batch = decision.get();
                if (batch.isEmpty() || new Transaction(producer, stateTopic, store, writerId).write(batch)) {
                    store.put(batch);
                    return batch;
                }
            } catch (KafkaException failed) {
                closeProducer();
                if (isFencing(failed)) {
                    fenced = true;
                    throw new FencedException(stream, failed);
                }
                if (System.nanoTime() - deadline > 0) {
                    throw failed;
                }
                LOG.warnf(
                        "transaction-failed stream=%s reason=%s: reads the state again and re-evaluates the decision",
                        stream, failed);
                Thread.sleep(pause);
            }
        }
    }

    /** A producer reports later errors with the first one as their cause. */
    private static boolean isFencing(Throwable failure) {
        return failure instanceof ProducerFencedException
                || failure instanceof InvalidProducerEpochException
                || failure.getCause() != null && isFencing(failure.getCause());
    }

    /** Closes the connections to the broker; the next use opens new ones and reads the whole state. */
    @Override
    public void close() {
        closeProducer();
        closeLoader();
    }

    private void closeLoader() {
        if (loader != null) {
            loader.close();
            loader = null;
        }
    }

    private void closeProducer() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
