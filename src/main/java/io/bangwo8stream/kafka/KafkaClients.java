package io.bangwo8stream.kafka;

import io.bangwo8stream.text.Secrets;
import io.bangwo8stream.time.SetBackWatch;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.quarkus.component.kafka.QuarkusKafkaClientFactory;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Creates every Kafka client from the settings under {@code kafka.}: those of this project, and, through a factory for
 * camel-kafka, those of the {@code kafka:} endpoints.
 */
@Singleton
public class KafkaClients {

    /** A page's transaction takes about a second; one that stays open longer belongs to a dead or paused instance. */
    private static final int DEFAULT_TRANSACTION_TIMEOUT_MS = 60_000;

    /** Not zero: a read that is behind must not ask all the time. */
    private static final int SHORTEST_WAIT_MS = 10;

    private final KafkaSettingNames settingNames = new KafkaSettingNames();
    private final Map<String, Object> settings;
    private final OpenClients open = new OpenClients();

    KafkaClients(@Identifier("default-kafka-broker") Map<String, Object> settings) {
        this.settings = settings;
        Secrets.know("kafka", KafkaSecrets.of(settings).toArray(String[]::new));
    }

    /** Replaces all clients when the wall clock, with which they measure pauses, is set back. */
    @Inject
    void replaceAfterSetBack(SetBackWatch clock) {
        clock.onSetBack(open::abandonAll);
    }

    /** Whether the owner of a client must close it, and create a new one. */
    boolean isAbandoned(AutoCloseable client) {
        return open.isAbandoned(client);
    }

    /** {@code bootstrap.servers}. */
    String servers() {
        return String.valueOf(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** What listens at the addresses of the brokers. */
    BrokerPort port() {
        return new BrokerPort(
                servers(),
                String.valueOf(settings.getOrDefault(
                        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL)));
    }

    /** The client factory for the {@code kafka:} endpoints of routes. */
    @Produces
    @Singleton
    KafkaClientFactory camelKafkaClientFactory() {
        return new QuarkusKafkaClientFactory(settings);
    }

    /** The settings that a consumer understands, without {@code group.id}. */
    public Map<String, Object> consumerSettings() {
        Map<String, Object> consumer = settingsKnownTo(ConsumerConfig.configNames());
        consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return consumer;
    }

    /** Creates an administration client; the caller closes it. */
    public Admin admin() {
        return open.add(Admin.create(settingsKnownTo(AdminClientConfig.configNames())));
    }

    /** What the transactional ids of all streams of {@code tenant} begin with. */
    static String transactionalIdPrefix(String tenant) {
        return "bangwo8-" + tenant + "-";
    }

    Producer<String, byte[]> transactionalProducer(String transactionalId) {
        Map<String, Object> producer = new HashMap<>();
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
        producer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        producer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        producer.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        // Well below the limit of any topic: Kafka splits a batch that its topic rejects as too large into batches of
        // this size, so a size above that limit would never succeed.
        producer.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
        producer.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, DEFAULT_TRANSACTION_TIMEOUT_MS);
        producer.putAll(settingsKnownTo(ProducerConfig.configNames()));
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        return open.add(new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer()));
    }

    /** After this time the broker aborts a transaction of a dead or paused instance. */
    Duration transactionTimeout() {
        String name = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
        Object timeout = settings.getOrDefault(name, DEFAULT_TRANSACTION_TIMEOUT_MS);
        return Duration.ofMillis((Integer) ConfigDef.parseType(name, timeout, ConfigDef.Type.INT));
    }

    /** A producer without transactions. */
    Producer<String, byte[]> plainProducer() {
        Map<String, Object> producer = new HashMap<>();
        producer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000);
        producer.putAll(settingsKnownTo(ProducerConfig.configNames()));
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        // Brokers before Kafka 3 require an additional right for it.
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        producer.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return open.add(new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer()));
    }

    Consumer<String, byte[]> committedConsumer() {
        return consumer(IsolationLevel.READ_COMMITTED, Map.of());
    }

    /**
     * A consumer that no open transaction delays, for reads that end where the topic ends: it asks for more records than
     * there are, and its {@code close} waits for the answer, by default half a second.
     */
    Consumer<String, byte[]> uncommittedConsumer() {
        return consumer(
                IsolationLevel.READ_UNCOMMITTED, Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, SHORTEST_WAIT_MS));
    }

    private Consumer<String, byte[]> consumer(IsolationLevel isolationLevel, Map<String, Object> more) {
        Map<String, Object> consumer = consumerSettings();
        consumer.putAll(more);
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolationLevel.toString());
        // A broker would create a deleted state topic again, empty and with its default number of partitions.
        consumer.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // If its offset no longer exists, the consumer reads known states again; starting at the end would skip states.
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        return open.add(new KafkaConsumer<>(consumer, new StringDeserializer(), new ByteArrayDeserializer()));
    }

    /** With those that no client knows: they are for extensions, such as a configuration provider. */
    private Map<String, Object> settingsKnownTo(Set<String> names) {
        Map<String, Object> known = new HashMap<>(settings);
        known.keySet().removeIf(name -> !names.contains(name) && settingNames.isOfAClient(name));
        return known;
    }
}
