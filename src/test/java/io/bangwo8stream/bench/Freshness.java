package io.bangwo8stream.bench;

import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.StandIn;
import io.bangwo8stream.standin.VendorTime;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The time from the creation of a record at the API to its event in Kafka. */
final class Freshness {

    private static final int DAYS = 540;
    private static final int RECORDS_PER_DAY = 100;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final int SAMPLES = 40;
    private static final long FIRST_ID = 8_000_000;
    private static final int LONGEST_PAUSE_MS = 2_000;

    private static final Map<String, String> POLLING = Map.of("BANGWO8_POLL_INTERVAL", "2s", "BANGWO8_LOOK_BACK", "2d");

    private final LiveProduct product;

    Freshness(LiveProduct product) {
        this.product = product;
    }

    /** Median seconds of a product that has nothing else to do. */
    double idle(BenchmarkTopic topic) throws IOException, InterruptedException {
        return median("idle", topic, POLLING, "scanned source=");
    }

    /** Median seconds of a product that sweeps 90 days again and again, and backfills 450 days before them. */
    double busy(BenchmarkTopic topic) throws IOException, InterruptedException {
        Map<String, String> settings = Map.of(
                "BANGWO8_POLL_INTERVAL",
                "2s",
                "BANGWO8_LOOK_BACK",
                "90d",
                "BANGWO8_SWEEP_INTERVAL",
                "20s",
                "BANGWO8_START_DATE",
                LocalDate.now(VendorTime.ZONE).minusDays(DAYS - 1).toString());
        return median("busy", topic, settings, "backfilled source=");
    }

    /** @param ready text of the log after which the product is in the wanted condition */
    private double median(String name, BenchmarkTopic topic, Map<String, String> settings, String ready)
            throws IOException, InterruptedException {
        HelpDesk desk = HelpDesk.uniform(DAYS * RECORDS_PER_DAY, DAYS, 0, Clock.systemUTC());
        try (StandIn api = StandIn.start(desk, 0)) {
            api.faults().setLatency(LATENCY);
            try (JavaProcess process = product.start(api.baseUri().toString(), topic.name(), settings)) {
                process.awaitLine(ready);
                process.forEachLine(line -> {});
                double[] seconds = sample(desk, topic);
                System.out.printf("freshness %s: %s%n", name, Arrays.toString(seconds));
                process.requireAlive();
                return seconds[SAMPLES / 2];
            }
        }
    }

    /** The seconds of all samples, sorted. */
    private static double[] sample(HelpDesk desk, BenchmarkTopic topic) throws InterruptedException {
        double[] seconds = new double[SAMPLES];
        Random random = new Random(1);
        try (BenchmarkTopic.Follower events = topic.follow()) {
            for (int i = 0; i < SAMPLES; i++) {
                // A fixed pause would meet each poll at the same moment.
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MS));
                long createdAt = System.nanoTime();
                String id = desk.add(
                        SampleRows.remoteRecord(FIRST_ID + i, VendorTime.padded(VendorTime.now(Clock.systemUTC()))));
                events.await(id);
                seconds[i] = (System.nanoTime() - createdAt) / 1e9;
            }
        }
        Arrays.sort(seconds);
        return seconds;
    }
}
