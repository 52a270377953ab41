package io.bangwo8stream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.kafka.InMemoryEventStreams;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.schedule.SourceNote;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.impl.DefaultCamelContext;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourcesCheckTest {

    private static final Source RECORDS = TestSource.remoteRecords();
    private static final String SELF = "this instance";

    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final ScanMonitor monitor = TestSource.monitor(new SimpleMeterRegistry(), clock);
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Map<String, String> leaders = new HashMap<>(Map.of(RECORDS.stream(), SELF));
    private final Settings settings = TestSettings.of();
    private final InMemoryEventStreams streams = new InMemoryEventStreams(settings);
    private final ScanScheduleRegistry schedules =
            new ScanScheduleRegistry(sources(), streams, settings, clock.watch());
    private final SourcesCheck check =
            new SourcesCheck(context, sources(), settings, monitor, leadership(), streams, schedules);

    @BeforeEach
    void startContext() {
        context.start();
    }

    @AfterEach
    void stopContext() {
        context.stop();
    }

    @Test
    void isReadyOnceTheNewestDaysAreScannedAndATransactionIsCommitted() throws Exception {
        assertNotReady("its first scan is about to begin");
        Scan scan = TestSource.scanOfTheNewestDays(RECORDS);
        TestSource.begin(monitor, scan);
        assertNotReady("not scanned completely yet; a scan is running");

        TestSource.endWindow(monitor, scan);
        assertNotReady("scanned, but no transaction is committed yet: the log says why, if that stays so");

        commit();

        assertThat(call().getStatus()).isEqualTo(Status.UP);
        assertThat(data()).isEqualTo("scanned 0 s ago");
    }

    private void commit() throws InterruptedException {
        streams.of(RECORDS.stream()).commitBesideScans(() -> {
            WriteBatch batch = new WriteBatch();
            batch.storeNote("any", LenientJson.object());
            return batch;
        });
    }

    @Test
    void isReadyAndNamesTheDaysThatAreIncomplete() throws Exception {
        succeed();
        LocalDate day = LocalDate.of(2026, 1, 29);
        schedules.of(RECORDS).failed(new DateRange(day, day));

        assertThat(call().getStatus()).isEqualTo(Status.UP);
        assertThat(data())
                .isEqualTo(
                        "scanned 0 s ago; incomplete days: 1, the last one 2026-01-29: the log event scan-incomplete or"
                                + " endpoint-down says why, and later scans try again");
    }

    @Test
    void isNotReadyAndNamesTheReasonAfterThreeIntervalsWithoutASuccess() throws Exception {
        succeed();
        Scan failing = TestSource.scanOfTheNewestDays(RECORDS);
        TestSource.begin(monitor, failing);
        TestSource.failWindow(monitor, failing, "GET /remoterecord/histories.json answered 401");
        clock.advance(Duration.ofSeconds(90));
        assertThat(call().getStatus()).isEqualTo(Status.UP);

        clock.advance(Duration.ofSeconds(1));
        assertNotReady("not scanned completely for 91 s: GET /remoterecord/histories.json answered 401");
    }

    @Test
    void isNotReadyWhenTheApiHangs() throws Exception {
        succeed();
        TestSource.begin(monitor, TestSource.scanOfTheNewestDays(RECORDS));
        clock.advance(Duration.ofSeconds(91));

        assertNotReady("not scanned completely for 91 s; a scan is running");
    }

    @Test
    void staysReadyDuringALongScanThatCommitsPages() throws Exception {
        succeed();
        Scan scan = TestSource.scanOfTheNewestDays(RECORDS);
        TestSource.begin(monitor, scan);
        clock.advance(Duration.ofMinutes(5));
        monitor.committed(scan);

        assertThat(call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isReadyAndNamesASourceThatIsPaused() throws Exception {
        streams.of(RECORDS.stream()).commitBesideScans(() -> {
            WriteBatch batch = new WriteBatch();
            SourceNote.PAUSED.store(batch, RECORDS, clock.instant());
            return batch;
        });

        assertThat(call().getStatus()).isEqualTo(Status.UP);
        assertThat(data())
                .isEqualTo("paused by an operator since 2026-01-31T04:00:00Z, not scanned: the command resume --source "
                        + "remote-records ends that");
    }

    @Test
    void isReadyWhenAnotherInstanceLeads() {
        leaders.put(RECORDS.stream(), "host-2");

        assertThat(call().getStatus()).isEqualTo(Status.UP);
        assertThat(data()).isEqualTo("led by host-2");
    }

    @Test
    void isNotReadyWhenNobodyKnownLeads() throws Exception {
        succeed();
        leaders.clear();

        assertNotReady("no known instance leads the stream remote-records (unknown)");
    }

    @Test
    void forgetsTheTimesOfAnEarlierLeadership() throws Exception {
        succeed();
        leaders.put(RECORDS.stream(), "host-2");
        call();
        leaders.put(RECORDS.stream(), SELF);

        assertNotReady("its first scan is about to begin");
    }

    private void succeed() throws InterruptedException {
        Scan scan = TestSource.scanOfTheNewestDays(RECORDS);
        TestSource.begin(monitor, scan);
        TestSource.endWindow(monitor, scan);
        TestSource.end(monitor, scan);
        commit();
    }

    private void assertNotReady(String reason) {
        assertThat(call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(data()).isEqualTo(reason);
    }

    private Object data() {
        return call().getData().orElseThrow().get(RECORDS.name());
    }

    private HealthCheckResponse call() {
        return check.call();
    }

    private SourceRegistry sources() {
        return new SourceRegistry(context, null, settings) {
            @Override
            public Set<String> on() {
                return new TreeSet<>(Set.of(RECORDS.name()));
            }

            @Override
            public Source get(String name) {
                return RECORDS;
            }
        };
    }

    private LeadershipCheck leadership() {
        return new LeadershipCheck() {
            @Override
            public boolean leads(String stream) {
                return SELF.equals(leaders.get(stream));
            }

            @Override
            public Optional<String> leaderOf(String stream) {
                return Optional.ofNullable(leaders.get(stream));
            }
        };
    }
}
