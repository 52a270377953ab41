package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The data that the stand-in serves: remote-assistance records, tickets and views, IM sessions and calls; thread-safe.
 */
public final class HelpDesk {

    private static final long FIRST_INSERTED_ID = 9_000_000;

    private final Clock clock;
    private final AtomicLong inserted = new AtomicLong();
    private final RecordStore remoteRecords;
    private final RecordStore imSessions;
    private final RecordStore calls;
    private final TicketStore ticketStore = new TicketStore();
    private final Map<String, String> problemTypes = new ConcurrentHashMap<>();
    private volatile Runnable step = () -> {};
    private volatile boolean irregularResponses;

    private HelpDesk(Clock clock) {
        this.clock = clock;
        // Newest first, so that a new record shifts the pages of a scan in progress.
        remoteRecords = new RecordStore("csId", "csBTime", true, clock);
        imSessions = new RecordStore("r_id", "start_time", false, clock);
        calls = new RecordStore("callid", "starttime", false, clock);
    }

    /** A help desk without data, with regular responses: numbers as numbers, strict JSON. */
    public static HelpDesk empty(Clock clock) {
        return new HelpDesk(clock);
    }

    /**
     * A help desk with realistic Chinese records of the last days, some irregular data and responses, tickets, the
     * vendor's twelve example views, IM sessions and calls; {@link #simulateStep()} changes it.
     *
     * @param records remote-assistance records; tickets, sessions and calls are created in proportion
     * @param seed    the same seed and clock give the same data and the same changes
     */
    public static HelpDesk realistic(int records, long seed, Clock clock) {
        HelpDesk desk = new HelpDesk(clock).withIrregularResponses(true);
        ActivityGenerator activity = new ActivityGenerator(desk, seed, clock);
        activity.fill(records);
        desk.step = activity::step;
        return desk;
    }

    /**
     * A help desk with uniform remote-assistance records, distributed evenly over the days up to today, each with one
     * page of chat and a filled in summary; about 200 bytes of heap each. The tickets are uniform too, each listed by
     * two of four views.
     */
    public static HelpDesk uniform(int records, int days, int tickets, Clock clock) {
        HelpDesk desk = new HelpDesk(clock);
        desk.problemTypes.putAll(SampleProblemTypes.ALL);
        UniformRecord.fill(desk.remoteRecords, records, days, clock);
        TicketActivity.fillUniformly(desk.ticketStore, tickets);
        return desk;
    }

    /** Sets whether responses contain {@code count} as text, missing links, comments and trailing commas. */
    public HelpDesk withIrregularResponses(boolean irregular) {
        irregularResponses = irregular;
        return this;
    }

    boolean hasIrregularResponses() {
        return irregularResponses;
    }

    /** Simulates one step of activity: new records, messages, closed records, later summaries and ratings. */
    public void simulateStep() {
        step.run();
    }

    /** The remote-assistance records. */
    public RecordStore remoteRecords() {
        return remoteRecords;
    }

    /** The IM sessions, id field {@code r_id}. */
    public RecordStore imSessions() {
        return imSessions;
    }

    /** The calls, id field {@code callid}. */
    public RecordStore calls() {
        return calls;
    }

    /** The tickets and their views. */
    public TicketStore ticketStore() {
        return ticketStore;
    }

    /** The labels of the problem types by id, for {@code histories_v2.json}; modifiable. */
    public Map<String, String> problemTypes() {
        return problemTypes;
    }

    /** Adds a remote-assistance record and returns its id; see {@link RecordStore#add(ObjectNode)}. */
    public String add(ObjectNode row) {
        return remoteRecords.add(row);
    }

    /** Changes the row of a remote-assistance record. */
    public void change(String id, Consumer<ObjectNode> change) {
        remoteRecords.change(id, change);
    }

    /** Appends a message to the chat of a remote-assistance record; {@code ChatRecord} stays as it is. */
    public void addChat(String id, ObjectNode message) {
        remoteRecords.addChat(id, message);
    }

    /** Sets the complete response of the summary of a remote-assistance record, see {@link SampleSummaries}. */
    public void setSummary(String id, ObjectNode response) {
        remoteRecords.setSummary(id, response);
    }

    /** Removes a remote-assistance record. */
    public void remove(String id) {
        remoteRecords.remove(id);
    }

    /** Adds a record that is created now, with an unused id. */
    void insertNewest() {
        remoteRecords.add(SampleRows.remoteRecord(
                FIRST_INSERTED_ID + inserted.incrementAndGet(), VendorTime.padded(VendorTime.now(clock))));
    }

    /** Removes the last record of the newest day. */
    void removeNewest() {
        List<String> ids = remoteRecords.ids();
        if (!ids.isEmpty()) {
            remoteRecords.remove(ids.get(ids.size() - 1));
        }
    }

    /** Removes the last record of the newest day, and adds one, with an unused id, as the first of that day. */
    void replaceNewest() {
        List<String> ids = remoteRecords.ids();
        ids.stream()
                .skip(Math.max(0, ids.size() - 1))
                .findFirst()
                .flatMap(remoteRecords::find)
                .ifPresent(newest -> {
                    remoteRecords.remove(newest.id());
                    remoteRecords.addFirst(SampleRows.remoteRecord(
                            FIRST_INSERTED_ID + inserted.incrementAndGet(),
                            VendorTime.padded(newest.createdOn().atStartOfDay())));
                });
    }

    /** Keeps every version of the remote-assistance records from now on, starting with their current state. */
    public HelpDesk keepHistory() {
        remoteRecords.keepHistory();
        return this;
    }

    /** The versions of the remote-assistance records since {@link #keepHistory()}. */
    public RecordHistory history() {
        return remoteRecords.history();
    }
}
