package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.RawServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests the product with an API whose responses never end. */
class SlowServerIT {

    @Test
    void reportsAResponseWithoutAnEndAndEndsAtOnceOnSigterm() {
        try (RawServer server = new RawServer((request, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write('a');
                        out.flush();
                        // The pace of the server, not a wait of the test.
                        Thread.sleep(200);
                    }
                });
                TestTenant tenant = TestTenant.of(SlowServerIT.class)
                        .with("bangwo8.base-url", "http://127.0.0.1:" + server.port())
                        .with("bangwo8.max-retries", "0")
                        .with("bangwo8.request-timeout", "2s")) {
            Product product = tenant.startPolling();
            assertThat(product.awaitLine(0, "scan-incomplete")).contains("bangwo8.request-timeout");
            product.close();

            tenant.with("bangwo8.request-timeout", "10m").with("bangwo8.max-retries", "5");
            int before = server.requests().size();
            Product waiting = tenant.startPolling();
            await().atMost(Product.PATIENCE).until(() -> server.requests().size() > before);
            waiting.terminate();
            waiting.awaitExit(Duration.ofSeconds(15));
        }
    }
}
