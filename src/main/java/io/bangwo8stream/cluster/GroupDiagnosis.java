package io.bangwo8stream.cluster;

import java.util.Optional;

/** Finds out why the leaders' group cannot be used. */
public interface GroupDiagnosis {

    /** What a failed call of the group's consumer means. */
    Explanation explain(RuntimeException failure);

    /**
     * Asks the broker why this instance has not become a member; may take a few seconds.
     *
     * @return empty when the broker can serve the group
     */
    Optional<Explanation> investigate();

    /** A reason, and what to do about it. */
    record Explanation(LeadershipStatus.Reason reason, String detail) {}
}
