package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(120)
class TopicProvisionerTest {

    private final TestBroker broker = TestBroker.withoutTopics();

    @Test
    void createsMissingTopicsAndCompactsEventAndStateTopics() throws Exception {
        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        assertThat(broker.provisioner()
                        .prepare(Map.of(
                                "remote-records",
                                broker.events,
                                "agent-records",
                                broker.events,
                                "tickets",
                                broker.tenant + ".tickets",
                                "ticket-views",
                                broker.tenant + ".views")))
                .isEmpty();

        Map<String, Config> topics =
                describeTopics(broker.settings().topics().values().toArray(String[]::new));
        assertThat(topics).containsOnlyKeys(broker.settings().topics().values());
        assertThat(partitions(broker.state)).isEqualTo(64);
        assertThat(setting(topics, broker.state, "cleanup.policy")).isEqualTo("compact");
        for (String events : List.of(broker.events, broker.tenant + ".tickets", broker.tenant + ".views")) {
            assertThat(setting(topics, events, "cleanup.policy")).isEqualTo("compact");
            assertThat(setting(topics, events, "min.compaction.lag.ms")).isEqualTo("604800000");
            assertThat(setting(topics, events, "delete.retention.ms")).isEqualTo("604800000");
        }
        assertThat(setting(topics, broker.tenant + ".dead", "cleanup.policy")).isEqualTo("delete");
        assertThat(setting(topics, broker.tenant + ".status", "cleanup.policy")).isEqualTo("compact");
        assertThat(partitions(broker.tenant + ".status")).isOne();
        assertThat(setting(topics, broker.tenant + ".commands", "cleanup.policy"))
                .isEqualTo("delete");
        assertThat(partitions(broker.tenant + ".commands")).isOne();
        assertThat(topics.keySet())
                .allSatisfy(topic -> assertThat(setting(topics, topic, "message.timestamp.type"))
                        .isEqualTo("LogAppendTime"));
    }

    /** A broker needs a tenth of a second for each request that creates a topic, and each start waits for all of them. */
    @Test
    void asksTheBrokerOnceForAllTopics() throws Exception {
        List<TopicSpec> specs = Stream.of("a", "b", "c")
                .map(name -> new TopicSpec("a test", broker.tenant + "." + name, TopicSpec.Kind.EVENTS))
                .toList();
        List<String> called = new ArrayList<>();
        try (Admin admin = broker.clients().admin()) {
            TopicCheck check = new TopicCheck(recording(admin, called));

            assertThat(check.errors(specs)).isEmpty();
            assertThat(called).containsExactly("describeTopics", "createTopics");
            called.clear();
            describeTopics(specs.stream().map(TopicSpec::topic).toArray(String[]::new));
            assertThat(check.errors(specs)).isEmpty();
            assertThat(called).containsExactly("describeTopics", "describeConfigs");
        }
    }

    /** {@code admin}, whose calls are added to {@code called}. */
    private static Admin recording(Admin admin, List<String> called) {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    called.add(method.getName());
                    return method.invoke(admin, arguments);
                });
    }

    @Test
    void createsTopicsThatTakeTheRecordsOfAProcessWhoseClockIsAhead() throws Exception {
        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        long ahead = System.currentTimeMillis() + Duration.ofDays(30).toMillis();

        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", SharedBroker.servers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            assertThat(producer.send(new ProducerRecord<>(broker.state, 0, ahead, "_test", new byte[0]))
                            .get()
                            .timestamp())
                    .isLessThan(ahead);
        }
    }

    @Test
    void inspectsWithoutCreatingOrWritingAnything() throws Exception {
        Map<String, String> sources = Map.of("remote-records", broker.events);

        TopicProvisioner.Inspection before = broker.provisioner().inspect(sources);
        assertThat(before.problems()).isEmpty();
        assertThat(before.absent())
                .hasSize(5)
                .anySatisfy(text -> assertThat(text)
                        .isEqualTo("bangwo8.topics.state is '" + broker.state
                                + "', which does not exist yet: the start creates it if it may"));
        try (Admin admin = broker.clients().admin()) {
            assertThat(admin.listTopics().names().get()).noneMatch(topic -> topic.startsWith(broker.tenant));
            admin.createTopics(List.of(new NewTopic(broker.state, 2, (short) 1)))
                    .all()
                    .get();
        }
        describeTopics(broker.state);

        TopicProvisioner.Inspection empty = broker.provisioner().inspect(sources);
        assertThat(empty.problems()).isEmpty();
        assertThat(empty.absent()).hasSize(4);
        try (Admin admin = broker.clients().admin()) {
            assertThat(admin.listOffsets(Map.of(new TopicPartition(broker.state, 0), OffsetSpec.latest()))
                            .all()
                            .get()
                            .values())
                    .as("records in the state topic")
                    .allSatisfy(end -> assertThat(end.offset()).isZero());
        }

        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        assertThat(broker.provisioner().prepare(sources)).isEmpty();
        assertThat(broker.provisioner().inspect(sources))
                .isEqualTo(new TopicProvisioner.Inspection(List.of(), List.of()));
    }

    @Test
    void createsOnlyTheTopicsOfTheGivenSources() throws Exception {
        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        assertThat(broker.provisioner().prepare(Map.of("tickets", broker.tenant + ".tickets")))
                .isEmpty();

        assertThat(describeTopics(broker.tenant + ".tickets"))
                .containsOnlyKeys(
                        broker.state,
                        broker.tenant + ".dead",
                        broker.tenant + ".status",
                        broker.tenant + ".commands",
                        broker.tenant + ".tickets");
    }

    @Test
    void namesTheSettingOfAnEventTopicThatCannotBeCreated() throws Exception {
        try (Admin admin = broker.clients().admin()) {
            admin.createTopics(List.of(new NewTopic(broker.events.replace('.', '_'), 1, (short) 1)))
                    .all()
                    .get();
        }
        describeTopics(broker.events.replace('.', '_'));

        assertThat(broker.provisioner().prepare(Map.of("agent-records", broker.events)))
                .singleElement()
                .asString()
                .startsWith("bangwo8.topics.remote-records is '" + broker.events + "', which is missing");
    }

    @Test
    void doesNotChangeExistingTopics() throws Exception {
        try (Admin admin = broker.clients().admin()) {
            admin.createTopics(List.of(
                            new NewTopic(broker.events, 3, (short) 1).configs(Map.of("cleanup.policy", "delete"))))
                    .all()
                    .get();
        }
        describeTopics(broker.events);

        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        Map<String, String> sources = Map.of("remote-records", broker.events);
        assertThat(broker.provisioner().prepare(sources)).isEmpty();
        assertThat(broker.provisioner().prepare(sources)).as("a second time").isEmpty();

        assertThat(setting(describeTopics(broker.events), broker.events, "cleanup.policy"))
                .isEqualTo("delete");
        assertThat(partitions(broker.events)).isEqualTo(3);
    }

    @Test
    void rejectsACompactedDeadLetterTopic() throws Exception {
        try (Admin admin = broker.clients().admin()) {
            admin.createTopics(List.of(new NewTopic(broker.tenant + ".dead", 1, (short) 1)
                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        describeTopics(broker.tenant + ".dead");

        assertThat(broker.provisioner().prepareCommon())
                .singleElement()
                .asString()
                .startsWith("bangwo8.topics.dead-letters is '" + broker.tenant + ".dead', which is compacted")
                .endsWith("set its cleanup.policy to delete");
    }

    @Test
    void createsATopicThatOnlyARouteNames() throws Exception {
        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        assertThat(broker.provisioner().prepare(Map.of("im-sessions", broker.tenant + ".im-sessions")))
                .isEmpty();

        assertThat(setting(
                        describeTopics(broker.tenant + ".im-sessions"),
                        broker.tenant + ".im-sessions",
                        "cleanup.policy"))
                .isEqualTo("compact");
    }

    @Test
    void reportsATopicThatCannotBeCreatedAndCreatesTheOthers() throws Exception {
        // Kafka rejects a topic whose name differs from another only by a dot instead of an underscore.
        try (Admin admin = broker.clients().admin()) {
            admin.createTopics(List.of(new NewTopic(broker.state.replace('.', '_'), 1, (short) 1)))
                    .all()
                    .get();
        }
        describeTopics(broker.state.replace('.', '_'));

        List<String> errors = broker.provisioner().prepareCommon();

        assertThat(errors)
                .singleElement()
                .asString()
                .startsWith(
                        "bangwo8.topics.state is '" + broker.state + "', which is missing and could not be created: ")
                .contains("collides");
        assertThat(describeTopics(broker.tenant + ".dead"))
                .containsKeys(broker.tenant + ".dead")
                .doesNotContainKey(broker.state);
    }

    @Test
    void reportsAPortWithoutTls() throws Exception {
        assertThat(broker.provisioner("security.protocol", "SSL").prepareCommon())
                .singleElement()
                .asString()
                .contains("does not use TLS", "kafka.security.protocol");
    }

    @Test
    void reportsAnErrorInTheClientSettings() throws Exception {
        assertThat(broker.provisioner("bootstrap.servers", "nowhere").prepareCommon())
                .singleElement()
                .asString()
                .startsWith("kafka.bootstrap.servers is 'nowhere', but: ");
    }

    /** Describes the topics of this test as soon as the broker knows the {@code expected} ones. */
    private Map<String, Config> describeTopics(String... expected) throws Exception {
        try (Admin admin = broker.clients().admin()) {
            Set<String> names = await().until(
                            () -> admin.listTopics().names().get(), present -> present.containsAll(List.of(expected)));
            Map<String, Config> topics = new HashMap<>();
            admin.describeConfigs(names.stream()
                            .filter(name -> name.startsWith(broker.tenant + "."))
                            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                            .toList())
                    .all()
                    .get()
                    .forEach((topic, config) -> topics.put(topic.name(), config));
            return topics;
        }
    }

    private int partitions(String topic) throws Exception {
        try (Admin admin = broker.clients().admin()) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        }
    }

    private static String setting(Map<String, Config> topics, String topic, String name) {
        return topics.get(topic).get(name).value();
    }
}
