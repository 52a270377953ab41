package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class BrokerProbeTest {

    @Test
    void findsABrokerThatResponds() throws Exception {
        BrokerProbe probe = probe(SharedBroker.servers());

        assertThat(probe.problem()).isEmpty();
        probe.close();
    }

    @Test
    void namesASilentBrokerSoon() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            BrokerProbe probe = probe("127.0.0.1:" + silent.getLocalPort());
            Instant begun = Instant.now();

            assertThat(probe.problem())
                    .hasValueSatisfying(
                            problem -> assertThat(problem).contains("no broker responds", "kafka.bootstrap.servers"));
            assertThat(probe.problem()).isPresent();

            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(15));
            probe.close();
        }
    }

    @Test
    void namesAnAddressThatCannotBeUsed() throws InterruptedException {
        BrokerProbe probe = probe("no.such.host.invalid:9092");

        assertThat(probe.problem()).isPresent();
        probe.close();
    }

    private static BrokerProbe probe(String bootstrapServers) {
        return new BrokerProbe(new KafkaClients(Map.of("bootstrap.servers", bootstrapServers)));
    }
}
