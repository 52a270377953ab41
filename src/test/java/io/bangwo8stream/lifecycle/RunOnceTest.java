package io.bangwo8stream.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.cluster.LeadershipStatus;
import io.bangwo8stream.cluster.LogLines;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.time.MonotonicTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunOnceTest {

    private static final Source RECORDS = TestSource.remoteRecords();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ScanMonitor monitor = TestSource.monitor(new SimpleMeterRegistry(), () -> Duration.ZERO);
    private final BlockingQueue<Integer> exitCodes = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> routeStoppedAtExit = new LinkedBlockingQueue<>();
    private final RunOnce runOnce = new RunOnce(
            TestSettings.of("bangwo8.once", "true"), context, stream -> true, () -> Duration.ZERO, this::exit);

    @BeforeEach
    void startRun() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:records").routeId(RECORDS.name()).stop();
            }
        });
        context.start();
        runOnce.listen(null, monitor);
        runOnce.awaits(List.of(RECORDS));
    }

    @AfterEach
    void stopContext() {
        context.stop();
    }

    private void exit(int code) {
        routeStoppedAtExit.add(
                context.getRouteController().getRouteStatus(RECORDS.name()).isStopped());
        exitCodes.add(code);
    }

    @Test
    void waitsForTheLeadershipAgainAfterATurnThatLostItBeforeItsFirstWindow() {
        TestSource.end(monitor, TestSource.scanWithoutLeadership(RECORDS));
        TestSource.end(monitor, TestSource.scan(RECORDS));

        await().until(() -> !exitCodes.isEmpty());
        assertThat(exitCodes).containsExactly(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LED | another running instance of the tenant leads its streams. Stop that instance and run again, or let it publish the changes
            STREAM_UNLED | another running instance of the tenant leads its streams. Stop that instance and run again, or let it publish the changes
            ELECTING | no instance leads them. Run again
            GROUP_REFUSED | grant Read on the group
            """)
    void saysAfterAMinuteWhyItDoesNotLead(LeadershipStatus.Reason reason, String text) {
        LeadershipStatus status = new LeadershipStatus(reason, Optional.empty(), false, "grant Read on the group");
        RunOnce unled = new RunOnce(
                TestSettings.of("bangwo8.once", "true"), context, new Unled(status), halfAMinutePerCall(), this::exit);

        try (LogLines log = LogLines.of(RunOnce.class)) {
            unled.awaits(List.of(RECORDS));

            await().until(() -> !exitCodes.isEmpty());
            assertThat(log.all())
                    .containsExactly("not-scanned sources=[remote-records] tenant=default: this run did not lead their"
                            + " streams for 60 s: " + text);
        }
        assertThat(exitCodes).containsExactly(1);
    }

    private static MonotonicTime halfAMinutePerCall() {
        AtomicReference<Duration> elapsed = new AtomicReference<>(Duration.ZERO);
        return () -> elapsed.updateAndGet(before -> before.plusSeconds(30));
    }

    /** An instance that leads nothing. */
    private record Unled(LeadershipStatus status) implements LeadershipCheck {

        @Override
        public boolean leads(String stream) {
            return false;
        }

        @Override
        public LeadershipStatus status(String stream) {
            return status;
        }
    }

    @Test
    void exitsAfterTheRoutesOfAllSourcesHaveStopped() {
        TestSource.end(monitor, TestSource.scan(RECORDS));

        await().until(() -> !exitCodes.isEmpty());
        assertThat(routeStoppedAtExit).containsExactly(true);
    }
}
