package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the number of partitions that the state topic remembers, on a real broker. */
@ExtendWith(SharedBroker.class)
@Timeout(120)
class StateTopicTest {

    private final TestBroker broker = TestBroker.withoutTopics();

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void remembersTheNumberOfPartitionsOfAnEmptyTopic() throws Exception {
        broker.createStateTopic(3);

        assertThat(broker.stateTopic().partitions()).isEqualTo(3);
        assertThat(broker.stateTopic().partitions()).as("in the next process").isEqualTo(3);

        assertThat(recordsOfPartition0()).containsExactly("_meta={\"partitions\":3,\"format\":1}");
    }

    /** A broker answers a request for more only after this time, and a consumer that closes waits for the answer. */
    @Test
    void waitsForNothingAtTheEndOfTheTopic() throws Exception {
        broker.createStateTopic(3);
        broker.stateTopic().partitions();
        StateTopic topic = new StateTopic(broker.settings(), broker.clients("fetch.max.wait.ms", "28000"));

        assertThat(assertTimeout(Duration.ofSeconds(20), topic::partitions)).isEqualTo(3);
    }

    @Test
    void letsSeveralInstancesStartForTheFirstTimeAtOnce() throws Exception {
        broker.createStateTopic(3);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> starts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                starts.add(threads.submit(() -> broker.stateTopic().partitions()));
            }
            for (Future<Integer> start : starts) {
                assertThat(start.get()).isEqualTo(3);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(recordsOfPartition0()).containsOnly("_meta={\"partitions\":3,\"format\":1}");
    }

    @Test
    void refusesAStateTopicWhosePartitionsWereAdded() throws Exception {
        broker.createStateTopic(1);
        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        assertThat(broker.provisioner().prepare(Map.of("remote-records", broker.events)))
                .isEmpty();
        EventStream stream = broker.stream();
        stream.lock();
        stream.commit(() -> broker.batch("7", "a", 1));
        raisePartitions(6);

        assertThat(broker.provisioner().prepareCommon())
                .singleElement()
                .asString()
                .startsWith("bangwo8.topics.state is '" + broker.state + "', which has 6 partitions")
                .contains("written with 1 partition:")
                .contains("recreate the topic with 1 partition or use another bangwo8.topics.state");
        stream.commit(() -> broker.batch("7", "b", 2));
        assertThat(broker.events()).as("of the instance that still runs").containsExactly("7=a", "7=b");
        EventStream next = broker.stream();
        assertThatThrownBy(next::lock)
                .isInstanceOf(StreamUnavailableException.class)
                .hasMessageContaining("6 partitions");
        assertThat(broker.events()).containsExactly("7=a", "7=b");
    }

    @Test
    void refusesATopicWithRecordsThatRemembersNothing() throws Exception {
        broker.createStateTopic(2);
        send(new ProducerRecord<>(broker.state, 1, "tenant/tickets/7", new byte[0]));

        assertThat(broker.provisioner().prepareCommon())
                .singleElement()
                .asString()
                .startsWith("bangwo8.topics.state is '" + broker.state + "', which has 2 partitions with records")
                .contains("_meta")
                .contains("name a new topic in bangwo8.topics.state");
        assertThat(recordsOfPartition0()).isEmpty();
    }

    @Test
    void startsBesideStatesOfANewerFormatButDoesNotUseThem() throws Exception {
        broker.createStateTopic(2);
        send(new ProducerRecord<>(
                broker.state, 0, "_meta", "{\"partitions\":2,\"format\":2}".getBytes(StandardCharsets.UTF_8)));

        TopicProvisioner provisioner = broker.provisioner();
        assertThat(provisioner.prepareCommon()).isEmpty();
        assertThat(provisioner.stateFormat()).isEqualTo(2);
        EventStream stream = broker.stream();
        assertThatThrownBy(stream::lock)
                .isInstanceOf(StreamUnavailableException.class)
                .hasMessageContaining("format 2")
                .hasMessageContaining("formats up to 1");
    }

    @Test
    void refusesAnEventTopicOfAnotherTenant() throws Exception {
        broker.createStateTopic(2);
        Map<String, String> sources = Map.of("remote-records", broker.events);
        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        assertThat(broker.provisioner().prepare(sources)).isEmpty();
        assertThat(broker.provisioner().prepare(sources))
                .as("a second start of the owner")
                .isEmpty();

        TopicProvisioner other = broker.provisionerOf("bangwo8.tenant", "other-tenant");
        assertThat(other.prepareCommon())
                .as("tenants may share the state topic")
                .isEmpty();
        assertThat(other.prepare(sources))
                .containsExactly("bangwo8.topics.remote-records is '" + broker.events + "', a topic of the tenant '"
                        + broker.tenant + "', but bangwo8.tenant is 'other-tenant': name a topic of its own for each"
                        + " tenant");
    }

    @Test
    @SuppressWarnings("try") // The member of the group only has to exist.
    void refusesAnotherAccountUntilItIsAdopted() throws Exception {
        broker.createStateTopic(2);
        assertThat(broker.provisioner().prepareCommon()).isEmpty();

        TopicProvisioner other = broker.provisionerOf("bangwo8.account", "other-login");
        assertThat(other.prepareCommon())
                .singleElement()
                .asString()
                .startsWith("bangwo8.tenant is '" + broker.tenant + "', whose states belong to another account")
                .contains("bangwo8.tenant", "adopt-account")
                .doesNotContain("other-login");
        assertThat(broker.provisionerOf("bangwo8.base-url", "https://other.example")
                        .prepareCommon())
                .as("another origin")
                .hasSize(1);
        assertThat(broker.provisionerOf("bangwo8.password", "a new password").prepareCommon())
                .as("a changed password")
                .isEmpty();

        assertThat(broker.adoption().adopt().message()).endsWith("belong to this account already");
        AccountAdoption adoption = broker.adoption("bangwo8.account", "other-login");
        try (Consumer<String, byte[]> running = broker.leaderGroupMember()) {
            assertThat(running.assignment())
                    .as("an instance in the leaders' group")
                    .isNotEmpty();
            assertThat(adoption.adopt().message())
                    .contains("run with its present account", "Stop them first")
                    .doesNotContain("other-login");
            assertThat(adoption.adopt().done()).isFalse();
        }
        assertThat(adoption.adopt().done()).isTrue();

        assertThat(broker.provisionerOf("bangwo8.account", "other-login").prepareCommon())
                .isEmpty();
        assertThat(broker.provisioner().prepareCommon())
                .as("the former account")
                .hasSize(1);
        assertThat(recordsOfPartition0())
                .filteredOn(record -> record.startsWith("_account/"))
                .allSatisfy(record -> assertThat(record).matches("_account/\\S+=\\{\"account\":\"[0-9a-f]{16}\"}"));
    }

    @Test
    void adoptsNothingWhereNothingIs() throws Exception {
        assertThatThrownBy(() -> broker.adoption().adopt())
                .hasMessageContaining("the topic " + broker.state + " does not exist");
        broker.createStateTopic(2);

        assertThat(broker.adoption().adopt().message()).contains("there is nothing to adopt");
        assertThat(recordsOfPartition0()).isEmpty();
    }

    @Test
    void letsOneOfTwoTenantsThatStartAtOnceHaveATopic() throws Exception {
        broker.createStateTopic(2);
        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        List<TopicProvisioner> tenants = new ArrayList<>();
        for (String tenant : List.of("a", "b", "c")) {
            tenants.add(broker.provisionerOf("bangwo8.tenant", tenant));
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<List<String>> errors = new ArrayList<>();
        try {
            List<Future<List<String>>> starts = new ArrayList<>();
            for (TopicProvisioner tenant : tenants) {
                starts.add(threads.submit(() -> tenant.prepare(Map.of("remote-records", broker.events))));
            }
            for (Future<List<String>> start : starts) {
                errors.add(start.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(errors).filteredOn(List::isEmpty).hasSize(1);
        assertThat(errors).filteredOn(messages -> messages.size() == 1).hasSize(2);
    }

    @Test
    void readsTheMetaRecordDespiteAnOpenTransaction() throws Exception {
        broker.createStateTopic(1);
        assertThat(broker.stateTopic().partitions()).isEqualTo(1);
        try (Producer<String, byte[]> other =
                broker.openTransaction(List.of(new ProducerRecord<>(broker.state, 0, "other/stream/1", new byte[0])))) {
            assertThat(broker.stateTopic().partitions()).isEqualTo(1);
            other.abortTransaction();
        }
    }

    @Test
    void keepsTheShardsOfEarlierVersions() {
        assertThat(List.of("remote-records", "tickets", "ticket-views"))
                .extracting(stream -> StateTopic.shard("default", stream, 64))
                .containsExactly(52, 40, 58);
    }

    private void raisePartitions(int count) throws Exception {
        try (Admin admin = broker.clients().admin()) {
            admin.createPartitions(Map.of(broker.state, NewPartitions.increaseTo(count)))
                    .all()
                    .get();
            await().until(() -> admin.describeTopics(List.of(broker.state))
                            .allTopicNames()
                            .get()
                            .get(broker.state)
                            .partitions()
                            .size()
                    == count);
        }
    }

    private void send(ProducerRecord<String, byte[]> record) throws Exception {
        try (Producer<String, byte[]> producer = broker.clients().plainProducer()) {
            producer.send(record).get();
        }
    }

    private List<String> recordsOfPartition0() {
        List<String> records = new ArrayList<>();
        TopicPartition first = new TopicPartition(broker.state, 0);
        try (Consumer<String, byte[]> consumer = broker.clients().committedConsumer()) {
            consumer.assign(List.of(first));
            consumer.seekToBeginning(List.of(first));
            long end = consumer.endOffsets(List.of(first)).get(first);
            while (consumer.position(first) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    records.add(record.key() + "=" + new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return records;
    }
}
