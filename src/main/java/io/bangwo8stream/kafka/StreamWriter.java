package io.bangwo8stream.kafka;

import io.bangwo8stream.change.RecordState;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
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
    private final StreamErrors errors;
    private Producer<String, byte[]> producer;
    private StateLoader loader;
    private long positionAtBegin;
    private volatile boolean committed;
    private boolean fenced;
    private long lastReadNanos;
    private Consumer<String> failures = kind -> {};

    /** @param loaderFactory creates a loader that treats the states of the given writer id as its own */
    StreamWriter(
            String stream,
            Supplier<Producer<String, byte[]>> producerFactory,
            Function<String, StateLoader> loaderFactory,
            StateStore store,
            StreamErrors errors) {
        this.errors = errors;
        this.stream = stream;
        this.producerFactory = producerFactory;
        this.loaderFactory = loaderFactory;
        this.store = store;
    }

    /** Sets what counts failed transactions by kind: {@code fenced}, {@code refused}, or {@code failed} and repeated. */
    void onFailure(Consumer<String> counter) {
        failures = counter;
    }

    /**
     * Begins a scan: makes sure that no other instance writes the stream, and reads the current state from the topic.
     *
     * @throws KafkaException when the broker does not respond, or refuses what the stream needs
     */
    void begin() {
        replaceAbandonedClients();
        if (loader != null && System.nanoTime() - lastReadNanos > LOADER_MAX_AGE.toNanos()) {
            closeLoader();
        }
        refreshState();
        positionAtBegin = loader.position();
        fenced = false;
    }

    /** The producer of an abandoned loader is abandoned too. */
    private void replaceAbandonedClients() {
        if (isAbandoned()) {
            close();
        }
    }

    private boolean isAbandoned() {
        return loader != null && loader.isAbandoned();
    }

    /** Whether this instance has committed a transaction. */
    boolean hasCommitted() {
        return committed;
    }

    private void refreshState() {
        String operation = "WRITE";
        try {
            if (producer == null) {
                producer = producerFactory.get();
                // Fences an earlier producer with this id and ends its open transaction; only then is the state final.
                producer.initTransactions();
            }
            operation = "READ";
            if (loader == null) {
                loader = loaderFactory.apply(writerId);
            }
            loader.readToEnd();
            lastReadNanos = System.nanoTime();
        } catch (KafkaException failed) {
            closeAfter(failed, this::close);
            throw errors.explain(failed, operation);
        } catch (RuntimeException | Error failed) {
            // The loader is past all records that it has polled, but may not have applied each of them.
            closeAfter(failed, this::close);
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
     * @throws KafkaException  when the broker is unavailable for too long, or refuses the transaction permanently
     */
    WriteBatch commit(Supplier<WriteBatch> decision) throws InterruptedException {
        long deadline = System.nanoTime() + COMMIT_TIMEOUT.toNanos();
        long refusedSize = -1;
        for (long pause = 250; ; pause = Math.min(pause * 2, 5_000)) {
            try {
                replaceAbandonedClients();
                if (!fenced && producer == null) {
                    refreshState();
                    fenced = loader.sawOtherWritersSince(positionAtBegin);
                }
                if (fenced) {
                    throw new FencedException(stream, null);
                }
                WriteBatch batch = decision.get();
                batch.storeLabels(store.labels().unstored());
                Transaction transaction = new Transaction(producer, loader.shard(), store, writerId);
                if (batch.isEmpty() || transaction.write(batch)) {
                    committed |= !batch.isEmpty();
                    store.put(batch, transaction.goneOffsets());
                    return batch;
                }
                // Something was too large: each further decision must be smaller, or it would be refused for ever.
                if (batch.size() == refusedSize || System.nanoTime() - deadline > 0) {
                    throw RefusedException.tooLarge(stream);
                }
                refusedSize = batch.size();
            } catch (KafkaException failed) {
                closeAfter(failed, this::closeProducer);
                if (isFencing(failed)) {
                    failures.accept("fenced");
                    fenced = true;
                    throw new FencedException(stream, failed);
                }
                KafkaException explained = errors.explain(failed, "WRITE");
                failures.accept(explained instanceof RefusedException ? "refused" : "failed");
                if (explained instanceof RefusedException || System.nanoTime() - deadline > 0) {
                    throw explained;
                }
                LOG.warnf(
                        "transaction-failed stream=%s reason=%s: reads the state again and re-evaluates the decision",
                        stream, explained.getMessage());
                Thread.sleep(pause);
            } catch (FencedException lost) {
                throw lost;
            } catch (RuntimeException | Error failed) {
                // The transaction may be open, and its outcome unknown: the next producer ends it, and reads the state.
                closeAfter(failed, this::closeProducer);
                boolean closed = isAbandoned() && failed instanceof IllegalStateException;
                if (!closed || System.nanoTime() - deadline > 0) {
                    throw failed;
                }
                // Another thread has closed the producer.
            }
        }
    }

    /**
     * Where the events of a record without a state continue its earlier ones; read from Kafka for a record that is gone.
     *
     * @throws KafkaException when the broker does not respond
     */
    RecordState.Chain lastEvents(String id) {
        return store.lastEvents(id, (offset, key) -> {
            if (loader == null) {
                refreshState();
            }
            return loader.valueAt(offset, key);
        });
    }

    /** Closes what {@code failed} left unusable; the failure stays the one that is thrown. */
    private static void closeAfter(Throwable failed, Runnable close) {
        try {
            close.run();
        } catch (RuntimeException alsoFailed) {
            failed.addSuppressed(alsoFailed);
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
        StateLoader closed = loader;
        loader = null;
        if (closed != null) {
            closed.close();
        }
    }

    private void closeProducer() {
        Producer<String, byte[]> closed = producer;
        producer = null;
        if (closed != null) {
            closed.close(Duration.ZERO);
        }
    }
}
