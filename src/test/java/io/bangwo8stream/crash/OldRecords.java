package io.bangwo8stream.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.VendorTime;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Records of days before the look-back. They are found by a backfill, or after an outage; afterwards only the days with an
 * open record change, because the product visits no other day before the look-back.
 */
final class OldRecords {

    private static final int DAYS_AT_START = 20;
    private static final int OPEN_EVERY_DAYS = 4;
    private static final long FIRST_ID = 7_000_000;

    private final HelpDesk desk;
    private final Random random;
    private final Clock clock;
    private final List<OldDay> days = new ArrayList<>();
    private long lastId = FIRST_ID;
    private int passed;

    /** A day with a record that stays open, and finished records that may change as long as it does. */
    private record OldDay(LocalDateTime time, String open, List<String> finished) {}

    OldRecords(HelpDesk desk, Random random, Clock clock) {
        this.desk = desk;
        this.random = random;
        this.clock = clock;
        for (int ago = DAYS_AT_START; ago > CrashTimings.LOOK_BACK.toDays(); ago--) {
            fillDay(VendorTime.now(clock).minusDays(ago));
        }
    }

    /** The time of the first record. */
    static LocalDateTime first(Clock clock) {
        return VendorTime.now(clock).minusDays(DAYS_AT_START);
    }

    /** Adds the records of the present day, which lies before the look-back once a long outage is over. */
    void fillToday() {
        fillDay(VendorTime.now(clock));
    }

    private void fillDay(LocalDateTime time) {
        add(time, true);
        add(time, true);
        if (++passed % OPEN_EVERY_DAYS == 0) {
            days.add(new OldDay(time, add(time, false), new ArrayList<>()));
        }
    }

    /** Makes one change; {@code text} becomes the content of a record. */
    void step(String text) {
        List<OldDay> old = days.stream()
                .filter(day -> day.time().isBefore(VendorTime.now(clock).minus(CrashTimings.LOOK_BACK)))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        OldDay day = old.get(random.nextInt(old.size()));
        int draw = random.nextInt(20);
        if (draw < 4) {
            day.finished().add(add(day.time(), true));
        } else if (draw < 5 && !day.finished().isEmpty()) {
            desk.remove(day.finished().remove(0));
        } else if (draw < 12 && !day.finished().isEmpty()) {
            desk.change(day.finished().get(0), row -> row.put("note", text));
        } else {
            desk.change(day.open(), row -> row.put("note", text));
        }
    }

    /** Finishes the open records, after which their days do not change any more. */
    void finish() {
        days.forEach(day -> desk.change(
                day.open(), row -> row.put("csStat", 5).put("csETime", VendorTime.padded(VendorTime.now(clock)))));
        days.clear();
    }

    private String add(LocalDateTime time, boolean finished) {
        long id = ++lastId;
        ObjectNode row = SampleRows.remoteRecord(id, VendorTime.padded(time));
        return desk.add(finished ? row : row.put("csStat", 1).put("csETime", "0000-00-00 00:00:00"));
    }
}
