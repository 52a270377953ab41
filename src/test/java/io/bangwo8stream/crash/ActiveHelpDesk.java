package io.bangwo8stream.crash;

import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.RecordHistory;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.SampleSummaries;
import io.bangwo8stream.standin.VendorTime;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A help desk that changes all the time: the activity of the demo, and many small changes to its newest records. */
final class ActiveHelpDesk implements AutoCloseable {

    private static final int RECORDS = 150;
    private static final int NEWEST_RECORDS = 60;
    private static final int STEPS_PER_ACTIVITY = 4;

    private final HelpDesk desk;
    private final Random random;
    private final Clock clock = Clock.systemUTC();
    private final TreeMap<Long, Instant> times = new TreeMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private long steps;

    ActiveHelpDesk(long seed) {
        desk = HelpDesk.realistic(RECORDS, seed, clock).keepHistory();
        random = new Random(seed);
        recordTime();
    }

    HelpDesk desk() {
        return desk;
    }

    /** Starts to change, with a pause of {@code pauseMillis} after each change. */
    void start(long pauseMillis) {
        timer.scheduleWithFixedDelay(this::step, pauseMillis, pauseMillis, TimeUnit.MILLISECONDS);
    }

    /** Stops the changes. */
    void stop() throws InterruptedException {
        timer.shutdown();
        timer.awaitTermination(10, TimeUnit.SECONDS);
    }

    private void step() {
        if (++steps % STEPS_PER_ACTIVITY == 0) {
            desk.simulateStep();
        }
        List<String> ids = desk.remoteRecords().ids();
        changeRandomPart(ids.get(ids.size() - 1 - random.nextInt(Math.min(NEWEST_RECORDS, ids.size()))));
        recordTime();
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

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
