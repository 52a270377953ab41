package io.bangwo8stream.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bangwo8stream.process.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a clock that is set back by 30 days: Kafka's clients measure their pauses with it, and would wait for as long. */
class ClockSetBackIT {

    private static final Duration AHEAD = Duration.ofDays(30);

    @TempDir
    Path directory;

    private final TestTenant tenant = TestTenant.of(ClockSetBackIT.class).with("bangwo8.sweep-interval", "2s");
    private Product product;

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void publishesAtOnceWhetherTheBrokerWasRestartedMeanwhileOrNot() {
        Optional<FakeClock> found = FakeClock.in(directory.resolve("clock"));
        assumeTrue(found.isPresent(), "the package faketime is not installed");
        FakeClock clock = found.orElseThrow();
        clock.environment().forEach(tenant::with);
        product = tenant.startPolling();
        publishes(1);

        set(clock, AHEAD);
        publishes(2);
        set(clock, Duration.ZERO);
        publishes(3);

        set(clock, AHEAD);
        // A slow broker stops for so long that the leadership lapses meanwhile.
        int from = product.lines().size();
        Broker.whileStopped(() -> {
            product.awaitLine(from, "leadership-lapsed");
            set(clock, Duration.ZERO);
        });
        publishes(4);
    }

    private void set(FakeClock clock, Duration ahead) {
        clock.set(ahead);
        String trusted = ahead.isZero() ? "1" : "0";
        await().atMost(Product.PATIENCE)
                .until(() -> product.management("/q/metrics").body().contains("bangwo8_clock_trusted " + trusted));
    }

    private void publishes(int id) {
        tenant.desk().add(tenant.newRecord(id));
        await("the event of the record " + id)
                .atMost(Product.PATIENCE)
                .until(() -> tenant.keys().contains(String.valueOf(id)));
    }
}
