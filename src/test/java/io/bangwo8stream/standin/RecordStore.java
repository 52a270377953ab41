package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Records of one kind (remote assistance, IM sessions, calls) by day of creation; thread-safe. */
public final class RecordStore {

    private final String idField;
    private final String timeField;
    private final boolean newestFirst;
    private final Clock clock;
    private final RecordHistory history = new RecordHistory();
    private final NavigableMap<LocalDate, List<HelpDeskRecord>> days = new TreeMap<>();
    private final Map<String, HelpDeskRecord> byId = new HashMap<>();
    private int recordsWithoutId;

    RecordStore(String idField, String timeField, boolean newestFirst, Clock clock) {
        this.idField = idField;
        this.timeField = timeField;
        this.newestFirst = newestFirst;
        this.clock = clock;
    }

    /**
     * Adds a record without chat, whose summary is not filled in. A row without a creation time counts as created
     * today.
     *
     * @return the row's id, or a generated one by which a record without id can be changed
     */
    public synchronized String add(ObjectNode row) {
        String id = row.path(idField).asText("");
        LocalDate createdOn = VendorTime.day(row.path(timeField).asText(""))
                .orElseGet(() -> VendorTime.now(clock).toLocalDate());
        String key = id.isEmpty() ? "without-id-" + ++recordsWithoutId : id;
        add(new JsonRecord(key, createdOn, row, List.of(), SampleSummaries.notFilled()));
        return key;
    }

    synchronized void add(HelpDeskRecord added) {
        if (byId.putIfAbsent(added.id(), added) != null) {
            throw new IllegalArgumentException("a record " + added.id() + " exists already");
        }
        days.computeIfAbsent(added.createdOn(), day -> new ArrayList<>()).add(added);
        history.add(added);
    }

    /** Adds a record with an id as the first of its day. */
    synchronized void addFirst(ObjectNode row) {
        String id = add(row);
        List<HelpDeskRecord> day = days.get(known(id).createdOn());
        day.add(0, day.remove(day.size() - 1));
    }

    /** Changes a record's row; its day of creation in the store stays. */
    public void change(String id, Consumer<ObjectNode> change) {
        replace(id, record -> record.withRow(change));
    }

    /** Appends a message to a record's chat; the row stays unchanged. */
    public void addChat(String id, ObjectNode message) {
        changeChat(id, chat -> chat.add(message.deepCopy()));
    }

    /** Changes the messages of a record's chat, oldest first; the row stays unchanged. */
    public void changeChat(String id, Consumer<List<ObjectNode>> change) {
        replace(id, record -> record.withChat(change));
    }

    /** Sets the complete response of a record's service summary. */
    public void setSummary(String id, ObjectNode response) {
        replace(id, record -> record.withSummary(response));
    }

    private synchronized void replace(String id, UnaryOperator<JsonRecord> change) {
        HelpDeskRecord before = known(id);
        HelpDeskRecord after = change.apply(JsonRecord.of(before));
        List<HelpDeskRecord> day = days.get(before.createdOn());
        day.set(day.indexOf(before), after);
        byId.put(id, after);
        history.add(after);
    }

    /** Moves a record to another day: changes its time of creation. */
    public synchronized void move(String id, LocalDateTime createdAt) {
        HelpDeskRecord before = known(id);
        HelpDeskRecord after = JsonRecord.of(before).createdAt(timeField, createdAt);
        days.get(before.createdOn()).remove(before);
        days.computeIfAbsent(after.createdOn(), day -> new ArrayList<>()).add(after);
        byId.put(id, after);
        history.add(after);
    }

    /** Removes a record. */
    public synchronized void remove(String id) {
        HelpDeskRecord removed = known(id);
        days.get(removed.createdOn()).remove(removed);
        byId.remove(id);
        history.addRemoval(id);
    }

    private HelpDeskRecord known(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no record " + id));
    }

    synchronized Optional<HelpDeskRecord> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The current row, chat and summary of a record, empty when there is no record with this id. */
    public Optional<RecordHistory.Version> state(String id) {
        return find(id).map(record -> {
            RecordHistory current = new RecordHistory();
            current.enable();
            current.add(record);
            return current.versions().get(0);
        });
    }

    /** The ids of all records, oldest day first. */
    public synchronized List<String> ids() {
        return days.values().stream()
                .flatMap(List::stream)
                .map(HelpDeskRecord::id)
                .toList();
    }

    /** The number of records. */
    public synchronized int size() {
        return byId.size();
    }

    /** The number of days on which records were created. */
    public synchronized int days() {
        return (int) days.values().stream().filter(day -> !day.isEmpty()).count();
    }

    /** Keeps every version from now on, starting with the current state of the records. */
    public synchronized void keepHistory() {
        history.enable();
        days.values().forEach(day -> day.forEach(history::add));
    }

    /** The versions of the records since {@link #keepHistory()}. */
    public RecordHistory history() {
        return history;
    }

    /** A page of the records created from the first to the last day, both inclusive. */
    RecordPage page(LocalDate first, LocalDate last, int page, int perPage) {
        return filteredPage(first, last, UnaryOperator.identity(), page, perPage);
    }

    /** A page of the wanted records among those created from the first to the last day. */
    RecordPage page(LocalDate first, LocalDate last, Predicate<HelpDeskRecord> wanted, int page, int perPage) {
        return filteredPage(first, last, day -> day.stream().filter(wanted).toList(), page, perPage);
    }

    private synchronized RecordPage filteredPage(
            LocalDate first, LocalDate last, UnaryOperator<List<HelpDeskRecord>> filter, int page, int perPage) {
        if (first.isAfter(last)) {
            return new RecordPage(List.of(), 0);
        }
        NavigableMap<LocalDate, List<HelpDeskRecord>> window = days.subMap(first, true, last, true);
        List<List<HelpDeskRecord>> inOrder = (newestFirst ? window.descendingMap() : window)
                .values().stream().map(filter).toList();
        return RecordPage.of(inOrder, newestFirst, page, perPage);
    }
}
