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
    private final ScanMonitor ledger = new ScanMonitor(new SimpleMeterRegistry(), clock);

    @Test
    void givesASourceTheTimeOfItsFirstWalkUntilOneEndsWell() {
        Scan walk = TestSource.walk(RECORDS);
        ledger.begun(walk);
        clock.move(Duration.ofMinutes(1));
        walk.abort();
        ledger.ended(walk);

        assertThat(ledger.succeeded()).isEqualTo(Map.of(RECORDS, walk.begun()));
        assertThat(ledger.moved()).isEqualTo(Map.of(RECORDS, clock.instant()));
    }

    @Test
    void holdsNoStaleTimeOfASourceThatComesBack() {
        ledger.begun(TestSource.walk(RECORDS));
        ledger.keepTimes(source -> false);
        clock.move(Duration.ofDays(1));
        Scan later = new Scan(RECORDS, null, clock.instant());

        ledger.begun(later);

        assertThat(ledger.succeeded()).isEqualTo(Map.of(RECORDS, clock.instant()));
        assertThat(ledger.moved()).isEqualTo(Map.of(RECORDS, clock.instant()));
    }
}
