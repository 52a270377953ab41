package io.bangwo8stream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.broker.EmbeddedBroker;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes and brokers that die or pause. */
class LeadershipOutageTest {

    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    Path logDir;

    private EmbeddedBroker broker;
    private ClusterMember instance;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(logDir, 0);
        instance = new ClusterMember(
                broker.bootstrapServers(),
                "outage",
                ClusterMember.SHORT_SESSION,
                new ClusterMember.LeaderConflictDetector());
    }

    @AfterEach
    void stopAll() {
        instance.close();
        broker.close();
    }

    @Test
    void anInstanceTakesOverFromAKilledProcess() {
        try (LeaderProcess other = new LeaderProcess(broker.bootstrapServers(), "outage")) {
            await().atMost(SOON).until(() -> other.lines().contains("records won"));
            instance.start().want("records");
            await().atMost(SOON)
                    .until(() -> instance.notifications.contains("records not led")
                            && instance.view("records").getMembers().size() == 2);
        }

        await().atMost(SOON).until(() -> instance.leads().contains("records"));
    }

    @Test
    void anInstanceTakesOverFromAPausedProcessWhichStopsLeadingWhenResumed() throws Exception {
        try (LeaderProcess other = new LeaderProcess(broker.bootstrapServers(), "outage")) {
            await().atMost(SOON).until(() -> other.lines().contains("records won"));
            instance.start().want("records");
            await().atMost(SOON)
                    .until(() -> instance.view("records").getMembers().size() == 2);

            other.pause();
            await().atMost(SOON).until(() -> instance.leads().contains("records"));
            int linesBefore = other.lines().size();
            other.resume();

            await().atMost(SOON).until(() -> other.lines().lastIndexOf("records not led") >= linesBefore);
            assertThat(other.lines().subList(linesBefore, other.lines().size())).doesNotContain("records won");
            assertThat(instance.leads()).contains("records");
        }
    }

    @Test
    void anInstanceStopsLeadingWhileTheBrokerIsDownAndLeadsAgainAfterwards() {
        instance.start().want("records", "tickets");
        await().atMost(SOON).until(() -> instance.leads().equals(Set.of("records", "tickets")));

        broker.close();
        await().atMost(SOON).until(() -> instance.leads().isEmpty());
        assertThat(instance.service.isLeader("records")).isFalse();

        broker = EmbeddedBroker.start(
                logDir, URI.create("kafka://" + broker.bootstrapServers()).getPort());
        await().atMost(SOON).until(() -> instance.leads().equals(Set.of("records", "tickets")));
    }

    @Test
    void anInstanceLeadsAgainWithANewConsumerWhenItsClockWasSetBack() {
        instance.start().want("records");
        await().atMost(SOON).until(() -> instance.leads().contains("records"));
        int before = CreatedConsumers.count();

        instance.service.rejoin();

        await().atMost(SOON).until(() -> instance.notifications.size() >= 3);
        await().atMost(SOON).until(() -> instance.leads().contains("records"));
        assertThat(CreatedConsumers.count()).isEqualTo(before + 1);
    }

    @Test
    void anInstanceReplacesAConsumerThatTheCoordinatorDoesNotAnswerForSeveralSessions() {
        instance.start().want("records");
        await().atMost(SOON).until(() -> instance.leads().contains("records"));
        int before = CreatedConsumers.count();

        broker.close();
        await().atMost(SOON).until(() -> CreatedConsumers.count() > before);

        broker = EmbeddedBroker.start(
                logDir, URI.create("kafka://" + broker.bootstrapServers()).getPort());
        await().atMost(SOON).until(() -> instance.leads().contains("records"));
    }
}
