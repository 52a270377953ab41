package io.bangwo8stream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ScanHealthTest {

    private static final Source RECORDS = TestSource.remoteRecords();
    private static final Source CALLS = TestSource.with("source", "calls", "stream", "calls");

    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final ScanMonitor monitor = TestSource.monitor(new SimpleMeterRegistry(), clock);
    private final Set<String> led = new HashSet<>(Set.of("remote-records", "calls"));
    private final ScanHealth health = new ScanHealth(TestSettings.of(), monitor, led::contains, clock);
    private final HealthCheck readiness = health.recent();
    private final HealthCheck liveness = health.moving();

    @Test
    void reportsNotReadyAndLaterNotAliveWhenAScanOfALedStreamMakesNoProgress() {
        commitPageOf(RECORDS);
        clock.advance(Duration.ofMinutes(5));
        assertThat(statuses()).containsExactly(Status.UP, Status.UP);

        clock.advance(Duration.ofSeconds(1));
        assertThat(statuses()).containsExactly(Status.DOWN, Status.UP);

        clock.advance(Duration.ofMinutes(75));
        assertThat(statuses()).containsExactly(Status.DOWN, Status.DOWN);
    }

    @Test
    void reportsUpWhenAnotherInstanceHasTakenOverTheLeadership() {
        commitPageOf(RECORDS);
        led.remove("remote-records");
        clock.advance(Duration.ofDays(1));

        assertThat(statuses()).containsExactly(Status.UP, Status.UP);
        assertThat(readiness.call().getData()).isEmpty();
    }

    @Test
    void checksOnlyTheStreamsThatThisInstanceStillLeads() {
        commitPageOf(RECORDS);
        commitPageOf(CALLS);
        led.remove("remote-records");
        clock.advance(Duration.ofDays(1));

        assertThat(statuses()).containsExactly(Status.DOWN, Status.DOWN);
        assertThat(readiness.call().getData().orElseThrow()).containsOnlyKeys("calls");
    }

    @Test
    void reportsUpWhenTheLeadershipReturnsAfterALongTime() {
        commitPageOf(RECORDS);
        led.remove("remote-records");
        clock.advance(Duration.ofDays(1));
        statuses();
        led.add("remote-records");

        assertThat(statuses()).containsExactly(Status.UP, Status.UP);
    }

    private void commitPageOf(Source source) {
        monitor.committed(TestSource.scan(source));
    }

    private List<Status> statuses() {
        return List.of(readiness.call().getStatus(), liveness.call().getStatus());
    }
}
