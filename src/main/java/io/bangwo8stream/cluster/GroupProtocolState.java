package io.bangwo8stream.cluster;

import java.util.Set;

/** What this instance and the group have told each other; not thread-safe. */
final class GroupProtocolState {

    private final String member;
    private int generation = -1;
    /** What the group believes of this instance; null while it is no member. */
    private Claim known;

    private boolean joining;
    private boolean asked;

    GroupProtocolState(String member) {
        this.member = member;
    }

    /** A join is about to be sent; Kafka may send it more than once before it is answered. */
    Claim claim(Set<String> wanted, Set<String> held) {
        known = new Claim(member, wanted, held, generation);
        joining = true;
        asked = false;
        return known;
    }

    /** The join was answered. */
    void assigned(Set<String> namespaces, int assignedIn) {
        generation = assignedIn;
        joining = false;
        known = known.holdingAlso(namespaces);
    }

    /** Whether the group has to hear something new, for which no join is under way or asked for yet. */
    boolean askToJoinAgain(boolean lapsed, Set<String> wanted, Set<String> held) {
        if (known == null || joining || asked) {
            return false;
        }
        asked = lapsed || !known.wanted().equals(wanted) || !held.containsAll(known.held());
        return asked;
    }

    void end() {
        known = null;
        joining = false;
        asked = false;
    }
}
