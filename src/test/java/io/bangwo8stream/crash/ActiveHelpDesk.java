package io.bangwo8stream.crash;

import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.RecordHistory;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.SampleSummaries;
import io.bangwo8stream.standin.TicketVersion;
import io.bangwo8stream.standin.VendorTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A help desk that changes all the time: the activity of the demo, many small changes to its newest records, and
 * {@link MovingRecords}, {@link OldRecords} and {@link MovingTickets}.
 */
final class ActiveHelpDesk implements AutoCloseable {

    private static final int RECORDS = 150;
    private static final int NEWEST_RECORDS = 60;
    private static final int STEPS_PER_ACTIVITY = 4;
    private static final int STEPS_PER_MOVE = 6;
    private static final int STEPS_PER_OLD = 10;
    private static final int STEPS_PER_TICKET = 5;
    /** A margin of two days within the look-back of a week. */
    private static final int RECENT_DAYS = 5;

    private final HelpDesk desk;
    private final Random random;
    private final WorldClock clock;
    private final MovingRecords moving;
    private final OldRecords old;
    private final MovingTickets tickets;
    private final TreeMap<Long, Instant> times = new TreeMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private ScheduledFuture<?> changes;
    private long steps;

    ActiveHelpDesk(long seed, WorldClock clock) {
        this.clock = clock;
        desk = HelpDesk.realistic(RECORDS, seed, clock).keepHistory();
        random = new Random(seed);
        moving = new MovingRecords(desk, random, clock);
        old = new OldRecords(desk, random, clock);
        tickets = new MovingTickets(desk.ticketStore(), random, clock);
        desk.ticketStore().keepHistory();
        recordTime();
    }

    HelpDesk desk() {
        return desk;
    }

    /** Starts to change, with a pause of {@code pauseMillis} after each change. */
    void start(long pauseMillis) {
        changes = timer.scheduleWithFixedDelay(this::step, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
    }

    /** Stops the changes; throws what has ended them before. */
    void stop() throws InterruptedException {
        try {
            if (changes.isDone()) {
                changes.get();
            }
            changes.cancel(false);
            // Waits for the change that is under way.
            timer.submit(() -> {}).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the help desk failed", e.getCause());
        }
    }

    /** Lets days pass at once. On each of them records are added. */
    void passDays(int days) {
        moving.finish();
        old.finish();
        tickets.finish();
        for (int day = 0; day < days; day++) {
            old.fillToday();
            recordTime();
            clock.advance(Duration.ofDays(1));
        }
        old.fillToday();
        recordTime();
    }

    private void step() {
        if (++steps % STEPS_PER_ACTIVITY == 0) {
            desk.simulateStep();
        }
        if (steps % STEPS_PER_MOVE == 0) {
            moving.step("移动 " + steps);
        }
        if (steps % STEPS_PER_OLD == 0) {
            old.step("旧 " + steps);
        }
        List<String> ids = desk.remoteRecords().ids();
        if (steps % STEPS_PER_TICKET == 0) {
            tickets.step("工单 " + steps);
        }
        String id = ids.get(ids.size() - 1 - random.nextInt(Math.min(NEWEST_RECORDS, ids.size())));
        if (isRecent(id)) {
            changeRandomPart(id);
        }
        recordTime();
    }

    private boolean isRecent(String id) {
        String created = desk.remoteRecords()
                .state(id)
                .orElseThrow()
                .row()
                .path("csBTime")
                .asText();
        return VendorTime.day(created)
                .filter(day -> day.isAfter(VendorTime.now(clock).toLocalDate().minusDays(RECENT_DAYS)))
                .isPresent();
    }

    private void changeRandomPart(String id) {
        String text = "变更 " + steps;
        switch (random.nextInt(4)) {
            case 0 -> desk.setSummary(id, SampleSummaries.filled("远程服务总结", "field_1", text));
            case 1 -> {
                desk.addChat(id, SampleRows.message(true, text, VendorTime.padded(VendorTime.now(clock))));
                desk.change(id, row -> row.put("ChatRecord", 1));
            }
            default -> desk.change(id, row -> row.put("note", text));
        }
    }

    private synchronized void recordTime() {
        times.put((long) desk.history().versions().size(), clock.instant());
    }

    /** The versions of every record, by its id. */
    synchronized Map<String, Timeline> timelines() {
        Map<String, Timeline> timelines = new LinkedHashMap<>();
        for (RecordHistory.Version version : desk.history().versions()) {
            Map.Entry<Long, Instant> time = times.ceilingEntry(version.sequence());
            timelines
                    .computeIfAbsent(version.id(), id -> new Timeline())
                    .add(version, time == null ? clock.instant() : time.getValue());
        }
        return timelines;
    }

    /** The versions of every ticket, by its id. */
    Map<String, TicketTimeline> ticketTimelines() {
        Set<String> followed = desk.ticketStore().views().stream()
                .filter(view -> view.path("active").asText().equals("1"))
                .map(view -> view.path("id").asText())
                .collect(Collectors.toSet());
        Map<String, TicketTimeline> timelines = new LinkedHashMap<>();
        for (TicketVersion version : desk.ticketStore().history()) {
            timelines
                    .computeIfAbsent(version.id(), id -> new TicketTimeline(followed))
                    .add(version);
        }
        return timelines;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
