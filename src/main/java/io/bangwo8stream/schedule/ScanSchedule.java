package io.bangwo8stream.schedule;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Knows which window of one source is due: the newest two days with every turn, the look-back at every sweep, and in
 * between the days before the look-back, one by one.
 */
public final class ScanSchedule {

    private final Source source;
    private final Settings.Scanning scanning;
    private final Settings settings;
    private final Clock clock;
    private Instant nextPoll = Instant.MIN;
    private Instant nextSweep = Instant.MIN;

    public ScanSchedule(Source source, Settings settings, Clock clock) {
        this.source = source;
        this.scanning = settings.scanning();
        this.settings = settings;
        this.clock = clock;
    }

    /** A window and why it is due. */
    public record Due(ScanMode mode, DateRange window) {}

    /**
     * Takes note that a turn begins. Its poll is due, whatever the timer's few milliseconds say; but not at once after
     * a walk that took longer than the interval, which the timer would have it.
     */
    public void turn() {
        Instant soon = clock.instant().plus(scanning.pollInterval().dividedBy(2));
        if (nextPoll.isBefore(soon)) {
            nextPoll = Instant.MIN;
        }
    }

    /**
     * The window that is due now, if one is; asking for it counts as walking it.
     *
     * @param oldestPending day of the oldest record that may still change, however far back
     * @param backfilledTo  first day that was not backfilled yet, or {@code null} when none was
     */
    public Optional<Due> next(Optional<LocalDate> oldestPending, LocalDate backfilledTo) {
        Instant now = clock.instant();
        if (!now.isBefore(nextSweep)) {
            nextSweep = later(now, scanning.sweepInterval());
            nextPoll = later(now, scanning.pollInterval());
            return Optional.of(new Due(ScanMode.SWEEP, new DateRange(firstDay(oldestPending), today())));
        }
        if (isPollDue()) {
            nextPoll = later(now, scanning.pollInterval());
            return Optional.of(new Due(ScanMode.RECENT, new DateRange(today().minusDays(1), today())));
        }
        return backfillDay(backfilledTo).map(day -> new Due(ScanMode.BACKFILL, new DateRange(day, day)));
    }

    /** Takes note that a window was walked: the pause before the next poll begins when the last one ends. */
    public void scanned() {
        if (!clock.instant().isBefore(nextPoll)) {
            nextPoll = later(clock.instant(), scanning.pollInterval());
        }
    }

    /** Whether the newest days wait: a backfill lets them pass after each page. */
    public boolean isPollDue() {
        return source.windowed() && !clock.instant().isBefore(nextPoll);
    }

    /** The day that is to be backfilled next, if one is. */
    Optional<LocalDate> backfillDay(LocalDate backfilledTo) {
        return scanning.startDate()
                .filter(start -> source.windowed())
                .map(start -> backfilledTo == null ? start : backfilledTo)
                .filter(day -> day.isBefore(lookBack()));
    }

    /** How many days are still to be backfilled. */
    public long backfillDaysLeft(LocalDate backfilledTo) {
        return backfillDay(backfilledTo)
                .map(day -> lookBack().toEpochDay() - day.toEpochDay())
                .orElse(0L);
    }

    /** The first day of a sweep: the look-back, stretched to the oldest pending record, but not without bound. */
    LocalDate firstDay(Optional<LocalDate> oldestPending) {
        LocalDate wanted = oldestPending.filter(day -> day.isBefore(lookBack())).orElse(lookBack());
        return wanted.isBefore(furthestDay()) ? furthestDay() : wanted;
    }

    /** No sweep goes back beyond this day. */
    public LocalDate furthestDay() {
        return today().minusDays(Math.max(scanning.maxLookBackDays(), scanning.lookBackDays()));
    }

    /** The first day of the look-back, which does not go back before the start date. */
    private LocalDate lookBack() {
        LocalDate lookBack = today().minusDays(scanning.lookBackDays());
        return scanning.startDate()
                .filter(start -> start.isAfter(lookBack) && !start.isAfter(today()))
                .orElse(lookBack);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), settings.zone());
    }

    private Instant later(Instant now, Duration pause) {
        return settings.once() ? Instant.MAX : now.plus(pause);
    }
}
