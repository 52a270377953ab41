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

/** Records of the last days that are added, changed, moved to another day, removed, and added again. */
final class MovingRecords {

    /** A margin of two days within the look-back of a week. */
    private static final int DAYS = 5;

    /** Fewer than those of which the product suspects another reason. */
    private static final int MOST_REMOVED = 12;

    private static final long FIRST_ID = 8_000_000;

    private final HelpDesk desk;
    private final Random random;
    private final Clock clock;
    private final List<String> present = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private long lastId = FIRST_ID;

    MovingRecords(HelpDesk desk, Random random, Clock clock) {
        this.desk = desk;
        this.random = random;
        this.clock = clock;
    }

    /** Makes one change; {@code text} becomes the content of a record. */
    void step(String text) {
        int draw = random.nextInt(10);
        if (draw < 2 || present.isEmpty()) {
            add(Long.toString(++lastId));
        } else if (draw < 3) {
            desk.remoteRecords().move(any(present), someTime());
        } else if (draw < 5 && removed.size() < MOST_REMOVED) {
            String id = any(present);
            desk.remove(id);
            present.remove(id);
            removed.add(id);
        } else if (draw < 7 && !removed.isEmpty()) {
            String id = any(removed);
            removed.remove(id);
            add(id);
        } else {
            desk.change(any(present), row -> row.put("note", text));
        }
    }

    /** Finishes the open records, and changes none of the present ones any more. */
    void finish() {
        for (String id : present) {
            desk.change(id, row -> {
                if (row.path("csStat").asInt() == 1) {
                    row.put("csStat", 5).put("csETime", VendorTime.padded(VendorTime.now(clock)));
                }
            });
        }
        present.clear();
        removed.clear();
    }

    private void add(String id) {
        ObjectNode row = SampleRows.remoteRecord(Long.parseLong(id), VendorTime.padded(someTime()));
        if (random.nextBoolean()) {
            row.put("csStat", 1).put("csETime", "0000-00-00 00:00:00");
        }
        present.add(desk.add(row));
    }

    /** A time of the last days. */
    private LocalDateTime someTime() {
        return VendorTime.now(clock).minusMinutes(random.nextInt(DAYS * 24 * 60));
    }

    private String any(List<String> ids) {
        return ids.get(random.nextInt(ids.size()));
    }
}
