package io.bangwo8stream.bench;

import io.bangwo8stream.process.JavaProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The first scan of 1,000,000 records of 90 days, and one sweep over all of them by a process started anew. */
final class LargeAccount {

    static final int RECORDS = 1_000_000;
    static final int DAYS = 90;

    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final Map<String, String> SETTINGS = Map.of("BANGWO8_LOOK_BACK", DAYS + "d");

    /**
     * The figures of one process.
     *
     * @param seconds       from its start to the end of its first turn
     * @param peakMebibytes peak resident memory
     */
    record Figures(double seconds, int requests, double peakMebibytes, BenchmarkTopic.Checksum written) {}

    private final LiveProduct product;

    LargeAccount(LiveProduct product) {
        this.product = product;
    }

    Figures run(BenchmarkApi api, BenchmarkTopic topic) throws IOException, InterruptedException {
        api.resetRequests();
        long startedAt = System.nanoTime();
        try (JavaProcess process = product.start(api.url(), topic.name(), SETTINGS)) {
            process.killAfter(TIMEOUT);
            process.awaitLine("scanned source=");
            Figures figures = new Figures(
                    (System.nanoTime() - startedAt) / 1e9, api.requests(), process.peakMebibytes(), topic.read());
            System.out.println("large account: " + figures);
            return figures;
        }
    }
}
