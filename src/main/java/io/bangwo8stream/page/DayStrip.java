package io.bangwo8stream.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.source.DateRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How far a source has scanned each of the last days of creation, by its status. */
final class DayStrip {

    /** More days than a wide window can show one by one. */
    static final int MOST_DAYS = 120;

    /** How far one day is scanned; the page shows a colour and a word for each. */
    enum State {
        COMPLETE,
        INCOMPLETE,
        PENDING,
        BACKFILLING
    }

    /** One day of the strip. */
    record Day(LocalDate date, State state) {}

    private final JsonNode status;
    private final ZoneId zone;

    /** @param zone of the vendor */
    DayStrip(JsonNode status, ZoneId zone) {
        this.status = status;
        this.zone = zone;
    }

    /** The days up to {@code now}, oldest first; none where records have no day of creation. */
    List<Day> days(Instant now) {
        if (!status.hasNonNull("firstDay")) {
            return List.of();
        }
        try {
            LocalDate today = LocalDate.ofInstant(now, zone);
            LocalDate wanted = LocalDate.parse(status.path("firstDay").asText());
            LocalDate oldest = today.minusDays(MOST_DAYS - 1L);
            return days(wanted.isBefore(oldest) ? oldest : wanted, today);
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    private List<Day> days(LocalDate first, LocalDate today) {
        DaySet complete = DaySet.parse(status.path("completeDays").asText());
        Set<LocalDate> incomplete = new HashSet<>();
        status.path("incompleteDays").forEach(day -> incomplete.add(LocalDate.parse(day.asText())));
        // A day that is not over is never scanned to its end; up to this one everything is published.
        LocalDate upTo = status.hasNonNull("completeUpTo")
                ? LocalDate.ofInstant(Instant.parse(status.path("completeUpTo").asText()), zone)
                : LocalDate.MIN;
        DateRange backfilled = backfilled();
        return first.datesUntil(today.plusDays(1))
                .map(day -> new Day(day, state(day, complete, incomplete, backfilled, today, upTo)))
                .toList();
    }

    private static State state(
            LocalDate day,
            DaySet complete,
            Set<LocalDate> incomplete,
            DateRange backfilled,
            LocalDate today,
            LocalDate upTo) {
        if (incomplete.contains(day)) {
            return State.INCOMPLETE;
        }
        if (complete.contains(day) || day.equals(today) && upTo.equals(today)) {
            return State.COMPLETE;
        }
        boolean beingScanned = backfilled != null && !day.isBefore(backfilled.from()) && !day.isAfter(backfilled.to());
        return beingScanned ? State.BACKFILLING : State.PENDING;
    }

    private DateRange backfilled() {
        String[] ends = status.path("window").asText().split("\\.\\.");
        return status.path("mode").asText().equals("backfill")
                ? new DateRange(LocalDate.parse(ends[0]), LocalDate.parse(ends[ends.length - 1]))
                : null;
    }
}
