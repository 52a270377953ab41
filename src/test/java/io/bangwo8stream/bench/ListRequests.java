package io.bangwo8stream.bench;

import io.bangwo8stream.process.JavaProcess;
import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.StandIn;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The requests for lists that the product sends in an hour in which nothing changes at the API. */
final class ListRequests {

    /** How many times faster than with the default intervals the product polls and sweeps here. */
    private static final int FASTER = 30;

    private static final Duration MEASURED = Duration.ofHours(1).dividedBy(FASTER);
    private static final int DAYS = 9;

    private static final Map<String, String> SETTINGS = Map.of(
            "BANGWO8_POLL_INTERVAL", "1s", "BANGWO8_SWEEP_INTERVAL", "30s", "BANGWO8_REVISIT_AFTER", "10m,1h,1d");

    private final LiveProduct product;

    ListRequests(LiveProduct product) {
        this.product = product;
    }

    /** @param recordsPerDay of the account */
    int inAnHour(int recordsPerDay, BenchmarkTopic topic) throws IOException, InterruptedException {
        HelpDesk desk = HelpDesk.uniform(recordsPerDay * DAYS, DAYS, 0, Clock.systemUTC());
        try (StandIn api = StandIn.start(desk, 0);
                JavaProcess process = product.start(api.baseUri().toString(), topic.name(), SETTINGS)) {
            process.awaitLine("scanned source=");
            process.forEachLine(line -> {});
            api.requests().reset();
            TimeUnit.MILLISECONDS.sleep(MEASURED.toMillis());
            process.requireAlive();
            System.out.printf(
                    "list requests, %d records a day: %s%n",
                    recordsPerDay, api.requests().counts());
            return api.requests().count("histories") + api.requests().count("histories_v2");
        }
    }
}
