package io.bangwo8stream.cluster;

import java.time.Clock;
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

/** One product instance as far as leadership goes: a service, its views, and what its listeners were told. */
final class Instance implements AutoCloseable {

    static final Duration SHORT_SESSION = Duration.ofSeconds(4);

    final KafkaClusterService service;
    final List<String> heard = new CopyOnWriteArrayList<>();
    private final Map<String, Boolean> led = new ConcurrentHashMap<>();
    private final Referee referee;

    Instance(String bootstrapServers, String tenant, Duration session, Referee referee) {
        this.referee = referee;
        this.service = new KafkaClusterService(
                Map.of("bootstrap.servers", bootstrapServers), tenant, "bangwo8.state", session, Clock.systemUTC());
    }

    Instance start() {
        service.start();
        return this;
    }

    Instance want(String... namespaces) {
        for (String namespace : namespaces) {
            listenTo(view(namespace));
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

    private void listenTo(CamelClusterView view) {
        view.addEventListener((CamelClusterEventListener.Leadership) this::note);
    }

    /** Gives back the view that {@link #want} took. */
    void release(String namespace) {
        try {
            CamelClusterView view = service.getView(namespace);
            service.releaseView(view);
            service.releaseView(view);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void note(CamelClusterView view, CamelClusterMember leader) {
        boolean leads = view.getLocalMember().isLeader();
        heard.add(view.getNamespace() + (leads ? " won" : " not led"));
        boolean before = Boolean.TRUE.equals(led.put(view.getNamespace(), leads));
        if (before != leads) {
            referee.count(view.getNamespace(), leads ? 1 : -1);
        }
    }

    /** What its listeners believe that it leads. */
    Set<String> leads() {
        Set<String> namespaces = new TreeSet<>();
        led.forEach((namespace, leads) -> {
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

    /** Counts who leads a namespace at the same time. */
    static final class Referee {

        private final Map<String, AtomicInteger> leaders = new ConcurrentHashMap<>();
        private final Set<String> contested = ConcurrentHashMap.newKeySet();

        private void count(String namespace, int change) {
            int now = leaders.computeIfAbsent(namespace, any -> new AtomicInteger())
                    .addAndGet(change);
            if (now > 1) {
                contested.add(namespace);
            }
        }

        /** The namespaces that ever had two leaders at once. */
        Set<String> contested() {
            return contested;
        }
    }
}
