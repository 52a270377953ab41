package io.bangwo8stream.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterView;
import org.jboss.logging.Logger;

/** A listener and what it was told last. */
final class LeadershipListener {

    private static final Logger LOG = Logger.getLogger(LeadershipListener.class);
    /** Longer than Camel's {@code master:} waits between hearing that it leads and starting its consumer, 1 s. */
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
     * Tells who leads now, if that is news. The loss of leadership is told a second time a little later: a
     * {@code master:} consumer that loses it within the second before it starts would start all the same, and stay.
     *
     * @param now the leader, or null when there is none
     */
    void notifyLeader(CamelClusterView view, CamelClusterMember now) {
        if (!notified || !id(now).equals(id(leader))) {
            boolean lost = leader != null && leader.isLocal();
            repeatAt = lost ? clock.instant().plus(REPEAT_AFTER) : now != null && now.isLocal() ? null : repeatAt;
        } else if (repeatAt == null || clock.instant().isBefore(repeatAt)) {
            return;
        } else {
            repeatAt = null;
        }
        notified = true;
        leader = now;
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
