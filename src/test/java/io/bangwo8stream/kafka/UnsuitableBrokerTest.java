package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.broker.EmbeddedBroker;
import io.bangwo8stream.cluster.LeadershipStatus.Reason;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests what is said about one broker whose internal topics want three replicas. */
@Timeout(180)
class UnsuitableBrokerTest {

    private static EmbeddedBroker broker;
    private static KafkaClients clients;

    private final Settings settings = TestSettings.of();

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        broker = EmbeddedBroker.start(
                directory,
                0,
                Map.of("offsets.topic.replication.factor", "3", "transaction.state.log.replication.factor", "3"));
        clients = new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void namesTheReplicasOfTheTopicOfGroups() {
        assertThat(new LeaderGroupDiagnosis(clients, settings).investigate()).hasValueSatisfying(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.COORDINATOR_MISSING);
            assertThat(finding.detail()).contains("offsets.topic.replication.factor");
        });
    }

    @Test
    void namesTheReplicasOfTheTopicOfTransactions() {
        StreamErrors errors = new StreamErrors(clients, "tickets", "bangwo8-default-tickets");

        assertThat(errors.explain(new TimeoutException("Timeout expired while awaiting InitProducerId"), "WRITE"))
                .hasMessageContaining("transaction.state.log.replication.factor");
    }
}
