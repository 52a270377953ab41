package io.bangwo8stream.crash;

import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.History;
import io.bangwo8stream.standin.Rows;
import io.bangwo8stream.standin.Summaries;
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

/** A help desk that never rests: life as the demo knows it, and many small changes to its youngest records. */
final class ActiveHelpDesk implements AutoCloseable {

    private static final int RECORDS = 150;
    private static final int YOUNGEST = 60;
    private static final int STEPS_BETWEEN_LIFE = 4;

    private final HelpDesk desk;
    private final Random random;
    private final Clock clock = Clock.systemUTC();
    private final TreeMap<Long, Instant> times = new TreeMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private long steps;

    ActiveHelpDesk(long seed) {
        desk = HelpDesk.lifelike(RECORDS, seed, clock).keepHistory();
        random = new Random(seed);
        noteTime();
    }

    HelpDesk desk() {
        return desk;
    }

    /** Begins to change, with a pause of so many milliseconds after each change. */
    void live(long pause) {
        timer.scheduleWithFixedDelay(this::step, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Changes nothing any more. */
    void freeze() throws InterruptedException {
        timer.shutdown();
        timer.awaitTermination(10, TimeUnit.SECONDS);
    }

    private void step() {
        if (++steps % STEPS_BETWEEN_LIFE == 0) {
            desk.live();
        }
        List<String> ids = desk.remoteRecords().ids();
        changeSomething(ids.get(ids.size() - 1 - random.nextInt(Math.min(YOUNGEST, ids.size()))));
        noteTime();
    }

    private void changeSomething(String id) {
        String text = "变更 " + steps;
        switch (random.nextInt(4)) {
            case 0 -> desk.setSummary(id, Summaries.filled("远程服务总结", "field_1", text));
            case 1 -> {
                desk.addChat(id, Rows.message(true, text, VendorTime.padded(VendorTime.now(clock))));
                desk.change(id, row -> row.put("ChatRecord", 1));
            }
            default -> desk.change(id, row -> row.put("note", text));
        }
    }

    private synchronized void noteTime() {
        times.put((long) desk.history().versions().size(), clock.instant());
    }

    /** What every record has said, by id. */
    synchronized Map<String, Timeline> timelines() {
        Map<String, Timeline> timelines = new LinkedHashMap<>();
        for (History.Version version : desk.history().versions()) {
            Map.Entry<Long, Instant> noted = times.ceilingEntry(version.sequence());
            timelines
                    .computeIfAbsent(version.id(), id -> new Timeline())
                    .add(version, noted == null ? clock.instant() : noted.getValue());
        }
        return timelines;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
