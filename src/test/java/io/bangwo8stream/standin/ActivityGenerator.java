package io.bangwo8stream.standin;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** The life of a help desk: fills it with the last days, then goes on step by step. */
final class ActivityGenerator {

    private static final Duration PAST = Duration.ofDays(6);
    private static final int OPEN_AT_START = 6;

    private final HelpDesk desk;
    private final Clock clock;
    private final SeededRandom random;
    private final RecordWriter writer;
    private final TicketActivity tickets;
    private final List<String> open = new ArrayList<>();
    private final List<String> withoutSummary = new ArrayList<>();
    private final List<String> withoutRating = new ArrayList<>();

    ActivityGenerator(HelpDesk desk, long seed, Clock clock) {
        this.desk = desk;
        this.clock = clock;
        random = new SeededRandom(seed);
        writer = new RecordWriter(desk, random);
        tickets = new TicketActivity(desk, random);
        desk.problemTypes().putAll(ProblemTypes.ALL);
    }

    synchronized void fill(int records) {
        LocalDateTime now = VendorTime.now(clock);
        for (int i = 0; i < records; i++) {
            LocalDateTime begin = now.minusSeconds(PAST.toSeconds() * (records - i) / (records + 1));
            if (i >= records - OPEN_AT_START) {
                open.add(writer.open(begin));
            } else {
                remember(writer.finished(begin, i == records / 2));
            }
        }
        tickets.fill(Math.max(2, records / 10), now);
        NeighbourActivity.fill(desk, random, Math.max(2, records / 10), now);
    }

    private void remember(String id) {
        if (writer.awaitsSummary(id)) {
            withoutSummary.add(id);
        }
        if (writer.awaitsRating(id)) {
            withoutRating.add(id);
        }
    }

    synchronized void step() {
        LocalDateTime now = VendorTime.now(clock);
        if (random.percent(50)) {
            open.add(writer.open(now));
        }
        List.copyOf(open).forEach(id -> goOn(id, now));
        if (!withoutSummary.isEmpty() && random.percent(30)) {
            desk.setSummary(takeOne(withoutSummary), writer.summary());
        }
        if (!withoutRating.isEmpty() && random.percent(30)) {
            writer.rate(takeOne(withoutRating));
        }
        tickets.step(now);
    }

    private void goOn(String id, LocalDateTime now) {
        if (random.percent(40)) {
            writer.talk(id, now);
        }
        if (random.percent(12)) {
            writer.finish(id, now);
            open.remove(id);
            remember(id);
        }
    }

    private String takeOne(List<String> ids) {
        return ids.remove(random.between(0, ids.size() - 1));
    }
}
