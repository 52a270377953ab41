package io.bangwo8stream.cluster;

import java.util.Locale;
import java.util.Optional;

/**
 * Who leads a stream, or why this instance knows of no leader.
 *
 * @param reason what holds
 * @param leader the member that leads the stream, with {@link Reason#LED} only
 * @param local  whether that is this instance
 * @param detail what was found and what to do, in plain words; empty where there is nothing to do
 */
public record LeadershipStatus(Reason reason, Optional<String> leader, boolean local, String detail) {

    /** Why a stream has a leader or none. */
    public enum Reason {
        /** An instance leads it. */
        LED,
        /** The group decides at the moment, or a leader lets go of the streams. */
        ELECTING,
        /** The cluster service that is used does not state it. */
        UNKNOWN,
        /** The instance that leads the account's streams does not run this one. */
        STREAM_UNLED,
        /** The states are newer than every instance of the group reads. */
        STATE_FORMAT_NEWER,
        /** Kafka refuses this instance the group, or its login. */
        GROUP_REFUSED,
        /** The group has no coordinator. */
        COORDINATOR_MISSING,
        /** No broker answers. */
        BROKER_UNAVAILABLE,
        /** Kafka fails for another reason. */
        GROUP_FAILED;

        /** As it stands in messages, such as {@code coordinator-missing}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** With a cluster service that does not state who leads. */
    public static final LeadershipStatus UNKNOWN = unled(Reason.UNKNOWN, "");

    static LeadershipStatus led(String leader, boolean local) {
        return new LeadershipStatus(Reason.LED, Optional.of(leader), local, "");
    }

    static LeadershipStatus unled(Reason reason, String detail) {
        return new LeadershipStatus(reason, Optional.empty(), false, detail);
    }
}
