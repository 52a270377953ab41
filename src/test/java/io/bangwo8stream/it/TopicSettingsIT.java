package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests topics with settings that the product would not give them. */
class TopicSettingsIT {

    private static final int MAX_MESSAGE_BYTES = 20_000;

    private static Admin admin;

    private TestTenant tenant;

    @BeforeAll
    static void connect() {
        admin = Admin.create(Map.of("bootstrap.servers", Broker.bootstrapServers()));
    }

    @AfterAll
    static void disconnect() {
        admin.close();
    }

    @BeforeEach
    void openTenant() {
        tenant = TestTenant.of(TopicSettingsIT.class);
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void deadLettersARecordWithoutPayloadThatNoTopicAcceptsAndPublishesTheRestOfThePage() throws Exception {
        create("remote-records", TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
        create("dead-letters", TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
        // Random text, which compression cannot make small.
        String note = new Random(8)
                .ints(4 * MAX_MESSAGE_BYTES, '!', '~')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        tenant.desk().add(tenant.oldRecord(1));
        tenant.desk().add(tenant.oldRecord(2).put("note", note));
        tenant.desk().add(tenant.oldRecord(3));
        Product product = tenant.runOnce();

        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "3");
        List<Event> letters = tenant.deadLetters();
        assertThat(letters).extracting(Event::key).containsExactly("2");
        assertThat(letters.get(0).value().path("reason").asText()).isEqualTo("too-large");
        assertThat(letters.get(0).value().path("payload").isNull()).isTrue();
        assertThat(product.awaitExit()).as(product.output()).isNotZero();
    }

    @Test
    void readsStatesThatTheBrokerHasCompressedInAnotherWay() throws Exception {
        create("state", TopicConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        tenant.desk().add(tenant.oldRecord(1));
        assertThat(tenant.runOnce().awaitExit()).isZero();
        changeCompression("snappy");
        tenant.desk().add(tenant.oldRecord(2));
        assertThat(tenant.runOnce().awaitExit()).isZero();

        Product third = tenant.runOnce();

        assertThat(third.awaitExit()).as(third.output()).isZero();
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2");
    }

    private void create(String what, String setting, String value) throws Exception {
        NewTopic topic = new NewTopic(tenant.topic(what), 1, (short) 1).configs(Map.of(setting, value));
        admin.createTopics(List.of(topic)).all().get();
    }

    private void changeCompression(String type) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, tenant.topic("state")),
                        List.of(new AlterConfigOp(
                                new ConfigEntry(TopicConfig.COMPRESSION_TYPE_CONFIG, type), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }
}
