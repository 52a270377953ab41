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

/** The versions of one remote-assistance record. */
final class Timeline implements Versions<RecordContent> {

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
    record Entry(long sequence, Instant existedBy, RecordContent content, boolean withoutChat, Instant lastRevisit) {

        boolean isGone() {
            return content == RecordContent.GONE;
        }
    }

    /** Adds a version that is newer than all others. */
    void add(RecordHistory.Version version, Instant existedBy) {
        if (version.removed()) {
            entries.add(new Entry(version.sequence(), existedBy, RecordContent.GONE, false, null));
            lastRow = null;
            lastChat = null;
            lastSummary = null;
            return;
        }
        Entry before = entries.isEmpty() ? null : last();
        boolean sameRow = version.row().equals(lastRow);
        TypedRecord row = sameRow ? null : RecordContent.typed(version.row());
        RecordContent content = new RecordContent(
                sameRow ? before.content().row() : RecordContent.row(row),
                version.chat().equals(lastChat) ? before.content().chat() : RecordContent.chat(version.chat()),
                version.summary().equals(lastSummary)
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

    @Override
    public boolean isGone() {
        return last().isGone();
    }

    @Override
    public boolean mayStayUnknown() {
        return isGone();
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public long sequence(int index) {
        return entries.get(index).sequence();
    }

    /** The client lists the row first, then fetches the chat, then the summary. */
    @Override
    public int earliestFetch(RecordContent content, int from) {
        int row = first(from, entry -> entry.content().row().equals(content.row()));
        if (row < 0) {
            return -1;
        }
        int chat = entries.get(row).withoutChat()
                ? content.chat().equals(RecordContent.NO_CHAT) ? row : -1
                : first(row, entry -> entry.content().chat().equals(content.chat()));
        return chat < 0 ? -1 : first(chat, entry -> entry.content().summary().equals(content.summary()));
    }

    /** A record counts as gone after two sweeps without it. */
    @Override
    public int firstGone(int from) {
        for (int i = from; i < entries.size(); i++) {
            if (entries.get(i).isGone() && (i == entries.size() - 1 || mayHaveBeenGoneLongEnough(i))) {
                return i;
            }
        }
        return -1;
    }

    private boolean mayHaveBeenGoneLongEnough(int index) {
        Instant shownUntil = entries.get(index - 1).existedBy();
        return !entries.get(index + 1).existedBy().isBefore(shownUntil.plus(CrashTimings.SWEEP_INTERVAL));
    }

    @Override
    public boolean isFinal(RecordContent content) {
        Entry last = last();
        int due = last.lastRevisit() == null ? entries.size() - 1 : lastExistingBy(last.lastRevisit());
        return content.row().equals(last.content().row())
                && (last.withoutChat()
                        || shownFrom(due, entry -> entry.content().chat(), content.chat()))
                && shownFrom(due, entry -> entry.content().summary(), content.summary());
    }

    @Override
    public String difference(RecordContent content) {
        return " (first shown: row " + firstShown(RecordContent::row, content)
                + ", chat " + firstShown(RecordContent::chat, content)
                + ", summary " + firstShown(RecordContent::summary, content)
                + "; last changed: row " + firstShown(RecordContent::row, last().content())
                + ", chat " + firstShown(RecordContent::chat, last().content())
                + ", summary " + firstShown(RecordContent::summary, last().content())
                + "; last revisit at " + last().lastRevisit() + ")";
    }

    /** The first version whose part equals that of {@code content}, and its time. */
    private String firstShown(Function<RecordContent, Fingerprint> part, RecordContent content) {
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
