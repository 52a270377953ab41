package io.bangwo8stream.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.standin.RecordHistory;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The versions of one record in the order of time. */
final class Timeline {

    private static final Set<String> CLOSED = Set.of("0", "5");

    private final List<Entry> entries = new ArrayList<>();
    private ObjectNode lastRow;
    private ArrayNode lastChat;
    private ObjectNode lastSummary;

    /**
     * One version.
     *
     * @param existedBy   an instant at which the version existed
     * @param withoutChat whether the row states that there is no chat, so that the product does not request it
     * @param lastRevisit when the product fetches the parts for the last time; {@code null} while the record is open
     */
    record Entry(long sequence, Instant existedBy, RecordContent content, boolean withoutChat, Instant lastRevisit) {}

    /** Adds a version that is newer than all others. */
    void add(RecordHistory.Version version, Instant existedBy) {
        Entry before = entries.isEmpty() ? null : last();
        boolean sameRow = before != null && version.row().equals(lastRow);
        TypedRecord row = sameRow ? null : RecordContent.typed(version.row());
        RecordContent content = new RecordContent(
                sameRow ? before.content().row() : RecordContent.row(row),
                before != null && version.chat().equals(lastChat)
                        ? before.content().chat()
                        : RecordContent.chat(version.chat()),
                before != null && version.summary().equals(lastSummary)
                        ? before.content().summary()
                        : RecordContent.summary(version.summary()));
        entries.add(new Entry(
                version.sequence(),
                existedBy,
                content,
                sameRow
                        ? before.withoutChat()
                        : row.record().path("ChatRecord").asText().equals("0"),
                sameRow ? before.lastRevisit() : lastRevisit(row.record())));
        lastRow = version.row();
        lastChat = version.chat();
        lastSummary = version.summary();
    }

    private static Instant lastRevisit(JsonNode row) {
        if (!CLOSED.contains(row.path("csStat").asText())) {
            return null;
        }
        JsonNode ended = row.path("csETime");
        return ended.isTextual()
                ? OffsetDateTime.parse(ended.asText()).toInstant().plus(CrashTimings.LAST_REVISIT)
                : Instant.MIN;
    }

    List<Entry> entries() {
        return entries;
    }

    Entry last() {
        return entries.get(entries.size() - 1);
    }

    /**
     * The index of the earliest version at which a client that starts at index {@code from} can have fetched
     * {@code content}: the client lists the row first, then fetches the chat, then the summary. -1 when it cannot.
     */
    int earliestFetch(RecordContent content, int from) {
        int row = first(from, entry -> entry.content().row().equals(content.row()));
        if (row < 0) {
            return -1;
        }
        int chat = entries.get(row).withoutChat()
                ? content.chat().equals(RecordContent.NO_CHAT) ? row : -1
                : first(row, entry -> entry.content().chat().equals(content.chat()));
        return chat < 0 ? -1 : first(chat, entry -> entry.content().summary().equals(content.summary()));
    }

    /** Whether {@code content} is the final content of the record, as far as the product must revisit it. */
    boolean isFinal(RecordContent content) {
        Entry last = last();
        int due = last.lastRevisit() == null ? entries.size() - 1 : lastExistingBy(last.lastRevisit());
        return content.row().equals(last.content().row())
                && (last.withoutChat()
                        || shownFrom(due, entry -> entry.content().chat(), content.chat()))
                && shownFrom(due, entry -> entry.content().summary(), content.summary());
    }

    /** The first version whose part equals that of {@code content}, and its time, for the report. */
    String firstShown(Function<RecordContent, Fingerprint> part, RecordContent content) {
        int index = first(0, entry -> part.apply(entry.content()).equals(part.apply(content)));
        return index < 0
                ? "never"
                : entries.get(index).sequence() + " at " + entries.get(index).existedBy();
    }

    private boolean shownFrom(int due, Function<Entry, Fingerprint> part, Fingerprint wanted) {
        return first(due, entry -> part.apply(entry).equals(wanted)) >= 0;
    }

    private int lastExistingBy(Instant instant) {
        int found = 0;
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).existedBy().isAfter(instant)) {
                found = i;
            }
        }
        return found;
    }

    private int first(int from, Predicate<Entry> wanted) {
        for (int i = from; i < entries.size(); i++) {
            if (wanted.test(entries.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
