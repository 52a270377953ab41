package io.bangwo8stream.standin;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Simulates the activity of a help desk: fills it with records of the last days, then changes it step by step. */
final class ActivityGenerator {

    private static final Duration PAST = Duration.ofDays(6);
    private static final int OPEN_AT_START = 6;
    /** Customers rate nothing older. */
    private static final Duration RATED_WITHIN = Duration.ofDays(5);

    private final HelpDesk desk;
    private final Clock clock;
    private final SeededRandom random;
    private final RecordActivity records;
    private final TicketActivity tickets;
    private final List<String> open = new ArrayList<>();
    private final List<String> withoutSummary = new ArrayList<>();
    private final List<Unrated> withoutRating = new ArrayList<>();

    /** A record that its customer has not rated yet. */
    private record Unrated(String id, LocalDate createdOn) {}

    ActivityGenerator(HelpDesk desk, long seed, Clock clock) {
        this.desk = desk;
        this.clock = clock;
        random = new SeededRandom(seed);
        records = new RecordActivity(desk, random);
        tickets = new TicketActivity(desk, random);
        desk.problemTypes().putAll(SampleProblemTypes.ALL);
    }

    synchronized void fill(int count) {
        LocalDateTime now = VendorTime.now(clock);
        for (int i = 0; i < count; i++) {
            LocalDateTime start = now.minusSeconds(PAST.toSeconds() * (count - i) / (count + 1));
            if (i >= count - OPEN_AT_START) {
                open.add(records.open(start));
            } else {
                trackMissingParts(records.finished(start, i == count / 2));
            }
        }
        tickets.fill(Math.max(2, count / 10), now);
        SessionAndCallActivity.fill(desk, random, Math.max(2, count / 10), now);
    }

    private void trackMissingParts(String id) {
        if (records.awaitsSummary(id)) {
            withoutSummary.add(id);
        }
        if (records.awaitsRating(id)) {
            withoutRating.add(new Unrated(id, records.createdOn(id)));
        }
    }

    synchronized void step() {
        LocalDateTime now = VendorTime.now(clock);
        if (random.percent(50)) {
            open.add(records.open(now));
        }
        List.copyOf(open).forEach(id -> advance(id, now));
        if (!withoutSummary.isEmpty() && random.percent(30)) {
            desk.setSummary(takeOne(withoutSummary), records.summary());
        }
        withoutRating.removeIf(
                unrated -> unrated.createdOn().isBefore(now.minus(RATED_WITHIN).toLocalDate()));
        if (!withoutRating.isEmpty() && random.percent(30)) {
            records.rate(takeOne(withoutRating).id());
        }
        tickets.step(now);
    }

    private void advance(String id, LocalDateTime now) {
        if (random.percent(40)) {
            records.addMessage(id, now);
        }
        if (random.percent(12)) {
            records.finish(id, now);
            open.remove(id);
            trackMissingParts(id);
        }
    }

    private <T> T takeOne(List<T> waiting) {
        return waiting.remove(random.between(0, waiting.size() - 1));
    }
}
