package io.bangwo8stream.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    @Test
    void exitsAfterTheRoutesOfAllSourcesHaveStopped() {
        TestSource.end(monitor, TestSource.scan(RECORDS));

        await().until(() -> !exitCodes.isEmpty());
        assertThat(routeStoppedAtExit).containsExactly(true);
    }
}
