package io.bangwo8stream.walk;

import io.bangwo8stream.config.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Knows which window of one source is due: the newest two days with every tick, the look-back at every sweep, and
 * between them the days before the look-back, one by one.
 */
final class WalkPlan {

    private final Source source;
    private final Settings.Rhythm settings;
    private final boolean once;
    private final Settings all;
    private final Clock clock;
    private Instant nextPoll = Instant.MIN;
    private Instant nextSweep = Instant.MIN;

    WalkPlan(Source source, Settings settings, Clock clock) {
        this.source = source;
        this.settings = settings.rhythm();
        this.once = settings.once();
        this.all = settings;
        this.clock = clock;
    }

    /** A window and why it is due. */
    record Due(Rhythm rhythm, Window window) {
    }

    /**
     * The window that is due now, if one is; asking for it counts as walking it.
     *
     * @param oldestOpen   day of the oldest record that may still change, however far back
     * @param backfilledTo first day before the look-back that was not walked yet, or {@code null}
     */
    Optional<Due> next(Optional<LocalDate> oldestOpen, LocalDate backfilledTo) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, all.zone());
        LocalDate lookBack = today.minusDays(settings.lookBackDays());
        if (!now.isBefore(nextSweep)) {
            nextSweep = after(now, settings.sweepInterval());
            nextPoll = after(now, settings.pollInterval());
            return Optional.of(new Due(Rhythm.SWEEP, new Window(stretched(lookBack, today, oldestOpen), today)));
        }
        if (source.windowed() && !now.isBefore(nextPoll)) {
            nextPoll = after(now, settings.pollInterval());
            return Optional.of(new Due(Rhythm.POLL, new Window(today.minusDays(1), today)));
        }
        if (source.windowed() && settings.startDate().isPresent()) {
            LocalDate day = backfilledTo == null ? settings.startDate().get() : backfilledTo;
            if (day.isBefore(lookBack)) {
                return Optional.of(new Due(Rhythm.BACKFILL, new Window(day, day)));
            }
        }
        return Optional.empty();
    }

    private LocalDate stretched(LocalDate lookBack, LocalDate today, Optional<LocalDate> oldestOpen) {
        LocalDate furthest = today.minusDays(Math.max(settings.maxLookBackDays(), settings.lookBackDays()));
        LocalDate wanted = oldestOpen.filter(day -> day.isBefore(lookBack)).orElse(lookBack);
        return wanted.isBefore(furthest) ? furthest : wanted;
    }

    private Instant after(Instant now, java.time.Duration pause) {
        return once ? Instant.MAX : now.plus(pause);
    }
}
