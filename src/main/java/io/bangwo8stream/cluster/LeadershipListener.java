package io.bangwo8stream.cluster;

import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterView;
import org.jboss.logging.Logger;

/** A Camel listener and the leader it was last notified of. */
final class LeadershipListener {

    private static final Logger LOG = Logger.getLogger(LeadershipListener.class);

    private final CamelClusterEventListener.Leadership listener;
    private boolean notified;
    private CamelClusterMember leader;

    LeadershipListener(CamelClusterEventListener.Leadership listener) {
        this.listener = listener;
    }

    boolean isFor(CamelClusterEventListener other) {
        return listener == other;
    }

    /**
     * Notifies the listener if the leader has changed.
     *
     * @param newLeader the current leader, or null if there is none
     */
    void notifyLeader(CamelClusterView view, CamelClusterMember newLeader) {
        if (notified && id(newLeader).equals(id(leader))) {
            return;
        }
        notified = true;
        leader = newLeader;
        call(view);
    }

    private void call(CamelClusterView view) {
        try {
            listener.leadershipChanged(view, leader);
        } catch (RuntimeException e) {
            LOG.errorf(e, "leadership-listener-failed namespace=%s listener=%s", view.getNamespace(), listener);
        }
    }

    private static String id(CamelClusterMember member) {
        return member == null ? "" : member.getId();
    }
}
