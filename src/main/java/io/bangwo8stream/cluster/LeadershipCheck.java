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

    /** Why {@link #leaderOf} is empty, and what to do. */
    default String whyUnled(String stream) {
        return "nobody leads the stream " + stream;
    }

    /** Whether {@link #leads} and {@link #leaderOf} tell who leads: not every cluster service can. */
    default boolean isKnown() {
        return true;
    }
}
