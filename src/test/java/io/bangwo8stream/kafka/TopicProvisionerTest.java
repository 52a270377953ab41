package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(120)
class TopicProvisionerTest {

    private final TestBroker broker = TestBroker.withoutTopics();

    @Test
    void createsMissingTopicsAndCompactsEventAndStateTopics() throws Exception {
        assertThat(new TopicProvisioner(broker.settings(), broker.clients()).prepare())
                .isEmpty();

        Map<String, Config> topics =
                describeTopics(broker.settings().topics().values().toArray(String[]::new));
        assertThat(topics).containsOnlyKeys(broker.settings().topics().values());
        assertThat(setting(topics, broker.state, "cleanup.policy")).isEqualTo("compact");
        for (String events : List.of(broker.events, broker.tenant + ".tickets", broker.tenant + ".views")) {
            assertThat(setting(topics, events, "cleanup.policy")).isEqualTo("compact");
            assertThat(setting(topics, events, "min.compaction.lag.ms")).isEqualTo("604800000");
        }
        assertThat(setting(topics, broker.tenant + ".dead", "cleanup.policy")).isEqualTo("delete");
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

        assertThat(new TopicProvisioner(broker.settings(), broker.clients()).prepare())
                .isEmpty();
        assertThat(new TopicProvisioner(broker.settings(), broker.clients()).prepare())
                .as("a second time")
                .isEmpty();

        assertThat(setting(describeTopics(broker.events), broker.events, "cleanup.policy"))
                .isEqualTo("delete");
        try (Admin admin = broker.clients().admin()) {
            assertThat(admin.describeTopics(List.of(broker.events))
                            .allTopicNames()
                            .get()
                            .get(broker.events)
                            .partitions())
                    .hasSize(3);
        }
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

        assertThat(new TopicProvisioner(broker.settings(), broker.clients()).prepare())
                .singleElement()
                .asString()
                .startsWith("bangwo8.topics.dead-letters is '" + broker.tenant + ".dead', which is compacted")
                .endsWith("set its cleanup.policy to delete");
    }

    @Test
    void createsATopicThatOnlyARouteNames() throws Exception {
        TopicProvisioner topics = new TopicProvisioner(broker.settings(), broker.clients());

        assertThat(topics.prepare("im-sessions", broker.tenant + ".im-sessions"))
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

        List<String> errors = new TopicProvisioner(broker.settings(), broker.clients()).prepare();

        assertThat(errors)
                .singleElement()
                .asString()
                .startsWith(
                        "bangwo8.topics.state is '" + broker.state + "', which is missing and could not be created: ")
                .contains("collides");
        assertThat(describeTopics(broker.events)).containsKeys(broker.events).doesNotContainKey(broker.state);
    }

    @Test
    void reportsAnErrorInTheClientSettings() throws Exception {
        assertThat(new TopicProvisioner(broker.settings(), broker.clients("bootstrap.servers", "nowhere")).prepare())
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

    private static String setting(Map<String, Config> topics, String topic, String name) {
        return topics.get(topic).get(name).value();
    }
}
