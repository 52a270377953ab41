package io.bangwo8stream.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.DateRange;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanScheduleTest {

    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");

    private DaySet scanned = DaySet.EMPTY;
    private Collection<LocalDate> pending = List.of();
    private final Map<LocalDate, Integer> rows = new HashMap<>();

    @Test
    void sweepsTheLookBackNewestDayFirstInWindowsThatGrowWithWhatIsKnown() {
        assertThat(turn(schedule()))
                .containsExactly(
                        "sweep 2026-01-31..2026-01-31",
                        "sweep 2026-01-30..2026-01-30",
                        "sweep 2026-01-28..2026-01-29",
                        "sweep 2026-01-24..2026-01-27");
    }

    @Test
    void sweepsSmallDaysInOneWindowOnceTheirSizesAreKnown() {
        ScanSchedule schedule = schedule();
        turn(schedule);
        clock.advance(Duration.ofMinutes(15));

        assertThat(turn(schedule)).containsExactly("sweep 2026-01-24..2026-01-31");
    }

    @Test
    void sweepsEveryLargeDayInAWindowOfItsOwn() {
        ScanSchedule schedule = schedule("bangwo8.look-back", "3d");
        for (int day = 28; day <= 31; day++) {
            rows.put(LocalDate.of(2026, 1, day), 600);
        }
        turn(schedule);
        clock.advance(Duration.ofMinutes(15));

        assertThat(turn(schedule))
                .containsExactly(
                        "sweep 2026-01-31..2026-01-31",
                        "sweep 2026-01-30..2026-01-30",
                        "sweep 2026-01-29..2026-01-29",
                        "sweep 2026-01-28..2026-01-28");
    }

    @Test
    void scansTheNewestTwoDaysInEveryTurnAndSweepsAfterEverySweepInterval() {
        ScanSchedule schedule = schedule();
        List<String> turns = new ArrayList<>();
        turn(schedule);
        for (int second = 30; second <= 16 * 60; second += 30) {
            clock.advance(Duration.ofSeconds(30));
            schedule.turn();
            turns.add(String.join(" ", turn(schedule)));
        }

        assertThat(turns.subList(0, 29)).containsOnly("recent 2026-01-30..2026-01-31");
        assertThat(turns.get(29)).isEqualTo("sweep 2026-01-24..2026-01-31");
        assertThat(turns.subList(30, 32)).containsOnly("recent 2026-01-30..2026-01-31");
    }

    @Test
    void scansTheNewestDaysBetweenTheDaysOfASweepThatTakesLong() {
        ScanSchedule schedule = schedule();
        List<String> windows = new ArrayList<>();
        for (String window = next(schedule); !window.equals("none"); window = next(schedule)) {
            windows.add(window.replaceAll(" .*", ""));
            clock.advance(Duration.ofSeconds(31));
            if (windows.size() > 8) {
                break;
            }
        }

        assertThat(windows)
                .containsExactly(
                        "sweep", "recent", "recent", "recent", "recent", "recent", "recent", "recent", "recent");
    }

    @Test
    void findsARecentScanDueAgainWhenThePollIntervalPassesWithinATurn() {
        ScanSchedule schedule = schedule();
        turn(schedule);
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
                clock.watch());

        turn(schedule);
        clock.advance(Duration.ofMillis(1));
        schedule.turn();
        assertThat(next(schedule)).isEqualTo("recent " + today.minusDays(1) + ".." + today);
    }

    @Test
    void findsARecentScanDueInATurnThatStartsAFewMillisecondsEarly() {
        ScanSchedule schedule = schedule();
        turn(schedule);
        clock.advance(Duration.ofMillis(29_990));
        schedule.turn();

        assertThat(next(schedule)).startsWith("recent");
    }

    @Test
    void pausesAfterAScanThatTookLongerThanTheInterval() {
        ScanSchedule schedule = schedule();
        turn(schedule);
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
    void addsTheDaysOfPendingRecordsToASweepAndNoDayBetween() {
        ScanSchedule schedule = schedule();
        pending = List.of(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 30));

        assertThat(turn(schedule)).last().isEqualTo("sweep 2026-01-02..2026-01-02");
        clock.advance(Duration.ofMinutes(15));
        assertThat(turn(schedule)).containsExactly("sweep 2026-01-24..2026-01-31", "sweep 2026-01-02..2026-01-02");
    }

    @ParameterizedTest
    @CsvSource({"90d, 7d, 2025-11-02", "10d, 7d, 2026-01-21", "3d, 7d, 2026-01-24"})
    void sweepsNoDayBeyondTheMaximumLookBack(String maxLookBack, String lookBack, LocalDate first) {
        ScanSchedule schedule = schedule("bangwo8.max-look-back", maxLookBack, "bangwo8.look-back", lookBack);
        pending = List.of(LocalDate.of(2020, 1, 1), first);

        assertThat(turn(schedule)).last().asString().contains(" " + first + "..");
        assertThat(schedule.furthestDay()).isEqualTo(first);
    }

    @Test
    void backfillsFromTheLookBackToTheStartDateNewestDayFirst() {
        ScanSchedule schedule = schedule("bangwo8.start-date", "2026-01-20");
        rows.put(LocalDate.of(2026, 1, 22), 999);
        rows.put(LocalDate.of(2026, 1, 31), 300);

        assertThat(turn(schedule))
                .filteredOn(window -> window.startsWith("backfill"))
                .containsExactly("backfill 2026-01-21..2026-01-23 left=1", "backfill 2026-01-20..2026-01-20 left=0");
        assertThat(scanned).hasToString("2026-01-20:2026-01-20..2026-01-30");
    }

    @Test
    void extendsTheBackfillToAnEarlierStartDate() {
        scanned = DaySet.parse("2026-01-20:2026-01-20..2026-01-30");
        ScanSchedule schedule = schedule("bangwo8.start-date", "2026-01-18");

        assertThat(turn(schedule)).last().isEqualTo("backfill 2026-01-18..2026-01-19 left=0");
    }

    @Test
    void scansTheDaysOfAnOutageThatIsLongerThanTheLookBack() {
        scanned = DaySet.parse("2026-01-01:2026-01-01..2026-01-18");

        assertThat(turn(schedule())).last().isEqualTo("backfill 2026-01-19..2026-01-23 left=0");
        assertThat(scanned).hasToString("2026-01-01:2026-01-01..2026-01-30");
    }

    @Test
    void backfillsOtherDaysWhileADayIsIncompleteAndRetriesThatDayAfterGrowingPauses() {
        ScanSchedule schedule = schedule("bangwo8.start-date", "2026-01-22", "bangwo8.poll-interval", "10m");
        scanned = DaySet.parse("2026-01-22:2026-01-24..2026-01-30");
        LocalDate bad = LocalDate.of(2026, 1, 23);
        schedule.failed(new DateRange(bad, bad));

        assertThat(turn(schedule)).last().isEqualTo("backfill 2026-01-22..2026-01-22 left=1");
        assertThat(schedule.incompleteDays()).containsExactly(bad);
        clock.advance(Duration.ofMinutes(10));
        assertThat(turn(schedule)).last().isEqualTo("backfill 2026-01-23..2026-01-23 left=0");
        assertThat(schedule.incompleteDays()).isEmpty();
    }

    @Test
    void scansEachDayOfAListThatFailedAtOnceAndAlone() {
        ScanSchedule schedule = schedule();
        turn(schedule);
        clock.advance(Duration.ofMinutes(15));
        schedule.separate(due(schedule).orElseThrow());

        assertThat(turn(schedule))
                .hasSize(8)
                .startsWith("sweep 2026-01-31..2026-01-31")
                .endsWith("sweep 2026-01-24..2026-01-24");
        clock.advance(Duration.ofMinutes(15));
        assertThat(turn(schedule)).as("scanned to their end").containsExactly("sweep 2026-01-24..2026-01-31");
    }

    @Test
    void backfillsEachDayOfAListThatFailedAtOnceAndAlone() {
        ScanSchedule schedule = schedule("bangwo8.start-date", "2026-01-17");
        Optional<ScanSchedule.Due> due = due(schedule);
        while (due.orElseThrow().mode() != ScanMode.BACKFILL) {
            schedule.completed(due.get().window(), rows);
            due = due(schedule);
        }
        schedule.separate(due.get());

        assertThat(due.get().window()).hasToString("2026-01-17..2026-01-23");
        assertThat(turn(schedule)).hasSize(7).allMatch(window -> window.matches("backfill (\\S+)\\.\\.\\1 .*"));
    }

    @Test
    void scansADayBeforeTheFirstOneAgainWithoutTheDaysBetween() {
        ScanSchedule schedule = schedule();
        turn(schedule);
        LocalDate bad = LocalDate.of(2026, 1, 2);
        schedule.failed(new DateRange(bad, bad));
        clock.advance(Duration.ofMinutes(1));

        assertThat(schedule.next(scanned, List::of).orElseThrow().mode()).isEqualTo(ScanMode.RECENT);
        assertThat(schedule.next(scanned, List::of).orElseThrow().window()).isEqualTo(new DateRange(bad, bad));
        schedule.completed(new DateRange(bad, bad), Map.of());
        assertThat(schedule.next(scanned, List::of)).isEmpty();
    }

    @Test
    void scansOrderedDaysBehindTheNewestOnesUntilTheyAreNoLongerOrdered() {
        ScanSchedule schedule = schedule();
        turn(schedule);
        LocalDate ordered = LocalDate.of(2026, 1, 2);
        schedule.order(DaySet.EMPTY.with(ordered, ordered));
        clock.advance(Duration.ofSeconds(30));

        assertThat(schedule.next(scanned, List::of).orElseThrow().mode()).isEqualTo(ScanMode.RECENT);
        for (int time = 0; time < 2; time++) {
            ScanSchedule.Due due = schedule.next(scanned, List::of).orElseThrow();
            assertThat(due.mode() + " " + due.window()).isEqualTo("backfill 2026-01-02..2026-01-02");
        }
        schedule.order(DaySet.EMPTY);
        assertThat(schedule.next(scanned, List::of)).isEmpty();
    }

    @Test
    void scansTheRestOfAFirstSweepThatWasInterruptedForLongerThanTheLookBack() {
        scanned = DaySet.parse("2026-01-05:2026-01-12..2026-01-12");

        assertThat(turn(schedule())).last().isEqualTo("backfill 2026-01-05..2026-01-11 left=0");
        assertThat(scanned).hasToString("2026-01-05:2026-01-05..2026-01-30");
    }

    @Test
    void startsANewSweepAfterASweepWhoseWindowsFailed() {
        ScanSchedule schedule = schedule();
        for (String window = next(schedule); !window.equals("none"); window = next(schedule)) {
            assertThat(window).startsWith("sweep");
        }
        clock.advance(Duration.ofMinutes(15));

        assertThat(next(schedule)).startsWith("sweep");
    }

    @Test
    void takesADayForScannedOnlyAfterItsEnd() {
        turn(schedule());

        assertThat(scanned).hasToString("2026-01-24:2026-01-24..2026-01-30");
    }

    @Test
    void startsTheLookBackNoEarlierThanTheStartDate() {
        assertThat(turn(schedule("bangwo8.start-date", "2026-01-29")))
                .containsExactly(
                        "sweep 2026-01-31..2026-01-31", "sweep 2026-01-30..2026-01-30", "sweep 2026-01-29..2026-01-29");
    }

    @Test
    void ignoresAStartDateInTheFuture() {
        turn(schedule("bangwo8.start-date", "2999-01-01"));

        assertThat(scanned).hasToString("2026-01-24:2026-01-24..2026-01-30");
    }

    @Test
    void scansEachWindowOnlyOnceInOnceMode() {
        ScanSchedule schedule = schedule("bangwo8.once", "true", "bangwo8.start-date", "2026-01-22");

        assertThat(turn(schedule)).last().isEqualTo("backfill 2026-01-22..2026-01-23 left=0");
        clock.advance(Duration.ofHours(1));
        schedule.turn();
        assertThat(next(schedule)).isEqualTo("none");
    }

    @Test
    void onlySweepsAListWithoutAWindow() {
        ScanSchedule schedule = new ScanSchedule(
                TestSource.with("window", ""), TestSettings.of("bangwo8.start-date", "2025-01-01"), clock.watch());

        assertThat(next(schedule)).startsWith("sweep");
        schedule.turn();
        assertThat(next(schedule)).isEqualTo("none");
        clock.advance(Duration.ofMinutes(15));
        assertThat(next(schedule)).startsWith("sweep");
    }

    @Test
    void knowsNoIncompleteDayOfAListWithoutAWindowAfterItsNextCompleteScan() {
        ScanSchedule schedule = new ScanSchedule(
                TestSource.with("window", ""), TestSettings.of("bangwo8.look-back", "1d"), clock.watch());
        schedule.failed(due(schedule).orElseThrow().window());
        clock.advance(Duration.ofDays(1));
        schedule.failed(due(schedule).orElseThrow().window());
        assertThat(schedule.incompleteDays()).hasToString("[2026-01-31, 2026-02-01]");
        clock.advance(Duration.ofDays(1));

        schedule.completed(due(schedule).orElseThrow().window(), rows);

        assertThat(schedule.incompleteDays()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10H", "-PT10H", "P300D", "-P300D"})
    void goesOnAfterTheSamePausesWhenTheWallClockJumps(Duration jump) {
        ScanSchedule schedule = schedule();
        turn(schedule);
        clock.jump(jump);
        schedule.turn();
        assertThat(next(schedule)).as("directly after the jump").isEqualTo("none");

        clock.advance(Duration.ofSeconds(30));
        schedule.turn();
        assertThat(next(schedule)).startsWith("recent");
        turn(schedule);
        clock.advance(Duration.ofMinutes(15));
        assertThat(next(schedule)).startsWith("sweep");
    }

    @Test
    void scansTheNewestDaysOfBothClocksWhileTheyDisagree() {
        ScanSchedule schedule = schedule();
        turn(schedule);
        clock.jump(Duration.ofDays(30));
        clock.advance(Duration.ofSeconds(30));

        assertThat(turn(schedule)).containsExactly("recent 2026-03-01..2026-03-02", "recent 2026-01-30..2026-01-31");
        clock.advance(Duration.ofMinutes(15));
        assertThat(days(turn(schedule))).contains("2026-03-02", "2026-02-23", "2026-01-31", "2026-01-24");
    }

    @Test
    void scansNoDaysOfLongAgoAfterTheClockWasSetBack() {
        ScanSchedule schedule = schedule("bangwo8.start-date", "2025-06-01");
        turn(schedule);
        clock.jump(Duration.ofDays(-30));
        clock.advance(Duration.ofMinutes(15));

        assertThat(turn(schedule))
                .as("their records have no state any more, and would be published again")
                .containsExactly("sweep 2026-01-24..2026-01-31");
    }

    /** Found by the crash harness: another instance had led meanwhile, and forgotten what was older than the look-back. */
    @Test
    void scansNoDaysOfLongAgoAfterItsMonotonicTimeStoodStill() {
        clock.watch().apiDate(clock.instant());
        scanned = DaySet.EMPTY.with(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 11));
        ScanSchedule schedule = schedule();
        clock.jump(Duration.ofDays(12));

        assertThat(days(turn(schedule)))
                .contains("2026-02-12", "2026-02-05")
                .doesNotContain("2026-01-31", "2026-01-30");
    }

    @Test
    void distrustsAClockThatIsBehindTheDaysThatWereScanned() {
        turn(schedule());
        TestClock behind = new TestClock("2026-01-11T04:00:00Z");
        new ScanSchedule(TestSource.remoteRecords(), TestSettings.of(), behind.watch()).next(scanned, List::of);

        assertThat(behind.watch().isTrusted()).isFalse();
    }

    private static List<String> days(List<String> windows) {
        return windows.stream()
                .map(window -> window.replaceAll("^\\S+ ", "").split("\\.\\."))
                .flatMap(ends -> LocalDate.parse(ends[0])
                        .datesUntil(LocalDate.parse(ends[1]).plusDays(1)))
                .map(LocalDate::toString)
                .toList();
    }

    private ScanSchedule schedule(String... settings) {
        return new ScanSchedule(TestSource.remoteRecords(), TestSettings.of(settings), clock.watch());
    }

    /** Scans all windows that are due, as a turn does. */
    private List<String> turn(ScanSchedule schedule) {
        List<String> windows = new ArrayList<>();
        for (Optional<ScanSchedule.Due> due = due(schedule); due.isPresent(); due = due(schedule)) {
            ScanMode mode = due.get().mode();
            schedule.completed(due.get().window(), rows);
            scanned = schedule.withScanned(scanned, due.get());
            if (mode == ScanMode.SWEEP) {
                schedule.endsSweep();
            }
            windows.add(mode + " " + due.get().window()
                    + (mode == ScanMode.BACKFILL ? " left=" + schedule.backfillDaysLeft(scanned) : ""));
        }
        return windows;
    }

    private Optional<ScanSchedule.Due> due(ScanSchedule schedule) {
        return schedule.next(scanned, () -> pending);
    }

    private String next(ScanSchedule schedule) {
        return due(schedule).map(due -> due.mode() + " " + due.window()).orElse("none");
    }
}
