package io.bangwo8stream.cluster;

import java.util.Optional;

/** Whether this instance still leads a stream; checked between pages, since a scan can outlast its leadership. */
@FunctionalInterface
public interface LeadershipCheck {

    boolean leads(String stream);

    /** The member that leads {@code stream}, as far as this instance knows; empty while nobody known does. */
    default Optional<String> leaderOf(String stream) {
        return Optional.of("this instance").filter(self -> leads(stream));
    }

    /** Who leads {@code stream}, or why this instance knows of no leader. */
    default LeadershipStatus status(String stream) {
        return leads(stream) ? LeadershipStatus.led("this instance", true) : LeadershipStatus.UNKNOWN;
    }

    /** Why {@link #leaderOf} is empty, and what to do. */
    default String whyUnled(String stream) {
        LeadershipStatus status = status(stream);
        return "no known instance leads the stream " + stream + " (" + status.reason() + ")"
                + (status.detail().isEmpty() ? "" : ": " + status.detail());
    }

    /** Whether {@link #leads} and {@link #leaderOf} tell who leads: not every cluster service can. */
    default boolean isKnown() {
        return true;
    }
}
