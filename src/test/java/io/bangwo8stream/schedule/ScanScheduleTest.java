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
        assertThat(next(plan())).isEqualTo("sweep 2026-01-24..2026-01-31");
    }

    @Test
    void pollsTheNewestTwoDaysAndSweepsNowAndThen() {
        ScanSchedule plan = plan();
        List<String> turns = new ArrayList<>();
        for (int second = 0; second <= 16 * 60; second += 30) {
            plan.turn();
            turns.add(next(plan));
            assertThat(next(plan)).as("once a turn").isEqualTo("none");
            clock.move(Duration.ofSeconds(30));
        }

        assertThat(turns.get(0)).startsWith("sweep");
        assertThat(turns.subList(1, 30)).containsOnly("poll 2026-01-30..2026-01-31");
        assertThat(turns.get(30)).isEqualTo("sweep 2026-01-24..2026-01-31");
        assertThat(turns.subList(31, 33)).containsOnly("poll 2026-01-30..2026-01-31");
    }

    @Test
    void takesAPollForDueAgainWhenItsIntervalPassesWithinATurn() {
        ScanSchedule plan = plan();
        next(plan);
        assertThat(plan.isPollDue()).isFalse();

        clock.move(Duration.ofSeconds(30));

        assertThat(plan.isPollDue()).isTrue();
        assertThat(next(plan)).startsWith("poll");
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
        ScanSchedule plan = new ScanSchedule(TestSource.remoteRecords(),
                TestSettings.of("bangwo8.zone", zone, "bangwo8.poll-interval", "1ms"), clock);

        assertThat(next(plan)).isEqualTo("sweep " + today.minusDays(7) + ".." + today);
        clock.move(Duration.ofMillis(1));
        plan.turn();
        assertThat(next(plan)).isEqualTo("poll " + today.minusDays(1) + ".." + today);
    }

    @Test
    void pollsAFewMillisecondsBeforeItsTimeWhereATurnBegins() {
        ScanSchedule plan = plan();
        next(plan);
        clock.move(Duration.ofMillis(29_990));
        plan.turn();

        assertThat(next(plan)).startsWith("poll");
    }

    @Test
    void pausesAfterAWalkThatTookLongerThanTheInterval() {
        ScanSchedule plan = plan();
        next(plan);
        clock.move(Duration.ofSeconds(31));
        plan.walked();

        // A timer whose task took too long begins the next one at once.
        plan.turn();
        assertThat(next(plan)).isEqualTo("none");
        clock.move(Duration.ofSeconds(30));
        plan.turn();
        assertThat(next(plan)).startsWith("poll");
    }

    @Test
    void stretchesASweepToTheOldestPendingRecordButNotAPoll() {
        ScanSchedule plan = plan();
        Optional<LocalDate> pending = Optional.of(LocalDate.of(2026, 1, 2));

        assertThat(next(plan, pending, null)).isEqualTo("sweep 2026-01-02..2026-01-31");
        clock.move(Duration.ofSeconds(30));
        plan.turn();
        assertThat(next(plan, pending, null)).isEqualTo("poll 2026-01-30..2026-01-31");
    }

    @Test
    void doesNotShortenASweepToANewPendingRecord() {
        assertThat(next(plan(), Optional.of(LocalDate.of(2026, 1, 30)), null)).startsWith("sweep 2026-01-24");
    }

    @ParameterizedTest
    @CsvSource({"90d, 7d, 2025-11-02", "10d, 7d, 2026-01-21", "3d, 7d, 2026-01-24"})
    void doesNotStretchBeyondItsBound(String most, String lookBack, LocalDate first) {
        ScanSchedule plan = plan("bangwo8.max-look-back", most, "bangwo8.look-back", lookBack);

        assertThat(next(plan, Optional.of(LocalDate.of(2020, 1, 1)), null)).isEqualTo("sweep " + first + "..2026-01-31");
        assertThat(plan.furthestDay()).isEqualTo(first);
    }

    @Test
    void backfillsDayByDayFromTheStartDateToTheLookBack() {
        ScanSchedule plan = plan("bangwo8.start-date", "2026-01-21");
        assertThat(next(plan)).startsWith("sweep");
        List<String> days = new ArrayList<>();
        LocalDate done = null;
        for (int turn = 0; turn < 5; turn++) {
            days.add(next(plan, Optional.empty(), done) + " left=" + plan.backfillDaysLeft(done));
            done = (done == null ? LocalDate.of(2026, 1, 21) : done).plusDays(1);
        }

        assertThat(days).containsExactly("backfill 2026-01-21..2026-01-21 left=3",
                "backfill 2026-01-22..2026-01-22 left=2", "backfill 2026-01-23..2026-01-23 left=1",
                "none left=0", "none left=0");
    }

    @Test
    void letsPollsAndSweepsPassBeforeABackfill() {
        ScanSchedule plan = plan("bangwo8.start-date", "2025-06-01");
        next(plan);
        assertThat(next(plan)).startsWith("backfill");
        clock.move(Duration.ofSeconds(30));
        assertThat(next(plan)).startsWith("poll");
        assertThat(next(plan)).startsWith("backfill");
        clock.move(Duration.ofMinutes(15));
        assertThat(next(plan)).startsWith("sweep");
        assertThat(next(plan)).startsWith("backfill");
    }

    @Test
    void beginsTheLookBackNoEarlierThanTheStartDate() {
        assertThat(next(plan("bangwo8.start-date", "2026-01-29"))).isEqualTo("sweep 2026-01-29..2026-01-31");
        assertThat(next(plan("bangwo8.start-date", "2026-02-10"))).isEqualTo("sweep 2026-01-24..2026-01-31");
    }

    @Test
    void walksEverythingOnceAndNothingAfterThatInOnceMode() {
        ScanSchedule plan = plan("bangwo8.once", "true", "bangwo8.start-date", "2026-01-22");

        assertThat(next(plan)).startsWith("sweep 2026-01-24");
        assertThat(next(plan, Optional.empty(), null)).isEqualTo("backfill 2026-01-22..2026-01-22");
        clock.move(Duration.ofDays(1));
        plan.turn();
        assertThat(next(plan, Optional.empty(), LocalDate.of(2026, 1, 25))).isEqualTo("none");
    }

    @Test
    void onlySweepsAListWithoutAWindow() {
        ScanSchedule plan = new ScanSchedule(TestSource.with("window", "none"),
                TestSettings.of("bangwo8.start-date", "2025-01-01"), clock);

        assertThat(next(plan)).startsWith("sweep");
        plan.turn();
        assertThat(next(plan)).isEqualTo("none");
        clock.move(Duration.ofMinutes(15));
        assertThat(next(plan)).startsWith("sweep");
    }

    private ScanSchedule plan(String... settings) {
        return new ScanSchedule(TestSource.remoteRecords(), TestSettings.of(settings), clock);
    }

    private static String next(ScanSchedule plan) {
        return next(plan, Optional.empty(), null);
    }

    private static String next(ScanSchedule plan, Optional<LocalDate> oldestPending, LocalDate backfilledTo) {
        return plan.next(oldestPending, backfilledTo).map(due -> due.rhythm() + " " + due.window()).orElse("none");
    }
}
