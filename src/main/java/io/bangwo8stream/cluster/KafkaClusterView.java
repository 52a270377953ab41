package io.bangwo8stream.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Camel's view of one namespace.
 *
 * <p>Does not extend Camel's base class, which calls listeners from several threads and while it holds a lock that a
 * stopping {@code master:} consumer waits for. Here one thread calls the listeners, without a lock.
 */
final class KafkaClusterView extends ServiceSupport implements CamelClusterView {

    private final CamelClusterService service;
    private final String namespace;
    private final Leadership leadership;
    private final Predicate<String> busy;
    private final List<LeadershipListener> listeners = new CopyOnWriteArrayList<>();
    private CamelContext camelContext;

    /** @param busy whether this instance still works for a namespace, and so must not release it */
    KafkaClusterView(CamelClusterService service, String namespace, Leadership leadership, Predicate<String> busy) {
        this.service = service;
        this.namespace = namespace;
        this.leadership = leadership;
        this.busy = busy;
    }

    @Override
    protected void doStart() {
        leadership.want(namespace);
    }

    @Override
    protected void doStop() {
        leadership.release(namespace);
    }

    /** Notifies every listener that does not know the current leader; only one thread may call this. */
    void notifyListeners() {
        Optional<String> leader = leadership.leaderToReport(namespace);
        listeners.forEach(
                listener -> listener.notifyLeader(this, leader.map(this::member).orElse(null)));
        if (leader.filter(leadership.member()::equals).isEmpty() && !busy.test(namespace)) {
            leadership.confirmReleased(namespace);
        }
    }

    @Override
    public Optional<CamelClusterMember> getLeader() {
        return leadership.leaderOf(namespace).map(this::member);
    }

    @Override
    public CamelClusterMember getLocalMember() {
        return member(leadership.member());
    }

    /** All instances of the group in its last assignment; empty before the first assignment. */
    @Override
    public List<CamelClusterMember> getMembers() {
        return leadership.members().stream().sorted().map(this::member).toList();
    }

    private CamelClusterMember member(String id) {
        return new KafkaClusterMember(id, namespace, leadership);
    }

    /** Another thread notifies a {@link CamelClusterEventListener.Leadership} soon; other kinds are ignored. */
    @Override
    public void addEventListener(CamelClusterEventListener listener) {
        if (listener instanceof CamelClusterEventListener.Leadership leadershipListener) {
            listeners.add(new LeadershipListener(leadershipListener));
            leadership.wakeWaiters();
        }
    }

    @Override
    public void removeEventListener(CamelClusterEventListener listener) {
        listeners.removeIf(registered -> registered.isFor(listener));
    }

    @Override
    public CamelClusterService getClusterService() {
        return service;
    }

    @Override
    public String getNamespace() {
        return namespace;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }
}
