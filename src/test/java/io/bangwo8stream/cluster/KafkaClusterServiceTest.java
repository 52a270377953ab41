package io.bangwo8stream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class KafkaClusterServiceTest {

    private static final String[] ALL = {"records", "tickets", "views"};
    /** Longer than any wait in these tests, so that no test passes because a session has expired. */
    private static final Duration LONG_SESSION = Duration.ofMinutes(3);

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path logDir;

    private static EmbeddedBroker broker;

    private final ClusterMember.LeaderConflictDetector conflicts = new ClusterMember.LeaderConflictDetector();
    private final List<ClusterMember> instances = new ArrayList<>();
    private String tenant;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(logDir, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void nameTenantAfterTest(TestInfo test) {
        tenant = test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void stopInstances() {
        instances.forEach(ClusterMember::close);
        assertThat(conflicts.contestedNamespaces())
                .as("namespaces with two leaders at once")
                .isEmpty();
    }

    @Test
    void leadsEveryNamespaceWhenItsInstanceIsAlone() {
        ClusterMember alone = instance(LONG_SESSION).start().want(ALL);

        await().atMost(SOON).until(() -> alone.leads().equals(Set.of(ALL)));
        assertThat(alone.service.isLeader("records")).isTrue();
        assertThat(alone.service.isLeader("unheard-of")).isFalse();
    }

    @Test
    void notifiesListenersRegisteredBeforeTheStartAndAfterTheElection() {
        ClusterMember alone = instance(LONG_SESSION).want("records");
        assertThat(alone.notifications).isEmpty();
        alone.start();
        await().atMost(SOON).until(() -> alone.notifications.contains("records won"));

        List<String> late = new CopyOnWriteArrayList<>();
        alone.view("records").addEventListener((CamelClusterEventListener.Leadership)
                (view, leader) -> late.add(leader == null ? "nobody" : leader.getId()));

        await().atMost(SOON).until(() -> late.contains(alone.service.memberId()));
    }

    @Test
    void choosesOneOfTwoInstancesThatStartTogether() {
        ClusterMember one = instance(LONG_SESSION).start().want(ALL);
        ClusterMember two = instance(LONG_SESSION).start().want(ALL);

        await().atMost(SOON).until(() -> memberCount(two) == 2 && leadersOfAll(one, two) == 1);
        assertThat(leadersOfAny(one, two)).isEqualTo(1);
    }

    @Test
    void keepsEveryNamespaceOnTheFirstOfThreeInstances() {
        ClusterMember one = instance(LONG_SESSION).start().want(ALL);
        await().atMost(SOON).until(() -> one.leads().size() == 3);

        ClusterMember two = instance(LONG_SESSION).start().want(ALL);
        ClusterMember three = instance(LONG_SESSION).start().want(ALL);

        await().atMost(SOON).until(() -> memberCount(two) == 3 && memberCount(three) == 3);
        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .until(() -> one.leads().equals(Set.of(ALL)));
        assertThat(two.leads()).isEmpty();
        assertThat(three.leads()).isEmpty();
        assertThat(one.notifications)
                .filteredOn(line -> line.endsWith(" won"))
                .as("leadership that stays on this instance is not interrupted")
                .doesNotHaveDuplicates();
    }

    @Test
    void movesEveryNamespaceToAnInstanceThatWantsMoreOfThem() {
        ClusterMember old = instance(LONG_SESSION).start().want("records", "tickets");
        await().atMost(SOON).until(() -> old.leads().size() == 2);

        ClusterMember updated = instance(LONG_SESSION).start().want(ALL);

        await().atMost(SOON).until(() -> updated.leads().equals(Set.of(ALL)));
        assertThat(old.leads()).isEmpty();
    }

    @Test
    void keepsTheLeadOfAnInstanceThatReleasesOneNamespaceAfterTheOther() {
        ClusterMember one = instance(LONG_SESSION).start().want(ALL);
        await().atMost(SOON).until(() -> one.leads().size() == 3);
        ClusterMember two = instance(LONG_SESSION).start().want(ALL);
        await().atMost(SOON).until(() -> memberCount(two) == 2);

        one.release("records");
        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .until(() -> one.leads().equals(Set.of("tickets", "views")));
        assertThat(two.leads()).isEmpty();
        one.release("tickets");
        one.release("views");

        await().atMost(SOON).until(() -> two.leads().equals(Set.of(ALL)));
        assertThat(one.notifications).filteredOn(line -> line.endsWith(" won")).doesNotHaveDuplicates();
    }

    @Test
    void givesNothingToAnotherInstanceWhileTheFormerLeaderStillWorksForANamespace() {
        AtomicBoolean busy = new AtomicBoolean(true);
        ClusterMember old = instance(LONG_SESSION).start().want("records", "tickets");
        old.service.holdWhile(namespace -> namespace.equals("tickets") && busy.get());
        await().atMost(SOON).until(() -> old.leads().size() == 2);

        ClusterMember updated = instance(LONG_SESSION).start().want(ALL);
        await().atMost(SOON).until(() -> old.leads().isEmpty());
        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .until(() -> updated.leads().isEmpty());
        busy.set(false);

        await().atMost(SOON).until(() -> updated.leads().equals(Set.of(ALL)));
    }

    @Test
    void reportsTheLeaderAndAllMembersOnEveryInstance() {
        ClusterMember one = instance(LONG_SESSION).start().want("records");
        ClusterMember two = instance(LONG_SESSION).start().want("records");
        CamelClusterView view = two.view("records");

        await().atMost(SOON).until(() -> view.getMembers().size() == 2);

        assertThat(view.getMembers())
                .extracting(CamelClusterMember::getId)
                .containsExactlyInAnyOrder(one.service.memberId(), two.service.memberId());
        CamelClusterMember leader = view.getLeader().orElseThrow();
        assertThat(leader.getId())
                .isEqualTo(one.view("records").getLeader().orElseThrow().getId());
        assertThat(leader.isLeader()).isTrue();
        assertThat(leader.isLocal()).isEqualTo(view.getLocalMember().isLeader());
    }

    @Test
    void handsOverEveryNamespaceAtOnceWhenAnInstanceStops() {
        ClusterMember one = instance(LONG_SESSION).start().want(ALL);
        await().atMost(SOON).until(() -> one.leads().size() == 3);
        ClusterMember two = instance(LONG_SESSION).start().want(ALL);
        await().atMost(SOON).until(() -> memberCount(two) == 2);
        assertThat(two.leads()).isEmpty();

        one.close();

        assertThat(one.leads()).isEmpty();
        await().atMost(SOON).until(() -> two.leads().equals(Set.of(ALL)));
    }

    @Test
    void handsOverTheNamespaceOfAReleasedViewAndCanLeadItAgain() {
        ClusterMember one = instance(LONG_SESSION).start().want("records");
        await().atMost(SOON).until(() -> one.leads().contains("records"));
        ClusterMember two = instance(LONG_SESSION).start().want("records");
        await().atMost(SOON).until(() -> two.notifications.contains("records not led"));

        one.release("records");
        await().atMost(SOON).until(() -> two.leads().contains("records"));

        one.view("records");
        two.close();
        await().atMost(SOON).until(() -> one.leads().contains("records"));
    }

    @Test
    void leadsAgainWhenAStoppedInstanceRestarts() {
        ClusterMember one = instance(LONG_SESSION).start().want("records");
        await().atMost(SOON).until(() -> one.leads().contains("records"));
        one.close();
        assertThat(one.leads()).isEmpty();

        one.start();

        await().atMost(SOON).until(() -> one.leads().contains("records"));
    }

    @Test
    void keepsLeadershipForLongerThanASessionWhileTheGroupIsStable() {
        ClusterMember one = instance(ClusterMember.SHORT_SESSION).start().want("records");
        await().atMost(SOON).until(() -> one.leads().contains("records"));

        await().during(ClusterMember.SHORT_SESSION.multipliedBy(2))
                .atMost(SOON)
                .until(() -> one.service.isLeader("records"));
        assertThat(one.notifications).doesNotHaveDuplicates();
    }

    @Test
    void logsAnErrorOnceAndLeadsAfterTheErrorIsFixed() {
        LogLines logLines = LogLines.of(GroupMembership.class);
        ClusterMember one;
        try (KafkaConsumer<byte[], byte[]> foreignConsumer = joinForeignConsumer()) {
            one = instance(LONG_SESSION).start().want("records");
            await().atMost(SOON).until(() -> logLines.containing("leadership-unavailable") == 1);
            await().during(Duration.ofSeconds(5))
                    .atMost(SOON)
                    .until(() -> logLines.containing("leadership-unavailable") == 1);
            assertThat(foreignConsumer.groupMetadata().memberId()).isNotEmpty();
            assertThat(one.leads()).isEmpty();
        }

        await().atMost(SOON).until(() -> one.leads().contains("records"));
        logLines.close();
    }

    /** Joins the group with another assignor, which Kafka does not allow beside that of the product. */
    private KafkaConsumer<byte[], byte[]> joinForeignConsumer() {
        KafkaConsumer<byte[], byte[]> foreignConsumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        "bangwo8-" + tenant + "-leaders",
                        "partition.assignment.strategy",
                        "org.apache.kafka.clients.consumer.RangeAssignor"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        foreignConsumer.subscribe(Set.of("any"));
        await().atMost(SOON).until(() -> {
            foreignConsumer.poll(Duration.ofMillis(100));
            return foreignConsumer.groupMetadata().generationId() > 0;
        });
        return foreignConsumer;
    }

    private ClusterMember instance(Duration session) {
        ClusterMember instance = new ClusterMember(broker.bootstrapServers(), tenant, session, conflicts);
        instances.add(instance);
        return instance;
    }

    private static int memberCount(ClusterMember instance) {
        return instance.view("records").getMembers().size();
    }

    private static long leadersOfAll(ClusterMember... all) {
        return Stream.of(all)
                .filter(instance -> instance.leads().equals(Set.of(ALL)))
                .count();
    }

    private static long leadersOfAny(ClusterMember... all) {
        return Stream.of(all).filter(instance -> !instance.leads().isEmpty()).count();
    }
}
