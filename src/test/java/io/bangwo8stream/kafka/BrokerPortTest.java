package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.standin.RawServer;
import io.bangwo8stream.standin.TestCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class BrokerPortTest {

    @Test
    void findsATlsPortThatClientsWithoutTlsWouldUse(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.create(directory.resolve("broker.p12"), "broker");
        try (RawServer tls =
                new RawServer(certificate.server(certificate).getServerSocketFactory(), (request, out) -> {})) {
            String servers = "127.0.0.1:" + tls.port();

            assertThat(new BrokerPort(servers, "plaintext").mismatch())
                    .hasValueSatisfying(
                            mismatch -> assertThat(mismatch).contains(servers, "kafka.security.protocol is PLAINTEXT"));
            assertThat(new BrokerPort(servers, "SASL_SSL").mismatch()).isEmpty();
            assertThat(new BrokerPort(servers, "SASL_SSL").lacksTls()).isEmpty();
        }
    }

    @Test
    void findsNothingWrongWithAPortWithoutTlsAndOneWhereNobodyListens() {
        assertThat(new BrokerPort(SharedBroker.servers(), "PLAINTEXT").mismatch())
                .isEmpty();
        assertThat(new BrokerPort("no colon, 127.0.0.1:1", "PLAINTEXT").mismatch())
                .isEmpty();
    }
}
