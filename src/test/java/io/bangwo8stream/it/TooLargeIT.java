package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a record for which the broker accepts neither the event nor a dead letter with the payload. */
class TooLargeIT {

    private static final int MAX_MESSAGE_BYTES = 20_000;

    private TestTenant tenant;

    @BeforeEach
    void createTopicsForSmallMessages() throws Exception {
        tenant = TestTenant.of(TooLargeIT.class);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.bootstrapServers()))) {
            admin.createTopics(List.of(topicForSmallMessages("remote-records"), topicForSmallMessages("dead-letters")))
                    .all()
                    .get();
        }
    }

    private NewTopic topicForSmallMessages(String what) {
        return new NewTopic(tenant.topic(what), 1, (short) 1)
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES)));
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void deadLettersAnOversizedRecordWithoutPayloadAndPublishesTheRestOfThePage() {
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
}
