package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {

    @Test
    void passesOnWhatIsForAnExtensionButNotWhatIsForAnotherClient() {
        KafkaClients clients = new KafkaClients(Map.of(
                "bootstrap.servers", "127.0.0.1:9092",
                "linger.ms", "5",
                "config.providers", "file",
                "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider"));

        assertThat(clients.consumerSettings())
                .containsKeys("bootstrap.servers", "config.providers", "config.providers.file.class")
                .doesNotContainKey("linger.ms");
    }
}
