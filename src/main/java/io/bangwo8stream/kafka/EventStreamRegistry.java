package io.bangwo8stream.kafka;

import io.bangwo8stream.config.Settings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;

/** Holds the streams, and creates each at its first use. */
@Singleton
public class EventStreamRegistry {

    private static final List<String> FAILURES = List.of("failed", "refused", "fenced");
    private static final String NO_WRITER = "";

    private final Settings settings;
    private final KafkaClients clients;
    private final StateTopic stateTopic;
    private final MeterRegistry meters;
    private final Map<String, EventStream> byName = new ConcurrentHashMap<>();

    EventStreamRegistry(Settings settings, KafkaClients clients, StateTopic stateTopic, MeterRegistry meters) {
        this.settings = settings;
        this.clients = clients;
        this.stateTopic = stateTopic;
        this.meters = meters;
    }

    /** Exports zeros: Prometheus takes the first value of a counter that did not exist for no increase. */
    public void register(String name) {
        FAILURES.forEach(kind -> failures(name, kind));
    }

    /** The stream called {@code name}. */
    public EventStream of(String name) {
        return byName.computeIfAbsent(name, this::create);
    }

    /**
     * What Kafka contains of the stream called {@code name} now, beside the instance that writes it; writes nothing.
     *
     * @throws UnsuitableTopicException when the state topic cannot be used
     * @throws KafkaException           when the broker does not respond, or refuses to
     */
    public StreamSnapshot snapshot(String name) {
        StateStore store = new StateStore(settings.tenant(), name);
        stateTopic.writtenShard(settings.tenant(), name).ifPresent(shard -> {
            try (StateLoader loader = new StateLoader(shard, store, clients, NO_WRITER)) {
                loader.readToEnd();
            }
        });
        return new StreamSnapshot(store);
    }

    @PreDestroy
    void close() {
        byName.values().forEach(EventStream::close);
    }

    private EventStream create(String name) {
        String tenant = settings.tenant();
        String transactionalId = KafkaClients.transactionalIdPrefix(tenant) + name;
        StateStore store = new StateStore(tenant, name);
        Gauge.builder("bangwo8.state.records", store, StateStore::size)
                .tag("stream", name)
                .register(meters);
        StreamWriter writer = new StreamWriter(
                name,
                () -> clients.transactionalProducer(transactionalId),
                writerId -> new StateLoader(stateTopic.shard(tenant, name), store, clients, writerId),
                store,
                new StreamErrors(clients, name, transactionalId));
        writer.onFailure(kind -> failures(name, kind).increment());
        return new EventStream(store, writer);
    }

    private Counter failures(String stream, String kind) {
        return meters.counter("bangwo8.transaction.failures", "stream", stream, "kind", kind);
    }
}
