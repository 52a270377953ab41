package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.record.LenientJson;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class StatusTopicTest {

    private final TestBroker broker = TestBroker.withoutTopics();
    private final StatusTopic topics = new StatusTopic(broker.settings(), broker.clients());

    @AfterEach
    void close() {
        topics.close();
        broker.close();
    }

    @Test
    void keepsTheNewestStatusOfEachNameOfItsTenant() throws Exception {
        broker.provisioner().prepareCommon();
        topics.writeStatus("tickets", LenientJson.object().put("records", 1));
        topics.writeStatus("tickets", LenientJson.object().put("records", 2));
        topics.writeStatus("instances/a", LenientJson.object().put("member", "a"));
        topics.writeStatus("instances/a", null);

        assertThat(present()).hasSize(1);
        assertThat(present().get("tickets").path("records").asInt()).isEqualTo(2);
    }

    @Test
    void createsNoTopic() {
        assertThatThrownBy(this::present).hasMessageContaining("the topic " + broker.tenant + ".status does not exist");
        assertThatThrownBy(this::present).hasMessageContaining("does not exist");
    }

    private Map<String, JsonNode> present() {
        try (TopicTail statuses = topics.statuses()) {
            Map<String, JsonNode> present = new HashMap<>();
            topics.collect(statuses, present);
            return present;
        }
    }
}
