package io.bangwo8stream.kafka;

import io.bangwo8stream.text.SafeText;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;

/** States in one line what a failure of a Kafka client means and what to do, without any secret. */
final class KafkaErrors {

    private static final String DOCUMENT = " (docs/kafka-rights.md lists all rights)";

    private KafkaErrors() {}

    /**
     * What {@code failure} means.
     *
     * @param operation the right that the failed call needs on a topic, such as {@code WRITE}
     * @param resource  the transactional id that the failed call uses, or {@code null}
     */
    static String explain(Throwable failure, String operation, String resource) {
        return permanentReason(failure, operation, resource)
                .or(() -> wrongClock(failure))
                .or(() -> abandoned(failure))
                .orElseGet(() -> SafeText.of(root(failure)));
    }

    /** A broker refuses records whose time is more than an hour ahead of its own, unless a topic's setting allows it. */
    private static Optional<String> wrongClock(Throwable failure) {
        // Without the broker's text, which names another time in each message.
        return chain(failure).stream().anyMatch(InvalidTimestampException.class::isInstance)
                ? Optional.of(
                        "the broker refuses the time of this machine's clock: set the clock of this machine, or of"
                                + " the broker")
                : Optional.empty();
    }

    /** Nothing else wakes a consumer whose errors are reported. */
    private static Optional<String> abandoned(Throwable failure) {
        return chain(failure).stream().anyMatch(WakeupException.class::isInstance)
                ? Optional.of("the clock of this machine was set back, so that the Kafka clients are replaced")
                : Optional.empty();
    }

    static String explain(Throwable failure) {
        return explain(failure, "DESCRIBE", null);
    }

    /** The explanation of a failure that no retry mends: a right, a login or a setting has to change first. */
    static Optional<String> permanentReason(Throwable failure, String operation, String resource) {
        for (Throwable cause : chain(failure)) {
            Optional<String> reason = right(cause, operation, resource).or(() -> setting(cause));
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    /**
     * The same failure, with a message that states what to do where no retry mends it.
     *
     * @param operation the right that the failed call needs on a topic
     */
    static RuntimeException explained(RuntimeException failure, String operation) {
        return permanentReason(failure, operation, null)
                .<RuntimeException>map(reason -> new KafkaException(reason, failure))
                .orElse(failure);
    }

    /** The message for a missing right. */
    static String missingRight(String operation, String resource) {
        return missingRights(List.of(operation), resource);
    }

    /** The message for rights on the same resource, all of which are missing. */
    static String missingRights(List<String> operations, String resource) {
        boolean one = operations.size() == 1;
        return "the Kafka user lacks the " + (one ? "right " : "rights ") + String.join(" and ", operations) + " on "
                + resource + ": grant " + (one ? "it" : "them") + DOCUMENT;
    }

    private static Optional<String> right(Throwable cause, String operation, String resource) {
        if (cause instanceof TopicAuthorizationException topics) {
            return Optional.of(missingRight(operation, "the topic " + String.join(", ", topics.unauthorizedTopics())));
        }
        if (cause instanceof GroupAuthorizationException group) {
            return Optional.of(missingRight("READ", "the group " + group.groupId()));
        }
        if (cause instanceof TransactionalIdAuthorizationException) {
            return Optional.of(missingRight(
                    "WRITE", "the transactional id" + (resource == null ? "s of the tenant" : " " + resource)));
        }
        if (cause instanceof ClusterAuthorizationException) {
            return Optional.of(missingRight("IDEMPOTENT_WRITE", "the cluster")
                    + "; brokers from Kafka 2.8 derive it from WRITE on a transactional id or a topic");
        }
        return cause instanceof AuthorizationException
                ? Optional.of("the Kafka user lacks a right: " + SafeText.of(cause) + DOCUMENT)
                : Optional.empty();
    }

    private static Optional<String> setting(Throwable cause) {
        if (isTransactionTimeoutTooLarge(cause)) {
            return Optional.of("kafka.transaction.timeout.ms (60000 unless it is set) exceeds the broker's"
                    + " transaction.max.timeout.ms: set it to that value or less");
        }
        if (cause instanceof SslAuthenticationException) {
            return Optional.of(tls(SafeText.of(root(cause))));
        }
        if (cause instanceof AuthenticationException) {
            return Optional.of("Kafka refuses the login (" + SafeText.of(cause)
                    + "): check kafka.sasl.mechanism and the user and password in kafka.sasl.jaas.config");
        }
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return Optional.of("a file does not exist or cannot be read (" + SafeText.of(cause)
                    + "): check kafka.ssl.truststore.location and kafka.ssl.keystore.location");
        }
        if (cause instanceof LoginException
                || String.valueOf(cause.getMessage()).contains("JAAS")) {
            return Optional.of(
                    "the login cannot be read (" + SafeText.of(cause) + "): check kafka.sasl.jaas.config, such as"
                            + " org.apache.kafka.common.security.scram.ScramLoginModule required username=… password=…;");
        }
        return cause instanceof ConfigException config && !isUnresolved(config)
                ? Optional.of(SafeText.of(cause))
                : Optional.empty();
    }

    private static String tls(String reason) {
        if (reason.contains("Unsupported or unrecognized SSL message")) {
            return "the broker's port does not use TLS (" + reason + "): set kafka.security.protocol to PLAINTEXT or"
                    + " SASL_PLAINTEXT, or name the port of a TLS listener in kafka.bootstrap.servers";
        }
        return "TLS with the broker fails (" + reason
                + "): check the certificates in kafka.ssl.truststore.* and kafka.ssl.keystore.*";
    }

    /** The producer of Kafka 4.2 reports it as an exception without a type of its own, with the broker's text. */
    private static boolean isTransactionTimeoutTooLarge(Throwable cause) {
        return cause instanceof InvalidTxnTimeoutException
                || String.valueOf(cause.getMessage()).contains("transaction.max.timeout.ms");
    }

    /** In a cluster the name of a broker may resolve only once the broker is there. */
    private static boolean isUnresolved(ConfigException failure) {
        return String.valueOf(failure.getMessage()).contains("No resolvable bootstrap urls");
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    /** The innermost cause; wrappers such as "Failed to construct kafka producer" state nothing. */
    private static Throwable root(Throwable failure) {
        List<Throwable> chain = chain(failure);
        Throwable root = failure;
        for (Throwable cause : chain) {
            boolean wrapper = root instanceof KafkaException && root.getClass() == KafkaException.class
                    || root instanceof ExecutionException
                    || root instanceof CompletionException
                    || root instanceof SslAuthenticationException
                    || root instanceof javax.net.ssl.SSLException
                    || root instanceof java.security.cert.CertificateException;
            if (!wrapper) {
                break;
            }
            root = cause;
        }
        return root;
    }
}
