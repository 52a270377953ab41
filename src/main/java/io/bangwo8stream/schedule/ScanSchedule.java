package io.bangwo8stream.schedule;

import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.time.ClockWatch;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Picks the next window of one source, a day or a few small ones: the newest two days every
 * {@code bangwo8.poll-interval}; every {@code bangwo8.sweep-interval} the days of the look-back and earlier days with
 * records that may still change, newest first; and in between the days that commands want, and those that are not
 * scanned yet, newest first.
 */
public final class ScanSchedule {

    /** Earlier and later than any monotonic time. */
    private static final Duration AT_ONCE = Duration.ofSeconds(Long.MIN_VALUE);

    private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final Source source;
    private final Settings.Scanning scanning;
    private final Settings settings;
    private final ClockWatch clock;
    private final DaySizes sizes;
    private final IncompleteDays incomplete;
    private final SortedSet<LocalDate> recentDays = new TreeSet<>();
    private final SortedSet<LocalDate> sweepDays = new TreeSet<>();
    private final Set<String> listedAgain = new HashSet<>();
    private Duration nextRecent = AT_ONCE;
    private Duration nextSweep = AT_ONCE;
    private boolean sweeping;
    /** Set by another thread than that of the turn. */
    private volatile boolean sweepSoon;

    private DaySet ordered = DaySet.EMPTY;

    private final long createdAt;
    private int sweep;

    public ScanSchedule(Source source, Settings settings, ClockWatch clock) {
        this.source = source;
        this.scanning = settings.scanning();
        this.settings = settings;
        this.clock = clock;
        this.createdAt = clock.likelyInstant().toEpochMilli();
        this.sizes = new DaySizes(settings.api().perPage());
        this.incomplete = new IncompleteDays(
                scanning.pollInterval(), () -> clock.elapsed().toNanos());
    }

    /**
     * A window that is due, and the mode of its scan.
     *
     * @param today the day it was at the vendor when the window became due
     */
    public record Due(ScanMode mode, DateRange window, LocalDate today) {}

    /** Whether it is the schedule of exactly this source. */
    boolean isOf(Source other) {
        return source == other;
    }

    /**
     * Starts a turn. The newest days are due, even when the timer fires a few milliseconds early; but not directly after
     * a turn that took longer than the interval, although the timer fires then.
     */
    public void turn() {
        Duration soon = clock.elapsed().plus(scanning.pollInterval().dividedBy(2));
        if (nextRecent.compareTo(soon) < 0) {
            nextRecent = AT_ONCE;
        }
    }

    /**
     * The window that is due now, if one is; the schedule takes it for scanned.
     *
     * @param scanned     days that are scanned to their end
     * @param pendingDays finds the days of creation of records that may still change; asked when a sweep starts only,
     *                    because it looks at every record
     */
    public Optional<Due> next(DaySet scanned, Supplier<? extends Collection<LocalDate>> pendingDays) {
        if (!source.windowed()) {
            return nextOfAll();
        }
        scanned.last()
                .ifPresent(last -> clock.hasPassed(
                        last.plusDays(1).atStartOfDay(settings.zone()).toInstant()));
        // Also when its last window failed.
        endsSweep();
        if (!sweeping && isSweepDue()) {
            startSweep(scanned, pendingDays.get());
            nextRecent = later(scanning.pollInterval());
            return takeSweepWindow();
        }
        if (isRecentDue()) {
            nextRecent = later(scanning.pollInterval());
            for (LocalDate today : todays()) {
                addUnlessDone(recentDays, today.minusDays(1), today, scanned);
            }
        }
        return sizes.takeNewest(recentDays)
                .map(window -> due(ScanMode.RECENT, window))
                .or(this::takeSweepWindow)
                .or(this::orderedWindow)
                .or(() -> missingWindow(scanned));
    }

    private Optional<Due> nextOfAll() {
        if (!isSweepDue()) {
            return Optional.empty();
        }
        sweepSoon = false;
        nextSweep = later(scanning.sweepInterval());
        sweep++;
        return Optional.of(due(ScanMode.SWEEP, new DateRange(firstDayOfLookBack(), today())));
    }

    private void startSweep(DaySet scanned, Collection<LocalDate> pendingDays) {
        sweepSoon = false;
        sweeping = true;
        sweep++;
        listedAgain.clear();
        for (LocalDate today : todays()) {
            addUnlessDone(sweepDays, firstDayOfLookBack(today), today, scanned);
        }
        pendingDays.stream()
                .filter(day -> !day.isBefore(furthestDay()) && day.isBefore(firstDayOfLookBack()))
                .forEach(sweepDays::add);
        sizes.forgetBefore(furthestDay());
    }

    /** The day it is, by the clock of the machine and, where that is not trusted, by the time that is likely right too. */
    private Set<LocalDate> todays() {
        return new HashSet<>(List.of(today(), likelyToday()));
    }

    /** A clock that was set back does not lead to days that were scanned, and whose records were forgotten, long ago. */
    private void addUnlessDone(Set<LocalDate> days, LocalDate first, LocalDate last, DaySet scanned) {
        LocalDate lookBack = firstDayOfLookBack(likelyToday());
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            if (!day.isBefore(lookBack) || !scanned.contains(day)) {
                days.add(day);
            }
        }
    }

    private Optional<Due> takeSweepWindow() {
        return sizes.takeNewest(sweepDays).map(window -> due(ScanMode.SWEEP, window));
    }

    /** Sets the days that commands want to be scanned; each stays due until it is no longer among them. */
    public void order(DaySet days) {
        ordered = days;
    }

    private Optional<Due> orderedWindow() {
        DaySet due = ordered;
        for (LocalDate day : incomplete.all()) {
            due = incomplete.isWaiting(day) ? due.without(day, day) : due;
        }
        DaySet days = due;
        return days.last().map(newest -> due(ScanMode.BACKFILL, sizes.window(newest, LocalDate.MIN, days::contains)));
    }

    private Optional<Due> missingWindow(DaySet scanned) {
        if (!clock.isTrusted()) {
            return Optional.empty();
        }
        LocalDate first = firstDay(scanned);
        SortedSet<LocalDate> again = incomplete.all();
        DaySet skipped = scanned;
        if (!again.isEmpty() && again.first().isBefore(first)) {
            // Of the days before the first one only those are scanned again.
            skipped = skipped.with(again.first(), first.minusDays(1));
            for (LocalDate day : again.headSet(first)) {
                skipped = skipped.without(day, day);
            }
            first = again.first();
        }
        for (LocalDate day : again) {
            skipped = incomplete.isWaiting(day) ? skipped.with(day, day) : skipped;
        }
        return missingWindow(first, skipped);
    }

    private Optional<Due> missingWindow(LocalDate first, DaySet skipped) {
        return skipped.newestMissing(first, firstDayOfLookBack().minusDays(1))
                .map(newest -> due(ScanMode.BACKFILL, sizes.window(newest, first, day -> !skipped.contains(day))));
    }

    private Due due(ScanMode mode, DateRange window) {
        return new Due(mode, window, today());
    }

    /** Remembers records that the running sweep has listed although they were created before its days. */
    public void listedAgain(Collection<String> ids) {
        listedAgain.addAll(ids);
    }

    /** The records that the last sweep has listed although they were created before its days. */
    public Set<String> listedAgain() {
        return listedAgain;
    }

    /** Makes the next sweep due now; one that is running does not count. */
    public void sweepSoon() {
        sweepSoon = true;
    }

    private boolean isSweepDue() {
        return sweepSoon || isPast(nextSweep);
    }

    /** Number of the sweep that is running, or was the last one; from 1. */
    public int sweep() {
        return sweep;
    }

    /** Ends the sweep if the window that was scanned last was its last one; returns whether it was. */
    public boolean endsSweep() {
        boolean ends = sweeping && sweepDays.isEmpty();
        if (ends) {
            sweeping = false;
            nextSweep = later(scanning.sweepInterval());
        }
        return ends || !source.windowed();
    }

    /**
     * Records that a window was scanned completely.
     *
     * @param rowsByDay how many rows each day had
     */
    public void completed(DateRange window, Map<LocalDate, Integer> rowsByDay) {
        if (!source.windowed()) {
            incomplete.clear();
            return;
        }
        incomplete.completed(window);
        for (LocalDate day = window.from(); !day.isAfter(window.to()); day = day.plusDays(1)) {
            sizes.put(day, rowsByDay.getOrDefault(day, 0));
        }
    }

    /** Records that the scan of a window was incomplete. */
    public void failed(DateRange window) {
        if (!source.windowed()) {
            // Its window moves with the day: the days of an earlier scan are not scanned on their own.
            incomplete.clear();
        }
        incomplete.failed(window);
    }

    /** Records that the list of several days could not be scanned: each is scanned again at once, alone. */
    public void separate(Due due) {
        List<LocalDate> days = due.window().days().toList();
        sizes.separate(days);
        if (due.mode() == ScanMode.SWEEP) {
            sweepDays.addAll(days);
        } else if (due.mode() == ScanMode.RECENT) {
            recentDays.addAll(days);
        }
    }

    /**
     * How many days in a row may fail before that is taken for a failure of the API, and the turn ends. A single run goes on
     * for longer: no later turn would scan the days behind them.
     */
    public int failuresThatEndATurn() {
        return settings.once() ? 5 : 2;
    }

    /** The days whose last scan was incomplete, sorted; for a list without days, those of the look-back. */
    public SortedSet<LocalDate> incompleteDays() {
        return incomplete.all();
    }

    /** Records that a window was scanned: the pause before the next scan starts when this one ends. */
    public void scanned() {
        if (isPast(nextRecent)) {
            nextRecent = later(scanning.pollInterval());
        }
    }

    /** Whether the newest days are due: sweeps and backfills yield to them after each page. */
    public boolean isRecentDue() {
        return source.windowed() && isPast(nextRecent);
    }

    /** Whether a later scan visits the days of a scan in this mode again, although nothing was wrong with it. */
    public boolean isVisitedAgain(ScanMode mode) {
        return !settings.once() && mode != ScanMode.BACKFILL;
    }

    /** How many days before the look-back are still to be scanned. */
    public long backfillDaysLeft(DaySet scanned) {
        return source.windowed()
                ? scanned.countMissing(firstDay(scanned), firstDayOfLookBack().minusDays(1))
                : 0;
    }

    /** Whether a scan of {@code day} is still to come, although it lies before the look-back. */
    public boolean isStillScanned(LocalDate day, DaySet scanned, Collection<LocalDate> pendingDays) {
        return !day.isBefore(firstDay(scanned)) && !scanned.contains(day)
                || !day.isBefore(furthestDay()) && pendingDays.contains(day);
    }

    /**
     * {@code scanned} with the days of a scanned window that were over at the vendor when its scan started. An earlier day
     * than the first that is scanned at all, which a sweep visits for a pending record, does not count. No day counts
     * while the clock is not trusted.
     */
    public DaySet withScanned(DaySet scanned, Due due) {
        if (!clock.isTrusted()) {
            // It is not known which days are over.
            return scanned;
        }
        LocalDate over = due.today().minusDays(1);
        LocalDate last = due.window().to().isBefore(over) ? due.window().to() : over;
        LocalDate first = firstDay(scanned).isAfter(due.window().from())
                ? firstDay(scanned)
                : due.window().from();
        return last.isBefore(first) ? scanned : scanned.since(firstDay(scanned)).with(first, last);
    }

    /** When the first turn of this process could start, in epoch milliseconds. */
    public long createdAt() {
        return createdAt;
    }

    /** The pause between two sweeps. */
    public Duration sweepInterval() {
        return scanning.sweepInterval();
    }

    /** The first day of the maximum look-back; no sweep scans an earlier one. */
    public LocalDate furthestDay() {
        return today().minusDays(Math.max(scanning.maxLookBackDays(), scanning.lookBackDays()));
    }

    /** The day it is at the vendor. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), settings.zone());
    }

    private LocalDate likelyToday() {
        return LocalDate.ofInstant(clock.likelyInstant(), settings.zone());
    }

    /** The first day of the look-back, or the start date when that is later. */
    public LocalDate firstDayOfLookBack() {
        return firstDayOfLookBack(today());
    }

    private LocalDate firstDayOfLookBack(LocalDate today) {
        LocalDate lookBack = today.minusDays(scanning.lookBackDays());
        return startDate(today).filter(start -> start.isAfter(lookBack)).orElse(lookBack);
    }

    /** One in the future is a mistake, or the clock is behind. */
    private Optional<LocalDate> startDate(LocalDate today) {
        return scanning.startDate().filter(start -> !start.isAfter(today));
    }

    /** The first day that is scanned at all: the start date, else the first day of the very first sweep. */
    public LocalDate firstDay(DaySet scanned) {
        LocalDate today = today();
        return startDate(today).or(scanned::origin).orElse(firstDayOfLookBack(today));
    }

    private boolean isPast(Duration time) {
        return clock.elapsed().compareTo(time) >= 0;
    }

    private Duration later(Duration pause) {
        return settings.once() ? NEVER : clock.elapsed().plus(pause);
    }
}
