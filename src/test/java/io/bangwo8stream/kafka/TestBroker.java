package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.standin.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Separate topics on the shared broker, and streams of product instances on them. */
public final class TestBroker implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    public final String tenant = "tenant" + NUMBER.incrementAndGet();
    public final String events = tenant + ".events";
    final String state = tenant + ".state";
    private TopicPartition shard;
    private final List<EventStreamRegistry> instances = new ArrayList<>();

    /** Creates the topics; {@code eventSettings} apply to the event topic. */
    public static TestBroker withTopics(Map<String, String> eventSettings) {
        TestBroker broker = new TestBroker();
        try (Admin admin = broker.clients().admin()) {
            admin.createTopics(List.of(
                            new NewTopic(broker.events, 1, (short) 1).configs(eventSettings),
                            new NewTopic(broker.state, 2, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new AssertionError(failed);
        }
        return broker;
    }

    public static TestBroker withoutTopics() {
        return new TestBroker();
    }

    /** Creates a state topic. */
    void createStateTopic(int partitions) throws Exception {
        try (Admin admin = clients().admin()) {
            admin.createTopics(List.of(new NewTopic(state, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    /** The state topic as a new product instance knows it. */
    StateTopic stateTopic() {
        return new StateTopic(settings(), clients());
    }

    /** The partition with the states of the stream of {@link #stream}. */
    TopicPartition shard() {
        if (shard == null) {
            shard = stateTopic().shard(tenant, "remote-records");
        }
        return shard;
    }

    /** Explains the failures of the stream of {@link #stream}. */
    StreamErrors streamErrors() {
        return new StreamErrors(clients(), "remote-records", "bangwo8-" + tenant + "-remote-records");
    }

    public TopicProvisioner provisioner(String... clientSettings) {
        KafkaClients clients = clients(clientSettings);
        return new TopicProvisioner(settings(), clients, new StateTopic(settings(), clients));
    }

    /** The adoption of an account as a process with other settings carries it out. */
    AccountAdoption adoption(String... overrides) {
        Settings changed = settings(overrides);
        return new AccountAdoption(changed, clients(), new StateTopic(changed, clients()));
    }

    /** A member of the leaders' group, as a running instance is one. */
    Consumer<String, byte[]> leaderGroupMember() {
        Map<String, Object> member = new HashMap<>(clients().consumerSettings());
        member.put("group.id", "bangwo8-" + tenant + "-leaders");
        Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(member, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(state));
        while (consumer.assignment().isEmpty()) {
            consumer.poll(Duration.ofMillis(100));
        }
        return consumer;
    }

    /** The topics as an instance with other settings prepares them. */
    TopicProvisioner provisionerOf(String... overrides) {
        Settings changed = settings(overrides);
        return new TopicProvisioner(changed, clients(), new StateTopic(changed, clients()));
    }

    /** The stream of a new product instance. */
    EventStream stream(String... clientSettings) {
        KafkaClients clients = clients(clientSettings);
        EventStreamRegistry instance = new EventStreamRegistry(
                settings(), clients, new StateTopic(settings(), clients), new SimpleMeterRegistry());
        instances.add(instance);
        return instance.of("remote-records");
    }

    /** The streams of a new product instance. */
    public EventStreamRegistry newInstance() {
        EventStreamRegistry instance =
                new EventStreamRegistry(settings(), clients(), stateTopic(), new SimpleMeterRegistry());
        instances.add(instance);
        return instance;
    }

    public CommandTopic commandTopic() {
        return new CommandTopic(settings(), clients());
    }

    public EventTopics eventTopics() {
        return new EventTopics(clients());
    }

    /** The same of a user who has no right to read them. */
    public EventTopics unreadableEventTopics() {
        return new EventTopics(new KafkaClients(Map.of("bootstrap.servers", SharedBroker.servers())) {
            @Override
            @SuppressWarnings("unchecked")
            Consumer<String, byte[]> committedConsumer() {
                Consumer<String, byte[]> allowed = super.committedConsumer();
                return (Consumer<String, byte[]>) Proxy.newProxyInstance(
                        TestBroker.class.getClassLoader(),
                        new Class<?>[] {Consumer.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("poll")) {
                                throw new TopicAuthorizationException(Set.of(events));
                            }
                            return method.invoke(allowed, arguments);
                        });
            }
        });
    }

    public StatusTopic statusTopic() {
        return new StatusTopic(settings(), clients());
    }

    /** Writes a record to the topic of the commands, as anybody may. */
    public void sendCommand(String key, JsonNode value) {
        try (JsonWriter writer = new JsonWriter(clients())) {
            writer.write(settings().topic("commands"), key, value);
        }
    }

    /** Deletes a topic, and creates it without any record. */
    public void recreate(String topic) throws Exception {
        try (Admin admin = clients().admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                                    .all()
                                    .get()
                            == null);
        }
    }

    /** The stream {@code tickets} of a new product instance. */
    EventStream otherStream() {
        return newInstance().of("tickets");
    }

    /** The timeout in milliseconds that the broker has for the transactions of the stream {@code name}. */
    long transactionTimeout(String name) throws Exception {
        String transactionalId = "bangwo8-" + tenant + "-" + name;
        try (Admin admin = clients().admin()) {
            return admin.describeTransactions(List.of(transactionalId))
                    .description(transactionalId)
                    .get()
                    .transactionTimeoutMs();
        }
    }

    public Settings settings(String... overrides) {
        String[] topics = {
            "bangwo8.tenant",
            tenant,
            "bangwo8.topics.state",
            state,
            "bangwo8.topics.remote-records",
            events,
            "bangwo8.topics.dead-letters",
            tenant + ".dead",
            "bangwo8.topics.tickets",
            tenant + ".tickets",
            "bangwo8.topics.ticket-views",
            tenant + ".views",
            "bangwo8.topics.status",
            tenant + ".status",
            "bangwo8.topics.commands",
            tenant + ".commands"
        };
        return TestSettings.of(
                Stream.concat(Arrays.stream(topics), Arrays.stream(overrides)).toArray(String[]::new));
    }

    KafkaClients clients(String... clientSettings) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", SharedBroker.servers()));
        for (int i = 0; i < clientSettings.length; i += 2) {
            settings.put(clientSettings[i], clientSettings[i + 1]);
        }
        return new KafkaClients(settings);
    }

    /** A batch of one event and its state. */
    public WriteBatch batch(String id, String value, long rowFingerprint) {
        WriteBatch batch = new WriteBatch();
        batch.add(event(id, value), null);
        batch.storeState(id, state(rowFingerprint));
        return batch;
    }

    OutgoingRecord event(String id, String value) {
        return new OutgoingRecord(events, id, value.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static RecordState state(long rowFingerprint) {
        return new RecordState(rowFingerprint, 1, 2, 20_484, false, 0, 0, 0, false);
    }

    /** The committed events, as {@code key=value}. */
    public List<String> events() {
        List<String> seen = new ArrayList<>();
        read(events, event -> seen.add(event.key() + "=" + new String(event.value(), StandardCharsets.UTF_8)));
        return seen;
    }

    /** Gives the committed records of partition 0 of a topic to {@code reader}. */
    private void read(String topic, java.util.function.Consumer<ConsumerRecord<String, byte[]>> reader) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Consumer<String, byte[]> consumer = clients().committedConsumer();
                Consumer<String, byte[]> all = new KafkaConsumer<>(
                        clients().consumerSettings(), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            // A commit returns before its markers are written, so the end includes open transactions.
            long end = all.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(reader);
            }
        }
    }

    /** The headers of the committed events, each with the key under {@code key}. */
    public List<Map<String, String>> eventHeaders() {
        List<Map<String, String>> seen = new ArrayList<>();
        read(events, record -> {
            Map<String, String> headers = new HashMap<>(Map.of("key", record.key()));
            record.headers()
                    .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
            seen.add(headers);
        });
        return seen;
    }

    /** The values of the shard of the stream, the last of each key. */
    public Map<String, JsonNode> states() {
        Map<String, JsonNode> states = new HashMap<>();
        TopicPartition shard = shard();
        try (Consumer<String, byte[]> consumer = clients().committedConsumer()) {
            consumer.assign(List.of(shard));
            consumer.seekToBeginning(List.of(shard));
            long end = consumer.endOffsets(List.of(shard)).get(shard);
            while (consumer.position(shard) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> states.put(
                                record.key(), Json.read(new String(record.value(), StandardCharsets.UTF_8))));
            }
        }
        return states;
    }

    /** Sends {@code records} in a transaction of another producer, and leaves the transaction open. */
    Producer<String, byte[]> openTransaction(List<ProducerRecord<String, byte[]>> records) {
        Producer<String, byte[]> other = clients().transactionalProducer("other-" + tenant);
        other.initTransactions();
        other.beginTransaction();
        records.forEach(other::send);
        other.flush();
        return other;
    }

    /** Writes a record to the shard of the stream. */
    void writeState(String key, String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(state, shard().partition(), key, bytes);
        try (Producer<String, byte[]> producer = openTransaction(List.of(record))) {
            producer.commitTransaction();
        }
    }

    @Override
    public void close() {
        instances.forEach(EventStreamRegistry::close);
    }
}
