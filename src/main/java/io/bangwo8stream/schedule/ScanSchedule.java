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
 * Picks the next window of one source: the newest two days in every turn, the look-back in every sweep, and between
 * them the days before the look-back, one by one.
 */
public final class ScanSchedule {

    private final Source source;
    private final Settings.Scanning scanning;
    private final Settings settings;
    private final Clock clock;
    private Instant nextRecent = Instant.MIN;
    private Instant nextSweep = Instant.MIN;

    public ScanSchedule(Source source, Settings settings, Clock clock) {
        this.source = source;
        this.scanning = settings.scanning();
        this.settings = settings;
        this.clock = clock;
    }

    /** A window that is due, and the mode of its scan. */
    public record Due(ScanMode mode, DateRange window) {}

    /**
     * Starts a turn. The newest days are due, even when the timer fires a few milliseconds early; but not directly after
     * a turn that took longer than the interval, although the timer fires then.
     */
    public void turn() {
        Instant soon = clock.instant().plus(scanning.pollInterval().dividedBy(2));
        if (nextRecent.isBefore(soon)) {
            nextRecent = Instant.MIN;
        }
    }

    /**
     * The window that is due now, if one is; the schedule takes it for scanned.
     *
     * @param oldestPending day of the oldest record that may still change
     * @param backfilledTo  first day that is not backfilled yet, or {@code null} when none is
     */
    public Optional<Due> next(Optional<LocalDate> oldestPending, LocalDate backfilledTo) {
        Instant now = clock.instant();
        if (!now.isBefore(nextSweep)) {
            nextSweep = later(now, scanning.sweepInterval());
            nextRecent = later(now, scanning.pollInterval());
            return Optional.of(new Due(ScanMode.SWEEP, new DateRange(firstDay(oldestPending), today())));
        }
        if (isRecentDue()) {
            nextRecent = later(now, scanning.pollInterval());
            return Optional.of(new Due(ScanMode.RECENT, new DateRange(today().minusDays(1), today())));
        }
        return backfillDay(backfilledTo).map(day -> new Due(ScanMode.BACKFILL, new DateRange(day, day)));
    }

    /** Records that a window was scanned: the pause before the next scan starts when this one ends. */
    public void scanned() {
        if (!clock.instant().isBefore(nextRecent)) {
            nextRecent = later(clock.instant(), scanning.pollInterval());
        }
    }

    /** Whether the newest days are due: a backfill yields to them after each page. */
    public boolean isRecentDue() {
        return source.windowed() && !clock.instant().isBefore(nextRecent);
    }

    /** The next day to backfill, if there is one. */
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

    /** The first day of a sweep: that of the look-back, or of the oldest pending record within the maximum look-back. */
    LocalDate firstDay(Optional<LocalDate> oldestPending) {
        LocalDate wanted = oldestPending.filter(day -> day.isBefore(lookBack())).orElse(lookBack());
        return wanted.isBefore(furthestDay()) ? furthestDay() : wanted;
    }

    /** The first day of the maximum look-back; no sweep scans an earlier one. */
    public LocalDate furthestDay() {
        return today().minusDays(Math.max(scanning.maxLookBackDays(), scanning.lookBackDays()));
    }

    /** The first day of the look-back, or the start date when that is later. */
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
