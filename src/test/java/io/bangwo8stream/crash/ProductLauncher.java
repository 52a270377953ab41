package io.bangwo8stream.crash;

import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.process.PackagedProduct;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts instances of the product with the settings of the harness. */
final class ProductLauncher {

    static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final Map<String, String> settings;

    /**
     * @param startDate the first day that is scanned
     * @param routes    the folder that is watched
     */
    ProductLauncher(String bootstrapServers, URI api, LocalDate startDate, Path routes) {
        PackagedProduct.requireBuilt();
        settings = Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers),
                Map.entry("BANGWO8_BASE_URL", api.toString()),
                Map.entry("BANGWO8_ACCOUNT", "demo"),
                Map.entry("BANGWO8_PASSWORD", "demo"),
                // At any time several pages contain changes.
                Map.entry("BANGWO8_PER_PAGE", "20"),
                Map.entry("BANGWO8_POLL_INTERVAL", "1s"),
                Map.entry("BANGWO8_SWEEP_INTERVAL", CrashTimings.SWEEP_INTERVAL.toSeconds() + "s"),
                Map.entry("BANGWO8_LOOK_BACK", CrashTimings.LOOK_BACK.toDays() + "d"),
                Map.entry("BANGWO8_START_DATE", startDate.toString()),
                Map.entry("BANGWO8_ROUTES", routes.toString()),
                Map.entry("BANGWO8_REVISIT_AFTER", "2s,4s," + CrashTimings.LAST_REVISIT.toSeconds() + "s"),
                Map.entry("BANGWO8_REQUESTS_PER_SECOND", "0"),
                Map.entry("BANGWO8_RETRY_DELAY", "100ms"),
                // The kernel chooses a free port.
                Map.entry("QUARKUS_MANAGEMENT_PORT", "0"),
                Map.entry("BANGWO8_SOURCES", "remote-records,tickets"),
                // The harness compares the records themselves, without labels from another list.
                Map.entry("BANGWO8_PROBLEM_TYPE_LABELS", "false"));
    }

    /** Starts an instance, which appends its output to {@code log}. */
    JavaProcess start(Path log, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.putAll(more);
        return PackagedProduct.process()
                .options(JVM_OPTIONS)
                .clearEnvironment()
                .environment(environment)
                .appendOutputTo(log)
                .start();
    }
}
