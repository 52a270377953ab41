package io.bangwo8stream.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.standin.History;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What one record has said, version after version. */
final class Timeline {

    private static final Set<String> CLOSED = Set.of("0", "5");

    private final List<Moment> moments = new ArrayList<>();
    private ObjectNode lastRow;
    private ArrayNode lastChat;
    private ObjectNode lastSummary;

    /**
     * One version.
     *
     * @param by       by when it stood
     * @param silent   whether the row says that there is no chat, which then nobody asks for
     * @param lastLook when the parts are looked at for the last time; {@code null} while the record is open
     */
    record Moment(long sequence, Instant by, Content content, boolean silent, Instant lastLook) {}

    /** Adds a version, newer than all before. */
    void add(History.Version version, Instant by) {
        Moment before = moments.isEmpty() ? null : last();
        boolean sameRow = before != null && version.row().equals(lastRow);
        TypedRecord row = sameRow ? null : Content.typed(version.row());
        Content content = new Content(
                sameRow ? before.content().row() : Content.row(row),
                before != null && version.chat().equals(lastChat)
                        ? before.content().chat()
                        : Content.chat(version.chat()),
                before != null && version.summary().equals(lastSummary)
                        ? before.content().summary()
                        : Content.summary(version.summary()));
        moments.add(new Moment(
                version.sequence(),
                by,
                content,
                sameRow
                        ? before.silent()
                        : row.record().path("ChatRecord").asText().equals("0"),
                sameRow ? before.lastLook() : lastLook(row.record())));
        lastRow = version.row();
        lastChat = version.chat();
        lastSummary = version.summary();
    }

    private static Instant lastLook(JsonNode row) {
        if (!CLOSED.contains(row.path("csStat").asText())) {
            return null;
        }
        JsonNode ended = row.path("csETime");
        return ended.isTextual()
                ? OffsetDateTime.parse(ended.asText()).toInstant().plus(Rules.LAST_REVISIT)
                : Instant.MIN;
    }

    List<Moment> moments() {
        return moments;
    }

    Moment last() {
        return moments.get(moments.size() - 1);
    }

    /**
     * The earliest version at which somebody may have finished fetching {@code content} who began at version
     * {@code from}: the row is listed first, then the chat is fetched, then the summary. -1 when that cannot be.
     */
    int fetched(Content content, int from) {
        int row = first(from, moment -> moment.content().row().equals(content.row()));
        if (row < 0) {
            return -1;
        }
        int chat = moments.get(row).silent()
                ? content.chat().equals(Content.NO_CHAT) ? row : -1
                : first(row, moment -> moment.content().chat().equals(content.chat()));
        return chat < 0 ? -1 : first(chat, moment -> moment.content().summary().equals(content.summary()));
    }

    /** Whether {@code content} is what the record says in the end, as far as somebody had to look again. */
    boolean isFinal(Content content) {
        Moment last = last();
        int due = last.lastLook() == null ? moments.size() - 1 : lastBy(last.lastLook());
        return content.row().equals(last.content().row())
                && (last.silent() || shownFrom(due, moment -> moment.content().chat(), content.chat()))
                && shownFrom(due, moment -> moment.content().summary(), content.summary());
    }

    /** The version that first said what {@code content} says in one part, and when, for the report. */
    String firstShown(Function<Content, Fingerprint> part, Content content) {
        int index = first(0, moment -> part.apply(moment.content()).equals(part.apply(content)));
        return index < 0
                ? "never"
                : moments.get(index).sequence() + " at " + moments.get(index).by();
    }

    private boolean shownFrom(int due, Function<Moment, Fingerprint> part, Fingerprint wanted) {
        return first(due, moment -> part.apply(moment).equals(wanted)) >= 0;
    }

    private int lastBy(Instant instant) {
        int found = 0;
        for (int i = 0; i < moments.size(); i++) {
            if (!moments.get(i).by().isAfter(instant)) {
                found = i;
            }
        }
        return found;
    }

    private int first(int from, Predicate<Moment> wanted) {
        for (int i = from; i < moments.size(); i++) {
            if (wanted.test(moments.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
