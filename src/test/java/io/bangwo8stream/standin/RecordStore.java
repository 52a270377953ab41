package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.LocalDate;
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

/** Records of one kind (remote assistance, IM sessions, calls) by day of creation; safe for many threads. */
public final class RecordStore {

    private final String idField;
    private final String timeField;
    private final boolean newestFirst;
    private final Clock clock;
    private final History history = new History();
    private final NavigableMap<LocalDate, List<DeskRecord>> days = new TreeMap<>();
    private final Map<String, DeskRecord> byId = new HashMap<>();
    private int nameless;

    RecordStore(String idField, String timeField, boolean newestFirst, Clock clock) {
        this.idField = idField;
        this.timeField = timeField;
        this.newestFirst = newestFirst;
        this.clock = clock;
    }

    /**
     * Adds a record without chat whose summary is not filled in; a row without a creation time counts as created
     * today, a row without an id can be changed under the id that is returned.
     *
     * @return the id
     */
    public synchronized String add(ObjectNode row) {
        String id = row.path(idField).asText("");
        LocalDate createdOn = VendorTime.day(row.path(timeField).asText(""))
                .orElseGet(() -> VendorTime.now(clock).toLocalDate());
        String key = id.isEmpty() ? "nameless-" + ++nameless : id;
        add(new JsonRecord(key, createdOn, row, List.of(), Summaries.notFilled()));
        return key;
    }

    synchronized void add(DeskRecord added) {
        if (byId.putIfAbsent(added.id(), added) != null) {
            throw new IllegalArgumentException("a record " + added.id() + " is there already");
        }
        days.computeIfAbsent(added.createdOn(), day -> new ArrayList<>()).add(added);
        history.note(added);
    }

    /** Changes a record's row; the day it counts as created on stays. */
    public void change(String id, Consumer<ObjectNode> change) {
        replace(id, held -> held.withRow(change));
    }

    /** Appends a message to a record's chat; the row stays as it is. */
    public void addChat(String id, ObjectNode message) {
        replace(id, held -> held.withMessage(message));
    }

    /** Sets the whole answer of a record's service summary. */
    public void setSummary(String id, ObjectNode answer) {
        replace(id, held -> held.withSummary(answer));
    }

    private synchronized void replace(String id, UnaryOperator<JsonRecord> change) {
        DeskRecord before = known(id);
        DeskRecord after = change.apply(JsonRecord.of(before));
        List<DeskRecord> day = days.get(before.createdOn());
        day.set(day.indexOf(before), after);
        byId.put(id, after);
        history.note(after);
    }

    /** Takes a record away. */
    public synchronized void remove(String id) {
        DeskRecord removed = known(id);
        days.get(removed.createdOn()).remove(removed);
        byId.remove(id);
        history.noteRemoval(id);
    }

    private DeskRecord known(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no record " + id));
    }

    synchronized Optional<DeskRecord> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** A record's row, chat and summary as they stand, empty when there is none of that id. */
    public Optional<History.Version> state(String id) {
        return find(id).map(held -> {
            History now = new History();
            now.switchOn();
            now.note(held);
            return now.versions().get(0);
        });
    }

    /** The ids of all records, oldest day first. */
    public synchronized List<String> ids() {
        return days.values().stream().flatMap(List::stream).map(DeskRecord::id).toList();
    }

    /** How many records there are. */
    public synchronized int size() {
        return byId.size();
    }

    /** Keeps every version from now on, beginning with the records as they stand. */
    public synchronized void keepHistory() {
        history.switchOn();
        days.values().forEach(day -> day.forEach(history::note));
    }

    /** What the records have been since {@link #keepHistory()}. */
    public History history() {
        return history;
    }

    /** A page of the records created from the first to the last day, both inclusive. */
    Slice page(LocalDate first, LocalDate last, int page, int perPage) {
        return cut(first, last, UnaryOperator.identity(), page, perPage);
    }

    /** A page of those of the records created from the first to the last day that are wanted. */
    Slice page(LocalDate first, LocalDate last, Predicate<DeskRecord> wanted, int page, int perPage) {
        return cut(first, last, day -> day.stream().filter(wanted).toList(), page, perPage);
    }

    private synchronized Slice cut(
            LocalDate first, LocalDate last, UnaryOperator<List<DeskRecord>> filter, int page, int perPage) {
        if (first.isAfter(last)) {
            return new Slice(List.of(), 0);
        }
        NavigableMap<LocalDate, List<DeskRecord>> window = days.subMap(first, true, last, true);
        List<List<DeskRecord>> inOrder = (newestFirst ? window.descendingMap() : window)
                .values().stream().map(filter).toList();
        return Slice.of(inOrder, newestFirst, page, perPage);
    }
}
