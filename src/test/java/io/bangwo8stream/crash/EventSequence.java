package io.bangwo8stream.crash;

import io.bangwo8stream.crash.Violations.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules that the events of one record keep whatever they contain: no two have the same id; none repeats the one
 * before it; the first one and the one after a deletion are {@code created}, no other is; a deletion has no value, every
 * other event has one.
 */
final class EventSequence {

    private EventSequence() {}

    static <C> void check(String record, List<CommittedEvent<C>> events, Violations violations) {
        Set<String> ids = new HashSet<>();
        CommittedEvent<C> previous = null;
        for (CommittedEvent<C> event : events) {
            String name = "record " + record + ": " + event.position() + " ";
            if (!ids.add(event.id())) {
                violations.add(Kind.REPEATED_ID, name + "has the ce_id of an earlier event");
            }
            if (previous != null && event.document().equals(previous.document())) {
                violations.add(Kind.DUPLICATE, name + "repeats " + previous.position());
            }
            boolean begins = previous == null || previous.isDeletion();
            if (begins != event.isCreation()) {
                violations.add(
                        Kind.DUPLICATE,
                        name + "is " + event.type() + (begins ? " at the beginning" : " after an earlier event"));
            }
            if (event.isDeletion() != (event.content() == null)) {
                violations.add(Kind.NEVER_SHOWN, name + "is " + event.type() + " and has the wrong kind of value");
            }
            previous = event;
        }
    }
}
