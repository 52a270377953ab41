package io.bangwo8stream.cluster;

import java.util.Set;

/** What this instance and the group have sent to each other; not thread-safe. */
final class GroupProtocolState {

    private final String member;
    private int generation = -1;
    /** The claim of this instance as the group knows it; null while the instance is not a member. */
    private Claim knownClaim;

    private boolean joining;
    private boolean rejoinRequested;

    GroupProtocolState(String member) {
        this.member = member;
    }

    /** Returns the claim for a join that is about to be sent; Kafka may send it more than once before it responds. */
    Claim claim(Set<String> wanted, int mostWanted, Set<String> held, MemberReport report) {
        knownClaim = new Claim(member, wanted, mostWanted, held, generation, report);
        joining = true;
        rejoinRequested = false;
        return knownClaim;
    }

    /** Completes the join with the namespaces that the group assigned in a generation. */
    void completeJoin(Set<String> namespaces, int assignedGeneration) {
        generation = assignedGeneration;
        joining = false;
        knownClaim = knownClaim.withHeld(namespaces);
    }

    /** Requests a rejoin if the group needs a new claim and no join is in progress; returns whether it did. */
    boolean requestRejoin(boolean outdated, Set<String> wanted, Set<String> held) {
        if (knownClaim == null || joining || rejoinRequested) {
            return false;
        }
        rejoinRequested = needsNewClaim(outdated, wanted, held);
        return rejoinRequested;
    }

    /**
     * Whether the claim that the group knows is out of date.
     *
     * @param outdated whether that holds for another reason than the namespaces
     */
    boolean needsNewClaim(boolean outdated, Set<String> wanted, Set<String> held) {
        return outdated || !knownClaim.wanted().equals(wanted) || !held.containsAll(knownClaim.held());
    }

    /** Whether the group may decide differently when it knows {@code report}. */
    boolean isNews(MemberReport report) {
        return knownClaim != null && report.differsFrom(knownClaim.report());
    }

    void reset() {
        knownClaim = null;
        joining = false;
        rejoinRequested = false;
    }
}
