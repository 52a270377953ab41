package io.bangwo8stream.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Days, or a whole list, that a command wants to be scanned. It is the answer to the command, a note of the stream, so
 * that the order and its progress outlive the leader.
 */
public final class ScanOrder {

    /** What the names of such notes begin with. */
    private static final String PREFIX = "commands/";

    private static final String LEFT = "left";
    private static final String IDS = "ids";
    private static final String DAYS = "days";
    private static final String DAYS_LEFT = "daysLeft";
    private static final String RECORDS = "records";
    private static final String PUBLISHED = "published";
    private static final String INCOMPLETE = "incompleteDays";
    private static final String STARTED = "startedAt";

    /** A day that could not be scanned completely for so long stays incomplete. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final ObjectNode answer;

    private ScanOrder(ObjectNode answer) {
        this.answer = answer;
    }

    /**
     * Makes an answer an order.
     *
     * @param days to scan; those of the window of a list that has no days
     */
    public static void place(ObjectNode answer, DaySet days, Instant now) {
        answer.put(LEFT, days.toString())
                .put(DAYS, days.size())
                .put(DAYS_LEFT, days.size())
                .put(RECORDS, 0)
                .put(PUBLISHED, 0)
                .put(STARTED, now.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /** Records that the order concerns some records of its days only. */
    public static void ofSomeRecords(ObjectNode answer) {
        answer.put(IDS, true);
    }

    /** The orders for a source that are not done. */
    public static List<ScanOrder> of(EventStream stream, Source source) {
        return stream.notes().entrySet().stream()
                .filter(note ->
                        note.getKey().startsWith(PREFIX) && note.getValue().has(LEFT))
                .map(note -> new ScanOrder(note.getValue().deepCopy()))
                .filter(order -> order.answer.path("source").asText().equals(source.name()))
                .toList();
    }

    /** The days that the orders for a source still want. */
    public static DaySet daysLeft(EventStream stream, Source source) {
        DaySet days = DaySet.EMPTY;
        for (ScanOrder order : of(stream, source)) {
            days = days.with(order.left());
        }
        return days;
    }

    /** The ids of their commands. */
    public static Set<String> ids(EventStream stream, Source source) {
        return of(stream, source).stream().map(ScanOrder::id).collect(Collectors.toSet());
    }

    /**
     * What the scan of a window has shown.
     *
     * @param orders    the ids of the orders that there were when the scan of the window began
     * @param complete  whether the window was scanned completely
     * @param records   seen in it
     * @param published of these
     */
    public record Result(Set<String> orders, DateRange window, boolean complete, int records, long published) {}

    /** Adds to {@code batch} how far the orders of a source are after the scan of a window. */
    public static void scanned(EventStream stream, Source source, Result result, Instant now, WriteBatch batch) {
        for (ScanOrder order : of(stream, source)) {
            if (result.orders().contains(order.id()) && order.concerns(source, result.window())) {
                order.scanned(source, result, now);
                order.countUnpublished(stream);
                batch.storeNote(PREFIX + order.id(), order.answer);
            }
        }
    }

    /** Whether a command wants every record of {@code window} to be published again. */
    public static boolean republishes(EventStream stream, Source source, DateRange window) {
        return of(stream, source).stream()
                .anyMatch(order -> order.isRepublish() && !order.answer.has(IDS) && order.concerns(source, window));
    }

    private boolean isRepublish() {
        return answer.path("command").asText().equals("republish");
    }

    private String id() {
        return answer.path("id").asText();
    }

    private DaySet left() {
        return DaySet.parse(answer.path(LEFT).asText());
    }

    private boolean concerns(Source source, DateRange window) {
        return !source.windowed() || left().countMissing(window.from(), window.to()) < days(window);
    }

    private static long days(DateRange window) {
        return ChronoUnit.DAYS.between(window.from(), window.to()) + 1;
    }

    private void scanned(Source source, Result result, Instant now) {
        Set<LocalDate> incomplete = incompleteDays();
        DaySet left = left();
        DateRange window = result.window();
        if (!source.windowed()) {
            left = result.complete() ? DaySet.EMPTY : left;
        } else if (result.complete()) {
            left = left.without(window.from(), window.to());
            incomplete.removeIf(day -> !day.isBefore(window.from()) && !day.isAfter(window.to()));
        } else {
            window.days().filter(left::contains).forEach(incomplete::add);
        }
        if (result.complete()) {
            answer.put(RECORDS, answer.path(RECORDS).asLong() + result.records());
        }
        answer.put(PUBLISHED, answer.path(PUBLISHED).asLong() + result.published());
        store(left, incomplete, now);
    }

    private Set<LocalDate> incompleteDays() {
        Set<LocalDate> days = new TreeSet<>();
        answer.path(INCOMPLETE).forEach(day -> days.add(LocalDate.parse(day.asText())));
        return days;
    }

    private void store(DaySet left, Set<LocalDate> incomplete, Instant now) {
        Duration elapsed = Duration.between(Instant.parse(answer.path(STARTED).asText()), now);
        long daysLeft = left.size();
        long done = answer.path(DAYS).asLong() - daysLeft;
        answer.put(LEFT, left.toString()).put(DAYS_LEFT, daysLeft);
        ArrayNode days = answer.putArray(INCOMPLETE);
        incomplete.forEach(day -> days.add(day.toString()));
        double hours = Math.max(elapsed.toMillis(), 1) / 3_600_000.0;
        answer.put("recordsPerHour", Math.round(answer.path(RECORDS).asLong() / hours))
                .put("secondsLeft", done == 0 ? 0 : Math.round(daysLeft * elapsed.toSeconds() / (double) done));
        if (daysLeft == 0) {
            end("done", progress(done));
        } else if (daysLeft == incomplete.size() && elapsed.compareTo(PATIENCE) > 0) {
            end("failed", progress(done) + "; the incomplete days could not be scanned completely: see the log");
        } else {
            answer.put(
                    "message",
                    progress(done) + ", "
                            + Duration.ofSeconds(answer.path("secondsLeft").asLong()) + " left");
        }
    }

    /** Says at its end what an order has left, once every page of its windows is committed. */
    private void countUnpublished(EventStream stream) {
        if (isRepublish() && !answer.has(LEFT)) {
            long left = stream.count(RecordState::isToRepublish);
            answer.put(
                    "message",
                    answer.path("message").asText()
                            + (left == 0
                                    ? ""
                                    : "; " + left
                                            + " marked records were not published: no scan has shown them, or they"
                                            + " cannot be published now. They follow once a scan can"));
        }
    }

    private String progress(long done) {
        return done + " of " + answer.path(DAYS) + " days, " + answer.path(RECORDS) + " records, "
                + answer.path("recordsPerHour") + " records per hour, " + answer.path(PUBLISHED) + " published";
    }

    private void end(String state, String message) {
        answer.put("state", state).put("message", message);
        answer.remove(LEFT);
    }

    /** Removes from a copy of the answer what only the product needs. */
    public static void removeFrom(ObjectNode answer) {
        answer.remove(List.of(LEFT, IDS));
    }
}
