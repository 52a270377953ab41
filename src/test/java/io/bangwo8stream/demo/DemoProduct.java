package io.bangwo8stream.demo;

import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.process.PackagedProduct;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The packaged product in a process of its own, with the settings of the demo. */
final class DemoProduct implements AutoCloseable {

    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    private final JavaProcess process;

    private DemoProduct(JavaProcess process) {
        this.process = process;
    }

    /** Starts the product against a broker and an API; its output goes to the log file. */
    static DemoProduct start(String bootstrapServers, URI api, int managementPort, Path log) {
        return new DemoProduct(PackagedProduct.process()
                .environment(environment(bootstrapServers, api, managementPort))
                .outputTo(log)
                .start());
    }

    /** The intervals are short, so that changes show soon. */
    private static Map<String, String> environment(String bootstrapServers, URI api, int managementPort) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
                "BANGWO8_BASE_URL", api.toString(),
                "BANGWO8_ACCOUNT", "demo",
                "BANGWO8_PASSWORD", "demo",
                "BANGWO8_POLL_INTERVAL", "5s",
                "BANGWO8_SWEEP_INTERVAL", "20s",
                "BANGWO8_REVISIT_AFTER", "20s,1m,5m",
                "BANGWO8_REQUESTS_PER_SECOND", "200",
                "QUARKUS_HTTP_PORT", "0",
                "QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
    }

    /** Completes with the exit code when the product has ended, by itself or because it was closed. */
    CompletableFuture<Integer> ended() {
        return process.onExit();
    }

    /** Sends SIGTERM, and SIGKILL when the product still runs after 15 s. */
    @Override
    public void close() {
        process.stop(STOP_GRACE);
    }
}
