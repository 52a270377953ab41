package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaErrorsTest {

    @Test
    void namesTheMissingRightAndItsResource() {
        assertThat(KafkaErrors.explain(
                        new ExecutionException(new TopicAuthorizationException(Set.of("events"))), "WRITE", null))
                .startsWith("the Kafka user lacks the right WRITE on the topic events: grant it");
        assertThat(KafkaErrors.explain(GroupAuthorizationException.forGroupId("bangwo8-a-leaders")))
                .startsWith("the Kafka user lacks the right READ on the group bangwo8-a-leaders: ");
        assertThat(KafkaErrors.explain(
                        new KafkaException("error state", new TransactionalIdAuthorizationException("no")),
                        "WRITE",
                        "bangwo8-a-tickets"))
                .startsWith("the Kafka user lacks the right WRITE on the transactional id bangwo8-a-tickets: ");
    }

    @Test
    void namesTheClockWhoseTimeTheBrokerRefuses() {
        assertThat(KafkaErrors.explain(new KafkaException(
                        "the producer is in an error state",
                        new InvalidTimestampException("Timestamp 1 of message with offset 0 is out of range."))))
                .isEqualTo(
                        "the broker refuses the time of this machine's clock: set the clock of this machine, or of the"
                                + " broker");
    }

    @Test
    void statesTheCauseOfAClientThatCannotBeConstructed() {
        assertThat(explained("security.protocol", "SSL", "ssl.truststore.location", "/no/such/file.p12"))
                .contains("/no/such/file.p12", "kafka.ssl.truststore.location")
                .doesNotContain("Failed to");
        assertThat(explained("security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN"))
                .contains("kafka.sasl.jaas.config")
                .doesNotContain("Failed to");
        assertThat(explained(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        "no.such.Module required username=\"u\" password=\"half-a-secret\";"))
                .contains("kafka.sasl.jaas.config")
                .doesNotContain("half-a-secret");
    }

    @Test
    void repeatsNoPasswordOfALogin() {
        new KafkaClients(Map.of(
                "bootstrap.servers",
                "localhost:1",
                "sasl.jaas.config",
                "x.Module required username=\"user\" password=\"pass-of-kafka\";",
                "ssl.key.password",
                "pass-of-key"));

        assertThat(KafkaErrors.explain(new SaslAuthenticationException("refused pass-of-kafka and pass-of-key")))
                .contains("kafka.sasl.jaas.config", "refused *** and ***");
    }

    @Test
    void tellsPassingFailuresFromPermanentOnes() {
        assertThat(KafkaErrors.permanentReason(new TimeoutException("no response"), "WRITE", null))
                .isEmpty();
        assertThat(KafkaErrors.explain(new TimeoutException("no response"))).isEqualTo("no response");
        assertThat(KafkaErrors.permanentReason(
                        new KafkaException("The transaction timeout is larger than the maximum value allowed by the"
                                + " broker (as configured by transaction.max.timeout.ms)."),
                        "WRITE",
                        null))
                .hasValueSatisfying(reason -> assertThat(reason).contains("kafka.transaction.timeout.ms"));
    }

    private static String explained(String... settings) {
        Map<String, Object> all = new HashMap<>(Map.of("bootstrap.servers", "127.0.0.1:1"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return KafkaErrors.explain(catchThrowable(() -> new KafkaClients(all).admin()));
    }
}
