package io.bangwo8stream.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds what was published against what the help desk has shown. Each event must be what somebody can have fetched who
 * began no earlier than the event before it ended; no event may repeat the one before it; and the last one must be
 * what the record says in the end.
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
        byKey.forEach((id, events) -> checker.completion(id, events));
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

    /** Events that say what the desk has never shown. */
    List<String> neverShown() {
        return neverShown;
    }

    boolean isClean() {
        return lost.isEmpty() && duplicates.isEmpty() && outOfOrder.isEmpty() && neverShown.isEmpty();
    }

    private void completion(String id, List<CommittedEvent> events) {
        Timeline timeline = shown.get(id);
        if (timeline == null) {
            neverShown.add("record " + id + " was published at " + events.get(0).place() + " and never shown");
            return;
        }
        CommittedEvent before = null;
        int reached = 0;
        for (CommittedEvent event : events) {
            if (before != null && event.saysTheSameAs(before)) {
                duplicates.add("record " + id + ": " + event.place() + " repeats " + before.place());
            }
            if ((before == null) != event.type().endsWith(".created")) {
                duplicates.add("record " + id + ": " + event.place() + " is " + event.type());
            }
            reached = place(id, event, before, timeline, reached);
            before = event;
        }
        if (!timeline.isFinal(before.content())) {
            lost.add("record " + id + ": the last event " + before.place() + " says version "
                    + version(timeline, reached) + ", the last version is "
                    + timeline.last().sequence() + partsOf(before, timeline));
        }
    }

    /** The version that somebody had reached who published {@code event}. */
    private int place(String id, CommittedEvent event, CommittedEvent before, Timeline timeline, int reached) {
        int next = timeline.fetched(event.content(), reached);
        if (next >= 0) {
            return next;
        }
        int earlier = timeline.fetched(event.content(), 0);
        if (earlier < 0) {
            neverShown.add(
                    "record " + id + ": what " + event.place() + " says was never shown" + partsOf(event, timeline));
            return reached;
        }
        outOfOrder.add("record " + id + ": " + event.place() + " says version " + version(timeline, earlier) + " after "
                + before.place() + " said version " + version(timeline, reached));
        return earlier;
    }

    private static long version(Timeline timeline, int index) {
        return timeline.moments().get(index).sequence();
    }

    /** The versions in which the parts of an event were shown first. */
    private static String partsOf(CommittedEvent event, Timeline timeline) {
        return " (first shown: row " + timeline.firstShown(Content::row, event.content())
                + ", chat " + timeline.firstShown(Content::chat, event.content())
                + ", summary " + timeline.firstShown(Content::summary, event.content())
                + "; last changed: row "
                + timeline.firstShown(Content::row, timeline.last().content())
                + ", chat " + timeline.firstShown(Content::chat, timeline.last().content())
                + ", summary "
                + timeline.firstShown(Content::summary, timeline.last().content())
                + "; last look at " + timeline.last().lastLook() + ")";
    }
}
