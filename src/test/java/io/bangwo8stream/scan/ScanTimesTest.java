package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ScanTimesTest {

    private static final Source RECORDS = TestSource.remoteRecords();
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);
    private static final LocalDate YESTERDAY = TODAY.minusDays(1);

    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final ScanTimes times = new ScanTimes(clock::nanos);

    @Test
    void needsACompleteScanOfBothOfTheNewestDays() {
        succeed(TODAY);
        assertThat(status().sinceSuccess()).isEmpty();

        succeed(YESTERDAY);
        assertThat(status().sinceSuccess()).contains(Duration.ZERO);
        assertThat(status().completeFor()).contains(Duration.ofSeconds(2));
    }

    @Test
    void isNotCompleteWhileOneOfTheNewestDaysFailsAgainAndAgain() {
        succeed(TODAY);
        succeed(YESTERDAY);
        for (int scans = 0; scans < 5; scans++) {
            succeed(TODAY);
            times.failed(RECORDS, day(YESTERDAY), TODAY, "page 2 answered 500");
        }

        assertThat(status().completeFor()).contains(Duration.ofSeconds(6));
        assertThat(status().sinceSuccess()).contains(Duration.ofSeconds(4));
        assertThat(status().failure()).contains("page 2 answered 500");
    }

    @Test
    void takesTheFailureOfAnOlderDayForNone() {
        succeed(TODAY);
        succeed(YESTERDAY);
        times.failed(RECORDS, day(TODAY.minusDays(5)), TODAY, "page 2 answered 500");

        assertThat(status().failure()).isEmpty();
    }

    @Test
    void takesABackfillForNoScanOfTheNewestDays() {
        succeed(TODAY);
        succeed(YESTERDAY);
        clock.advance(Duration.ofMinutes(10));
        succeed(TODAY.minusDays(40));

        assertThat(status().completeFor())
                .hasValueSatisfying(age -> assertThat(age).isGreaterThan(Duration.ofMinutes(10)));
    }

    @Test
    void keepsNoTimesOfASourceThatAnotherInstanceScansNow() {
        succeed(TODAY);
        times.keep(source -> false);

        assertThat(times.of(RECORDS)).isEmpty();
        assertThat(times.all()).isEmpty();
    }

    /** A scan of one day, which takes a second. */
    private void succeed(LocalDate day) {
        long begun = times.now();
        clock.advance(Duration.ofSeconds(1));
        times.succeeded(RECORDS, day(day), TODAY, begun);
    }

    private static DateRange day(LocalDate day) {
        return new DateRange(day, day);
    }

    private ScanTimes.Status status() {
        return times.of(RECORDS).orElseThrow();
    }
}
