package io.bangwo8stream.kafka;

import io.bangwo8stream.config.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Streams that store their state only in memory, for tests of the classes that use streams. */
public final class InMemoryEventStreams extends EventStreamRegistry {

    private final Clients clients;

    public InMemoryEventStreams(Settings settings) {
        this(settings, new Clients(settings.topic("state")));
    }

    private InMemoryEventStreams(Settings settings, Clients clients) {
        super(settings, clients, new OneShard(settings, clients), new SimpleMeterRegistry());
        this.clients = clients;
    }

    /** The keys of the records that were committed to {@code topic}, in order. */
    public List<String> committed(String topic) {
        return clients.producers.stream()
                .flatMap(producer -> producer.history().stream())
                .filter(sent -> sent.topic().equals(topic))
                .map(ProducerRecord::key)
                .collect(Collectors.toList());
    }

    /** The events that were committed to {@code topic}, in order, such as {@code 7 bangwo8.ticket.created}. */
    public List<String> events(String topic) {
        return clients.producers.stream()
                .flatMap(producer -> producer.history().stream())
                .filter(sent -> sent.topic().equals(topic))
                .map(sent -> sent.key() + " "
                        + new String(sent.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                .collect(Collectors.toList());
    }

    /** Makes the next commit fail because another instance has taken over. */
    public void fenceNextCommit() {
        clients.producers.get(clients.producers.size() - 1).commitTransactionException =
                new ProducerFencedException("another instance");
    }

    /** Makes the next new producer fail with what {@code failure} throws. */
    public void failNextTurn(Runnable failure) {
        clients.failNext = failure;
    }

    private static final class OneShard extends StateTopic {

        OneShard(Settings settings, KafkaClients clients) {
            super(settings, clients);
        }

        @Override
        int partitions() {
            return 1;
        }
    }

    private static final class Clients extends KafkaClients {

        private final List<MockProducer<String, byte[]>> producers = new ArrayList<>();
        private final String topic;
        private Runnable failNext = () -> {};

        Clients(String topic) {
            super(Map.of());
            this.topic = topic;
        }

        @Override
        Producer<String, byte[]> transactionalProducer(String transactionalId) {
            Runnable failure = failNext;
            failNext = () -> {};
            failure.run();
            MockProducer<String, byte[]> producer =
                    new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
            producers.add(producer);
            return producer;
        }

        @Override
        Consumer<String, byte[]> committedConsumer() {
            MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
            consumer.updatePartitions(
                    topic, List.of(new PartitionInfo(topic, 0, Node.noNode(), new Node[0], new Node[0])));
            consumer.updateBeginningOffsets(Map.of(new TopicPartition(topic, 0), 0L));
            return consumer;
        }

        /** Reads what the last producer has committed to the state topic. */
        @Override
        Consumer<String, byte[]> uncommittedConsumer() {
            return new MockConsumer<>("earliest") {
                @Override
                public synchronized void seek(TopicPartition shard, long offset) {
                    super.seek(shard, offset);
                    List<ProducerRecord<String, byte[]>> states = producers.get(producers.size() - 1).history().stream()
                            .filter(sent -> sent.topic().equals(topic))
                            .toList();
                    ProducerRecord<String, byte[]> state = states.get((int) offset);
                    addRecord(new ConsumerRecord<>(topic, shard.partition(), offset, state.key(), state.value()));
                }
            };
        }

        /** Reports an empty topic: the stream keeps its committed states without reading them again. */
        @Override
        public Admin admin() {
            return (Admin) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Admin.class},
                    (proxy, method, arguments) -> method.getName().equals("listOffsets")
                            ? new ListOffsetsResult(endOffsets((Map<?, ?>) arguments[0]))
                            : null);
        }

        private static Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> endOffsets(Map<?, ?> partitions) {
            Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> ends = new HashMap<>();
            partitions
                    .keySet()
                    .forEach(partition -> ends.put(
                            (TopicPartition) partition,
                            KafkaFuture.completedFuture(new ListOffsetsResultInfo(0, 0, Optional.empty()))));
            return ends;
        }
    }
}
