package io.bangwo8stream.kafka;

import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/** Explains the failures of one stream's transactions and reads. */
final class StreamErrors {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final String stream;
    private final String transactionalId;

    StreamErrors(KafkaClients clients, String stream, String transactionalId) {
        this.clients = clients;
        this.stream = stream;
        this.transactionalId = transactionalId;
    }

    /**
     * The same failure with a message that states its cause; a {@link RefusedException} when no retry helps.
     *
     * @param operation the right that the failed call needs on a topic
     */
    KafkaException explain(KafkaException failed, String operation) {
        if (failed instanceof RefusedException) {
            return failed;
        }
        return KafkaErrors.permanentReason(failed, operation, transactionalId)
                .<KafkaException>map(reason ->
                        new RefusedException("Kafka refuses the stream " + stream + " permanently: " + reason, failed))
                .orElseGet(() -> new KafkaException(passingReason(failed), failed));
    }

    private String passingReason(KafkaException failed) {
        return failed instanceof TimeoutException && lacksCoordinator()
                ? "the broker has no coordinator for transactions: its transaction.state.log.replication.factor must not"
                        + " exceed the number of its brokers, and all of them must be up"
                : text(failed);
    }

    private boolean lacksCoordinator() {
        try (Admin admin = clients.admin()) {
            return new RightsCheck(admin, TIMEOUT).lacksTransactionCoordinator(transactionalId);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (KafkaException unknown) {
            return false;
        }
    }

    /** The failure in words, without credentials. */
    String text(Throwable failure) {
        return KafkaErrors.explain(failure);
    }
}
