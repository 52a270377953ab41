package io.bangwo8stream.kafka;

import io.bangwo8stream.text.SafeText;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;

/** Kafka refuses what a stream needs, and no retry helps: a right, a login or a setting has to change first. */
final class RefusedException extends KafkaException {

    private static final long serialVersionUID = 1L;

    private RefusedException(String message, KafkaException cause) {
        super(message, cause);
    }

    /** A refusal with a message that states what to do, when one caused {@code failed}; else {@code failed} itself. */
    static KafkaException explain(String stream, KafkaException failed) {
        if (failed instanceof RefusedException) {
            return failed;
        }
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            Optional<String> remedy = remedy(cause);
            if (remedy.isPresent()) {
                return new RefusedException(
                        "Kafka refuses the stream " + stream + " permanently: " + SafeText.of(cause) + remedy.get(),
                        failed);
            }
        }
        return failed;
    }

    /** A record that stays too large whatever is left out of it. */
    static RefusedException tooLarge(String stream) {
        return new RefusedException(
                "Kafka refuses the stream " + stream + ": a dead letter or an event is larger than the broker accepts:"
                        + " see max.message.bytes of the topics and kafka.max.request.size",
                null);
    }

    private static Optional<String> remedy(Throwable cause) {
        if (isTransactionTimeoutTooLarge(cause)) {
            return Optional.of(" kafka.transaction.timeout.ms (default 60000) exceeds the broker's"
                    + " transaction.max.timeout.ms: set it to that value or less");
        }
        if (cause instanceof AuthorizationException) {
            return Optional.of(" Grant the Kafka user the missing right.");
        }
        if (cause instanceof AuthenticationException) {
            return Optional.of(" Check the login in kafka.sasl.* or the certificates in kafka.ssl.*.");
        }
        return cause instanceof ConfigException ? Optional.of("") : Optional.empty();
    }

    /** The producer of Kafka 4.2 reports it as an exception without a type of its own, with the broker's text. */
    private static boolean isTransactionTimeoutTooLarge(Throwable cause) {
        return cause instanceof InvalidTxnTimeoutException
                || String.valueOf(cause.getMessage()).contains("transaction.max.timeout.ms");
    }
}
