package io.bangwo8stream.crash;

import io.bangwo8stream.crash.Violations.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compares the published events with the versions that the help desk has shown. The events of one record must meet four
 * conditions: they keep the rules of {@link EventSequence}; a client that starts when the previous event's content was
 * fetched can fetch the event's content; a deletion comes after the record was gone; and the last event has the final
 * content of the record, or is its deletion.
 */
final class ConsistencyChecker<C> {

    private final Map<String, ? extends Versions<C>> shown;
    private final Violations violations = new Violations();

    private ConsistencyChecker(Map<String, ? extends Versions<C>> shown) {
        this.shown = shown;
    }

    static <C> Violations check(Map<String, ? extends Versions<C>> shown, List<CommittedEvent<C>> published) {
        ConsistencyChecker<C> checker = new ConsistencyChecker<>(shown);
        Map<String, List<CommittedEvent<C>>> byKey = published.stream()
                .collect(Collectors.groupingBy(CommittedEvent::key, LinkedHashMap::new, Collectors.toList()));
        byKey.forEach(checker::check);
        shown.forEach((id, versions) -> {
            if (!byKey.containsKey(id) && !versions.mayStayUnknown()) {
                checker.violations.add(Kind.LOST, "record " + id + " was never published");
            }
        });
        return checker.violations;
    }

    private void check(String id, List<CommittedEvent<C>> events) {
        Versions<C> versions = shown.get(id);
        if (versions == null) {
            violations.add(
                    Kind.NEVER_SHOWN,
                    "record " + id + " was published at " + events.get(0).position() + " and never shown");
            return;
        }
        EventSequence.check(id, events, violations);
        CommittedEvent<C> previous = null;
        int reached = 0;
        for (CommittedEvent<C> event : events) {
            reached = event.content() == null
                    ? goneVersion(id, event, versions, reached)
                    : versionOf(id, event, previous, versions, reached);
            previous = event;
        }
        checkLast(id, previous, versions, reached);
    }

    private void checkLast(String id, CommittedEvent<C> last, Versions<C> versions, int reached) {
        if (versions.isGone() && last.content() != null) {
            violations.add(
                    Kind.NOT_DELETED,
                    "record " + id + ": is gone, the last event is " + last.type() + " at " + last.position());
        } else if (!versions.isGone() && last.content() == null) {
            violations.add(Kind.LOST, "record " + id + ": is shown, the last event " + last.position() + " deletes it");
        } else if (!versions.isGone() && !versions.isFinal(last.content())) {
            violations.add(
                    Kind.LOST,
                    "record " + id + ": the last event " + last.position() + " contains version "
                            + versions.sequence(reached) + ", the last version is "
                            + versions.sequence(versions.size() - 1) + versions.difference(last.content()));
        }
    }

    private int goneVersion(String id, CommittedEvent<C> event, Versions<C> versions, int reached) {
        int gone = versions.firstGone(reached);
        if (gone < 0) {
            violations.add(
                    Kind.WRONGLY_DELETED,
                    "record " + id + ": " + event.position() + " deletes it, but it was not gone after version "
                            + versions.sequence(reached));
            return reached;
        }
        return gone;
    }

    /** The index of the version that a client had reached when it had fetched the content of {@code event}. */
    private int versionOf(
            String id, CommittedEvent<C> event, CommittedEvent<C> previous, Versions<C> versions, int reached) {
        int next = versions.earliestFetch(event.content(), reached);
        if (next >= 0) {
            return next;
        }
        int earlier = versions.earliestFetch(event.content(), 0);
        if (earlier < 0) {
            violations.add(
                    Kind.NEVER_SHOWN,
                    "record " + id + ": the content of " + event.position() + " was never shown"
                            + versions.difference(event.content()));
            return reached;
        }
        violations.add(
                Kind.OUT_OF_ORDER,
                "record " + id + ": " + event.position() + " contains version " + versions.sequence(earlier) + " after "
                        + previous.position() + " contained version " + versions.sequence(reached));
        return earlier;
    }
}
