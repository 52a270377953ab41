package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.source.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScanMonitorTest {

    private static final Source RECORDS = TestSource.remoteRecords();

    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final ScanMonitor monitor = new ScanMonitor(new SimpleMeterRegistry(), clock);

    @Test
    void reportsTheStartOfTheFirstScanAsTheLastSuccessUntilAScanSucceeds() {
        Scan scan = TestSource.scan(RECORDS);
        monitor.started(scan);
        clock.advance(Duration.ofMinutes(1));
        scan.abort();
        monitor.ended(scan);

        assertThat(monitor.lastSuccess()).isEqualTo(Map.of(RECORDS, scan.startedAt()));
        assertThat(monitor.lastProgress()).isEqualTo(Map.of(RECORDS, clock.instant()));
    }

    @Test
    void keepsNoOldTimesOfASourceThatThisInstanceScansAgain() {
        monitor.started(TestSource.scan(RECORDS));
        monitor.keepTimes(source -> false);
        clock.advance(Duration.ofDays(1));
        Scan later = new Scan(RECORDS, null, clock.instant());

        monitor.started(later);

        assertThat(monitor.lastSuccess()).isEqualTo(Map.of(RECORDS, clock.instant()));
        assertThat(monitor.lastProgress()).isEqualTo(Map.of(RECORDS, clock.instant()));
    }
}
