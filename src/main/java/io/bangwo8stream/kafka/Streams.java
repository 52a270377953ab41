package io.bangwo8stream.kafka;

import io.bangwo8stream.config.Settings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the streams, each made when it is first used. */
@Singleton
public class Streams {

    private final Settings settings;
    private final KafkaClients clients;
    private final MeterRegistry meters;
    private final Map<String, Stream> byName = new ConcurrentHashMap<>();

    Streams(Settings settings, KafkaClients clients, MeterRegistry meters) {
        this.settings = settings;
        this.clients = clients;
        this.meters = meters;
    }

    /** The stream called {@code name}. */
    public Stream of(String name) {
        return byName.computeIfAbsent(name, this::create);
    }

    @PreDestroy
    void close() {
        byName.values().forEach(Stream::close);
    }

    private Stream create(String name) {
        String topic = settings.topic("state");
        String transactionalId = "bangwo8-" + settings.tenant() + "-" + name;
        StateTable table = new StateTable(settings.tenant(), name);
        Gauge.builder("bangwo8.state.records", table, StateTable::size).tag("stream", name).register(meters);
        StreamWriter writer = new StreamWriter(name, () -> clients.transactionalProducer(transactionalId),
                own -> new StateReader(topic, table, clients, own), table, topic);
        return new Stream(table, writer);
    }
}
