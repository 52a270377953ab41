package io.bangwo8stream.crash;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the published events with the versions that the help desk has shown. The events of one record must meet
 * three conditions: a client that starts when the previous event's content was fetched can fetch the event's content;
 * no event repeats the previous one; and the last event has the final content of the record.
 */
final class ConsistencyChecker {

    private final Map<String, Timeline> shown;
    private final List<String> lost = new ArrayList<>();
    private final List<String> duplicates = new ArrayList<>();
    private final List<String> outOfOrder = new ArrayList<>();
    private final List<String> neverShown = new ArrayList<>();

    private ConsistencyChecker(Map<String, Timeline> shown) {
        this.shown = shown;
    }

    static ConsistencyChecker of(Map<String, Timeline> shown, List<CommittedEvent> published) {
        ConsistencyChecker checker = new ConsistencyChecker(shown);
        Map<String, List<CommittedEvent>> byKey = published.stream()
                .collect(Collectors.groupingBy(CommittedEvent::key, LinkedHashMap::new, Collectors.toList()));
        byKey.forEach(checker::check);
        shown.keySet().stream()
                .filter(id -> !byKey.containsKey(id))
                .forEach(id -> checker.lost.add("record " + id + " was never published"));
        return checker;
    }

    List<String> lost() {
        return lost;
    }

    List<String> duplicates() {
        return duplicates;
    }

    List<String> outOfOrder() {
        return outOfOrder;
    }

    /** Events with a content that the help desk has never shown. */
    List<String> neverShown() {
        return neverShown;
    }

    boolean isClean() {
        return lost.isEmpty() && duplicates.isEmpty() && outOfOrder.isEmpty() && neverShown.isEmpty();
    }

    private void check(String id, List<CommittedEvent> events) {
        Timeline timeline = shown.get(id);
        if (timeline == null) {
            neverShown.add("record " + id + " was published at " + events.get(0).position() + " and never shown");
            return;
        }
        CommittedEvent previous = null;
        int reached = 0;
        Set<String> ids = new HashSet<>();
        for (CommittedEvent event : events) {
            if (!ids.add(event.id())) {
                duplicates.add("record " + id + ": " + event.position() + " has the ce_id of an earlier event");
            }
            if (previous != null && event.repeats(previous)) {
                duplicates.add("record " + id + ": " + event.position() + " repeats " + previous.position());
            }
            if ((previous == null) != event.type().endsWith(".created")) {
                duplicates.add("record " + id + ": " + event.position() + " is " + event.type());
            }
            reached = versionOf(id, event, previous, timeline, reached);
            previous = event;
        }
        if (!timeline.isFinal(previous.content())) {
            lost.add("record " + id + ": the last event " + previous.position() + " contains version "
                    + version(timeline, reached) + ", the last version is "
                    + timeline.last().sequence() + partsOf(previous, timeline));
        }
    }

    /** The index of the version that a client had reached when it had fetched the content of {@code event}. */
    private int versionOf(String id, CommittedEvent event, CommittedEvent previous, Timeline timeline, int reached) {
        int next = timeline.earliestFetch(event.content(), reached);
        if (next >= 0) {
            return next;
        }
        int earlier = timeline.earliestFetch(event.content(), 0);
        if (earlier < 0) {
            neverShown.add("record " + id + ": the content of " + event.position() + " was never shown"
                    + partsOf(event, timeline));
            return reached;
        }
        outOfOrder.add("record " + id + ": " + event.position() + " contains version " + version(timeline, earlier)
                + " after " + previous.position() + " contained version " + version(timeline, reached));
        return earlier;
    }

    private static long version(Timeline timeline, int index) {
        return timeline.entries().get(index).sequence();
    }

    /** The versions that first showed the parts of an event. */
    private static String partsOf(CommittedEvent event, Timeline timeline) {
        return " (first shown: row " + timeline.firstShown(RecordContent::row, event.content())
                + ", chat " + timeline.firstShown(RecordContent::chat, event.content())
                + ", summary " + timeline.firstShown(RecordContent::summary, event.content())
                + "; last changed: row "
                + timeline.firstShown(RecordContent::row, timeline.last().content())
                + ", chat "
                + timeline.firstShown(RecordContent::chat, timeline.last().content())
                + ", summary "
                + timeline.firstShown(RecordContent::summary, timeline.last().content())
                + "; last revisit at " + timeline.last().lastRevisit() + ")";
    }
}
