package io.bangwo8stream.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanScheduleTest {

    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");

    @Test
    void sweepsTheLookBackFirst() {
        assertThat(next(schedule())).isEqualTo("sweep 2026-01-24..2026-01-31");
    }

    @Test
    void scansTheNewestTwoDaysInEveryTurnAndSweepsAfterEverySweepInterval() {
        ScanSchedule schedule = schedule();
        List<String> turns = new ArrayList<>();
        for (int second = 0; second <= 16 * 60; second += 30) {
            schedule.turn();
            turns.add(next(schedule));
            assertThat(next(schedule)).as("only one window is due in a turn").isEqualTo("none");
            clock.advance(Duration.ofSeconds(30));
        }

        assertThat(turns.get(0)).startsWith("sweep");
        assertThat(turns.subList(1, 30)).containsOnly("recent 2026-01-30..2026-01-31");
        assertThat(turns.get(30)).isEqualTo("sweep 2026-01-24..2026-01-31");
        assertThat(turns.subList(31, 33)).containsOnly("recent 2026-01-30..2026-01-31");
    }

    @Test
    void findsARecentScanDueAgainWhenThePollIntervalPassesWithinATurn() {
        ScanSchedule schedule = schedule();
        next(schedule);
        assertThat(schedule.isRecentDue()).isFalse();

        clock.advance(Duration.ofSeconds(30));

        assertThat(schedule.isRecentDue()).isTrue();
        assertThat(next(schedule)).startsWith("recent");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T15:59:59Z, Asia/Shanghai,    2026-01-31",
        "2026-01-31T16:00:00Z, Asia/Shanghai,    2026-02-01",
        "2026-01-31T16:00:00Z, UTC,              2026-01-31",
        "2026-01-31T04:59:59Z, America/New_York, 2026-01-30",
    })
    void changesTheDayAtMidnightOfTheConfiguredZone(String now, String zone, LocalDate today) {
        TestClock clock = new TestClock(now);
        ScanSchedule schedule = new ScanSchedule(
                TestSource.remoteRecords(),
                TestSettings.of("bangwo8.zone", zone, "bangwo8.poll-interval", "1ms"),
                clock);

        assertThat(next(schedule)).isEqualTo("sweep " + today.minusDays(7) + ".." + today);
        clock.advance(Duration.ofMillis(1));
        schedule.turn();
        assertThat(next(schedule)).isEqualTo("recent " + today.minusDays(1) + ".." + today);
    }

    @Test
    void findsARecentScanDueInATurnThatStartsAFewMillisecondsEarly() {
        ScanSchedule schedule = schedule();
        next(schedule);
        clock.advance(Duration.ofMillis(29_990));
        schedule.turn();

        assertThat(next(schedule)).startsWith("recent");
    }

    @Test
    void pausesAfterAScanThatTookLongerThanTheInterval() {
        ScanSchedule schedule = schedule();
        next(schedule);
        clock.advance(Duration.ofSeconds(31));
        schedule.scanned();

        // A timer starts the next task at once when the previous one took longer than the period.
        schedule.turn();
        assertThat(next(schedule)).isEqualTo("none");
        clock.advance(Duration.ofSeconds(30));
        schedule.turn();
        assertThat(next(schedule)).startsWith("recent");
    }

    @Test
    void extendsASweepToTheOldestPendingRecordButDoesNotExtendARecentScan() {
        ScanSchedule schedule = schedule();
        Optional<LocalDate> pending = Optional.of(LocalDate.of(2026, 1, 2));

        assertThat(next(schedule, pending, null)).isEqualTo("sweep 2026-01-02..2026-01-31");
        clock.advance(Duration.ofSeconds(30));
        schedule.turn();
        assertThat(next(schedule, pending, null)).isEqualTo("recent 2026-01-30..2026-01-31");
    }

    @Test
    void doesNotShortenASweepToANewPendingRecord() {
        assertThat(next(schedule(), Optional.of(LocalDate.of(2026, 1, 30)), null))
                .startsWith("sweep 2026-01-24");
    }

    @ParameterizedTest
    @CsvSource({"90d, 7d, 2025-11-02", "10d, 7d, 2026-01-21", "3d, 7d, 2026-01-24"})
    void doesNotExtendASweepBeyondTheMaximumLookBack(String maxLookBack, String lookBack, LocalDate first) {
        ScanSchedule schedule = schedule("bangwo8.max-look-back", maxLookBack, "bangwo8.look-back", lookBack);

        assertThat(next(schedule, Optional.of(LocalDate.of(2020, 1, 1)), null))
                .isEqualTo("sweep " + first + "..2026-01-31");
        assertThat(schedule.furthestDay()).isEqualTo(first);
    }

    @Test
    void backfillsDayByDayFromTheStartDateToTheLookBack() {
        ScanSchedule schedule = schedule("bangwo8.start-date", "2026-01-21");
        assertThat(next(schedule)).startsWith("sweep");
        List<String> days = new ArrayList<>();
        LocalDate done = null;
        for (int turn = 0; turn < 5; turn++) {
            days.add(next(schedule, Optional.empty(), done) + " left=" + schedule.backfillDaysLeft(done));
            done = (done == null ? LocalDate.of(2026, 1, 21) : done).plusDays(1);
        }

        assertThat(days)
                .containsExactly(
                        "backfill 2026-01-21..2026-01-21 left=3",
                        "backfill 2026-01-22..2026-01-22 left=2",
                        "backfill 2026-01-23..2026-01-23 left=1",
                        "none left=0",
                        "none left=0");
    }

    @Test
    void scansRecentDaysAndSweepsBeforeABackfillContinues() {
        ScanSchedule schedule = schedule("bangwo8.start-date", "2025-06-01");
        next(schedule);
        assertThat(next(schedule)).startsWith("backfill");
        clock.advance(Duration.ofSeconds(30));
        assertThat(next(schedule)).startsWith("recent");
        assertThat(next(schedule)).startsWith("backfill");
        clock.advance(Duration.ofMinutes(15));
        assertThat(next(schedule)).startsWith("sweep");
        assertThat(next(schedule)).startsWith("backfill");
    }

    @Test
    void startsTheLookBackNoEarlierThanTheStartDate() {
        assertThat(next(schedule("bangwo8.start-date", "2026-01-29"))).isEqualTo("sweep 2026-01-29..2026-01-31");
        assertThat(next(schedule("bangwo8.start-date", "2026-02-10"))).isEqualTo("sweep 2026-01-24..2026-01-31");
    }

    @Test
    void scansEachWindowOnlyOnceInOnceMode() {
        ScanSchedule schedule = schedule("bangwo8.once", "true", "bangwo8.start-date", "2026-01-22");

        assertThat(next(schedule)).startsWith("sweep 2026-01-24");
        assertThat(next(schedule, Optional.empty(), null)).isEqualTo("backfill 2026-01-22..2026-01-22");
        clock.advance(Duration.ofDays(1));
        schedule.turn();
        assertThat(next(schedule, Optional.empty(), LocalDate.of(2026, 1, 25))).isEqualTo("none");
    }

    @Test
    void onlySweepsAListWithoutAWindow() {
        ScanSchedule schedule = new ScanSchedule(
                TestSource.with("window", ""), TestSettings.of("bangwo8.start-date", "2025-01-01"), clock);

        assertThat(next(schedule)).startsWith("sweep");
        schedule.turn();
        assertThat(next(schedule)).isEqualTo("none");
        clock.advance(Duration.ofMinutes(15));
        assertThat(next(schedule)).startsWith("sweep");
    }

    private ScanSchedule schedule(String... settings) {
        return new ScanSchedule(TestSource.remoteRecords(), TestSettings.of(settings), clock);
    }

    private static String next(ScanSchedule schedule) {
        return next(schedule, Optional.empty(), null);
    }

    private static String next(ScanSchedule schedule, Optional<LocalDate> oldestPending, LocalDate backfilledTo) {
        return schedule.next(oldestPending, backfilledTo)
                .map(due -> due.mode() + " " + due.window())
                .orElse("none");
    }
}
