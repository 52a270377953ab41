package io.bangwo8stream.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterView;

/** The leadership part of one product instance: a service, its views, and the notifications of its listeners. */
final class ClusterMember implements AutoCloseable {

    static final Duration SHORT_SESSION = Duration.ofSeconds(4);

    final KafkaClusterService service;
    final List<String> notifications = new CopyOnWriteArrayList<>();
    private final Map<String, Boolean> leadsByNamespace = new ConcurrentHashMap<>();
    private final LeaderConflictDetector conflicts;
    final Candidacy candidacy = new Candidacy("login", 1);

    ClusterMember(String bootstrapServers, String tenant, Duration session, LeaderConflictDetector conflicts) {
        this.conflicts = conflicts;
        this.service = new KafkaClusterService(
                Map.of("bootstrap.servers", bootstrapServers, "interceptor.classes", List.of(CreatedConsumers.class)),
                tenant,
                "bangwo8.state",
                session,
                () -> Duration.ofNanos(System.nanoTime()),
                candidacy,
                new PlainDiagnosis());
    }

    ClusterMember start() {
        service.start();
        return this;
    }

    ClusterMember want(String... namespaces) {
        for (String namespace : namespaces) {
            addListener(view(namespace));
        }
        return this;
    }

    CamelClusterView view(String namespace) {
        try {
            return service.getView(namespace);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void addListener(CamelClusterView view) {
        view.addEventListener((CamelClusterEventListener.Leadership) this::recordNotification);
    }

    /** Releases the view that {@link #want} took. */
    void release(String namespace) {
        try {
            CamelClusterView view = service.getView(namespace);
            service.releaseView(view);
            service.releaseView(view);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void recordNotification(CamelClusterView view, CamelClusterMember leader) {
        boolean leads = view.getLocalMember().isLeader();
        notifications.add(view.getNamespace() + (leads ? " won" : " not led"));
        boolean before = Boolean.TRUE.equals(leadsByNamespace.put(view.getNamespace(), leads));
        if (before != leads) {
            conflicts.count(view.getNamespace(), leads ? 1 : -1);
        }
    }

    /** The namespaces that the instance leads according to its last notifications. */
    Set<String> leads() {
        Set<String> namespaces = new TreeSet<>();
        leadsByNamespace.forEach((namespace, leads) -> {
            if (leads) {
                namespaces.add(namespace);
            }
        });
        return namespaces;
    }

    @Override
    public void close() {
        service.stop();
    }

    /** Counts the leaders that a namespace has at the same time. */
    static final class LeaderConflictDetector {

        private final Map<String, AtomicInteger> leaders = new ConcurrentHashMap<>();
        private final Set<String> contestedNamespaces = ConcurrentHashMap.newKeySet();

        private void count(String namespace, int change) {
            int now = leaders.computeIfAbsent(namespace, any -> new AtomicInteger())
                    .addAndGet(change);
            if (now > 1) {
                contestedNamespaces.add(namespace);
            }
        }

        /** The namespaces that have had two leaders at once. */
        Set<String> contestedNamespaces() {
            return contestedNamespaces;
        }
    }
}
