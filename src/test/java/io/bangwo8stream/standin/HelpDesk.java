package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The help desk behind the stand-in: remote-assistance records, tickets and views, IM sessions and calls. Safe for
 * many threads.
 */
public final class HelpDesk {

    private static final long INSERTED_FROM = 9_000_000;

    private final Clock clock;
    private final AtomicLong inserted = new AtomicLong();
    private final RecordStore remoteRecords;
    private final RecordStore imSessions;
    private final RecordStore calls;
    private final TicketStore ticketBook = new TicketStore();
    private final Map<String, String> problemTypes = new ConcurrentHashMap<>();
    private volatile Runnable step = () -> {};
    private volatile boolean awkward;

    private HelpDesk(Clock clock) {
        this.clock = clock;
        // Newest first, so that a new record shifts the pages of a walk under way.
        remoteRecords = new RecordStore("csId", "csBTime", true, clock);
        imSessions = new RecordStore("r_id", "start_time", false, clock);
        calls = new RecordStore("callid", "starttime", false, clock);
    }

    /** A help desk without any data, whose answers are plain: numbers as numbers, strict JSON. */
    public static HelpDesk empty(Clock clock) {
        return new HelpDesk(clock);
    }

    /**
     * A help desk with lifelike Chinese records of the last days, sparse awkward forms in data and answers, tickets,
     * the vendor's twelve example views, IM sessions and calls; {@link #live()} makes it live.
     *
     * @param records remote-assistance records; tickets, sessions and calls come in proportion
     * @param seed    the same seed and clock give the same desk and the same life
     */
    public static HelpDesk lifelike(int records, long seed, Clock clock) {
        HelpDesk desk = new HelpDesk(clock).awkward(true);
        ActivityGenerator activity = new ActivityGenerator(desk, seed, clock);
        activity.fill(records);
        desk.step = activity::step;
        return desk;
    }

    /**
     * A help desk with exactly so many remote-assistance records, spread evenly over the days up to today, each with
     * one page of chat and a filled in summary; about 200 bytes of heap each. Tickets are as equal, each listed by two
     * of four views.
     */
    public static HelpDesk uniform(int records, int days, int tickets, Clock clock) {
        HelpDesk desk = new HelpDesk(clock);
        desk.problemTypes.putAll(ProblemTypes.ALL);
        UniformRecord.fill(desk.remoteRecords, records, days, clock);
        TicketActivity.fillEvenly(desk.ticketBook, tickets);
        return desk;
    }

    /** Whether answers mix {@code count} as number and text, absent links, comments and trailing commas. */
    public HelpDesk awkward(boolean now) {
        awkward = now;
        return this;
    }

    boolean awkward() {
        return awkward;
    }

    /** One step of life: new records, growing chats, records closed, summaries and ratings that arrive late. */
    public void live() {
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
    public TicketStore ticketBook() {
        return ticketBook;
    }

    /** The texts of the problem types by id, for {@code histories_v2.json}; may be changed. */
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

    /** Sets the whole answer of the summary of a remote-assistance record, see {@link Summaries}. */
    public void setSummary(String id, ObjectNode answer) {
        remoteRecords.setSummary(id, answer);
    }

    /** Takes a remote-assistance record away. */
    public void remove(String id) {
        remoteRecords.remove(id);
    }

    /** Adds a record created now, under an id that no other record has. */
    void insertNewest() {
        remoteRecords.add(Rows.remoteRecord(
                INSERTED_FROM + inserted.incrementAndGet(), VendorTime.padded(VendorTime.now(clock))));
    }

    /** Takes the youngest day's last record away. */
    void removeNewest() {
        List<String> ids = remoteRecords.ids();
        if (!ids.isEmpty()) {
            remoteRecords.remove(ids.get(ids.size() - 1));
        }
    }

    /** Keeps every version of the remote-assistance records from now on, beginning with how they stand. */
    public HelpDesk keepHistory() {
        remoteRecords.keepHistory();
        return this;
    }

    /** What the remote-assistance records have been since {@link #keepHistory()}. */
    public History history() {
        return remoteRecords.history();
    }
}
