package io.bangwo8stream.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterView;
import org.jboss.logging.Logger;

/** A Camel listener and the leader it was last notified of. */
final class LeadershipListener {

    private static final Logger LOG = Logger.getLogger(LeadershipListener.class);
    /** Longer than the 1 s between a notification and the start of Camel's {@code master:} consumer. */
    private static final Duration REPEAT_AFTER = Duration.ofSeconds(3);

    private final CamelClusterEventListener.Leadership listener;
    private final Clock clock;
    private boolean notified;
    private CamelClusterMember leader;
    private Instant repeatAt;

    LeadershipListener(CamelClusterEventListener.Leadership listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    boolean isFor(CamelClusterEventListener other) {
        return listener == other;
    }

    /**
     * Notifies the listener if the leader has changed. A loss of leadership is notified a second time a little later: a
     * {@code master:} consumer that loses leadership in the second before its start would start and keep running.
     *
     * @param newLeader the current leader, or null if there is none
     */
    void notifyLeader(CamelClusterView view, CamelClusterMember newLeader) {
        if (!notified || !id(newLeader).equals(id(leader))) {
            boolean lost = leader != null && leader.isLocal();
            repeatAt = lost
                    ? clock.instant().plus(REPEAT_AFTER)
                    : newLeader != null && newLeader.isLocal() ? null : repeatAt;
        } else if (repeatAt == null || clock.instant().isBefore(repeatAt)) {
            return;
        } else {
            repeatAt = null;
        }
        notified = true;
        leader = newLeader;
        call(view);
    }

    private void call(CamelClusterView view) {
        try {
            listener.leadershipChanged(view, leader);
        } catch (RuntimeException e) {
            LOG.errorf(e, "leadership listener failed namespace=%s listener=%s", view.getNamespace(), listener);
        }
    }

    private static String id(CamelClusterMember member) {
        return member == null ? "" : member.getId();
    }
}
