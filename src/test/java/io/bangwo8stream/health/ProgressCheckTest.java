package io.bangwo8stream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.RequestActivity;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ProgressCheckTest {

    private static final Source RECORDS = TestSource.remoteRecords();
    private static final Source AGENTS = TestSource.with("source", "agent-records");
    private static final ApiRequest REQUEST =
            new ApiRequest("/list.json", "/list.json", Map.of()).forStream("remote-records");
    private static final Source CALLS = TestSource.with("source", "calls", "stream", "calls");

    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final ScanMonitor monitor = TestSource.monitor(new SimpleMeterRegistry(), clock);
    private final RequestActivity requests = new RequestActivity(clock::nanos);
    private final Set<String> led = new HashSet<>(Set.of("remote-records", "calls"));
    private final ProgressCheck check =
            new ProgressCheck(monitor, requests, led::contains, TestSettings.of(), TestSettings.config());

    @Test
    void isNotAliveWhenATurnStandsStillForTenMinutes() {
        TestSource.begin(monitor, TestSource.scan(RECORDS));
        clock.advance(Duration.ofMinutes(10));
        assertThat(status()).isEqualTo(Status.UP);

        clock.advance(Duration.ofSeconds(1));
        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(check.call().getData().orElseThrow()).containsOnlyKeys("remote-records");
    }

    @Test
    void isNotAliveWhenNoTurnBegins() {
        Scan scan = TestSource.scan(RECORDS);
        TestSource.begin(monitor, scan);
        TestSource.end(monitor, scan);
        clock.advance(Duration.ofSeconds(630));
        assertThat(status()).isEqualTo(Status.UP);

        clock.advance(Duration.ofSeconds(1));
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void isAliveWhileRequestsFail() {
        TestSource.begin(monitor, TestSource.scan(RECORDS));
        for (int minutes = 0; minutes < 40; minutes += 5) {
            clock.advance(Duration.ofMinutes(5));
            requests.moved(REQUEST);
            assertThat(status()).isEqualTo(Status.UP);
        }
    }

    @Test
    void isNotAliveWhenAStreamStandsStillWhileRequestsOfAnotherOneGoOn() {
        TestSource.begin(monitor, TestSource.scan(RECORDS));
        TestSource.begin(monitor, TestSource.scan(CALLS));
        clock.advance(Duration.ofMinutes(6));
        requests.moved(REQUEST);
        clock.advance(Duration.ofMinutes(5));

        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(check.call().getData().orElseThrow()).containsOnlyKeys("calls");
    }

    /** Each stream waits for the same token, whose requests may fail for long. */
    @Test
    void isAliveWhileATokenIsFetched() {
        TestSource.begin(monitor, TestSource.scan(RECORDS));
        TestSource.begin(monitor, TestSource.scan(CALLS));
        for (int minutes = 0; minutes < 40; minutes += 5) {
            clock.advance(Duration.ofMinutes(5));
            requests.moved(new ApiRequest("/token.php", "/token.php", Map.of()));
            assertThat(status()).isEqualTo(Status.UP);
        }
    }

    @Test
    void isNotAliveWhenAStreamStandsStillWhileTheLoginIsProbed() {
        TestSource.begin(monitor, TestSource.scan(RECORDS));
        for (int minutes = 0; minutes < 15; minutes += 5) {
            clock.advance(Duration.ofMinutes(5));
            requests.moved(REQUEST.forStream(""));
        }

        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void isAliveWhileARequestMayTakeLongerThanTenMinutes() {
        ProgressCheck patient = new ProgressCheck(
                monitor,
                requests,
                led::contains,
                TestSettings.of("bangwo8.request-timeout", "15m"),
                TestSettings.config());
        TestSource.begin(monitor, TestSource.scan(RECORDS));
        clock.advance(Duration.ofMinutes(15));

        assertThat(patient.call().getStatus()).isEqualTo(Status.UP);
        clock.advance(Duration.ofMinutes(31));
        assertThat(patient.call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isNotAliveWhenTheFirstTurnOfAStreamCannotBegin() {
        TestSource.await(monitor, TestSource.scan(RECORDS));
        clock.advance(Duration.ofMinutes(11));

        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void isNotAliveWhenAPageTakesLongerThanItsRequestsWithAllRetriesCan() {
        TestSource.begin(monitor, TestSource.scan(RECORDS));
        for (int minutes = 0; minutes < 60; minutes += 5) {
            clock.advance(Duration.ofMinutes(5));
            requests.moved(REQUEST);
        }
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void isAliveWhileAnotherSourceOfTheStreamScans() {
        Scan waiting = TestSource.scan(RECORDS);
        TestSource.begin(monitor, waiting);
        TestSource.end(monitor, waiting);
        Scan running = TestSource.scan(AGENTS);
        TestSource.begin(monitor, running);
        clock.advance(Duration.ofHours(2));
        monitor.committed(running);

        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isAliveWhenAnotherInstanceLeads() {
        Scan scan = TestSource.scan(RECORDS);
        TestSource.begin(monitor, scan);
        TestSource.end(monitor, scan);
        led.clear();
        clock.advance(Duration.ofDays(1));

        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isNotAliveWhenATurnThatStandsStillHoldsAStreamThatAnotherInstanceShouldLead() {
        TestSource.begin(monitor, TestSource.scan(CALLS));
        led.clear();
        clock.advance(Duration.ofMinutes(11));

        assertThat(status()).isEqualTo(Status.DOWN);
    }

    private Status status() {
        return check.call().getStatus();
    }
}
