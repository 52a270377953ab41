package io.bangwo8stream.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.text.SafeText;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The shards of the state topic: each stream has one partition, computed from the number of partitions that the topic
 * itself remembers under the key {@code _meta} in its partition 0.
 */
@Singleton
class StateTopic {

    /** The key under which the topic remembers its number of partitions. */
    static final String META_KEY = "_meta";

    /** How long to wait for a topic that was just created, which not every broker knows at once. */
    private static final Duration DISCOVERY_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

    private final String topic;
    private final KafkaClients clients;
    private final StateNotes notes;
    private final StateOwners owners;
    private int partitions;
    private int format = StateFormat.newest();
    private Map<String, byte[]> known = Map.of();

    StateTopic(Settings settings, KafkaClients clients) {
        this.topic = settings.topic("state");
        this.clients = clients;
        this.notes = new StateNotes(topic, clients);
        this.owners = new StateOwners(notes, settings);
    }

    /**
     * The partition with the states of a stream, and of those other streams that have the same hash.
     *
     * @throws UnsuitableTopicException as {@link #partitions}, and when the states are newer than this version reads
     * @throws KafkaException           as {@link #partitions}
     */
    TopicPartition shard(String tenant, String stream) {
        TopicPartition shard = new TopicPartition(topic, shard(tenant, stream, partitions()));
        if (format() > StateFormat.newest()) {
            throw unsuitable("whose states have the format " + format() + ", but this version reads formats up to "
                    + StateFormat.newest() + ": start the version that wrote them, or a newer one");
        }
        return shard;
    }

    /**
     * The same without writing anything; empty where the topic does not exist, or contains no state.
     *
     * @throws UnsuitableTopicException as {@link #partitions}
     * @throws KafkaException           when the broker does not respond
     */
    synchronized Optional<TopicPartition> writtenShard(String tenant, String stream) {
        try (Consumer<String, byte[]> consumer = clients.uncommittedConsumer()) {
            int present = consumer.partitionsFor(topic).size();
            return present == 0
                    ? Optional.empty()
                    : Optional.ofNullable(notes.read(consumer).get(META_KEY))
                            .map(meta -> checkRemembered(meta, present))
                            .map(partitions -> new TopicPartition(topic, shard(tenant, stream, partitions)));
        }
    }

    /** The format of the states, as the topic remembers it; {@link #partitions} reads it. */
    synchronized int format() {
        return format;
    }

    /** The error when the states of the tenant belong to another account. */
    synchronized Optional<String> accountError() {
        partitions();
        return owners.accountError(known);
    }

    /** Whether the present account is the owner of the states of the tenant; empty where nobody is. Writes nothing. */
    Optional<Boolean> isOwner() {
        try (Consumer<String, byte[]> consumer = clients.uncommittedConsumer()) {
            if (consumer.partitionsFor(topic).isEmpty()) {
                throw new UnknownTopicOrPartitionException("the topic " + topic + " does not exist");
            }
            return owners.isOwner(notes.read(consumer));
        }
    }

    /** Makes the present account the owner of the states of the tenant. */
    void adoptAccount() {
        owners.adoptAccount();
    }

    /** The error when an event topic belongs to another tenant. */
    synchronized Optional<String> topicError(TopicSpec events) {
        partitions();
        return owners.topicError(known, events);
    }

    /** The number of the shard; it must never change, because the states of earlier versions lie there. */
    static int shard(String tenant, String stream, int partitions) {
        CRC32C hash = new CRC32C();
        hash.update((tenant + "/" + stream).getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % partitions);
    }

    /**
     * The number of partitions that the topic remembers; an empty topic remembers from now on the number that it has.
     *
     * @throws UnsuitableTopicException when the topic has another number of partitions than it remembers, or contains
     *                                  records and remembers none
     * @throws KafkaException           when the broker does not respond, or does not know the topic
     */
    synchronized int partitions() {
        if (partitions == 0) {
            try (Consumer<String, byte[]> consumer = clients.uncommittedConsumer()) {
                partitions = check(consumer);
            }
        }
        return partitions;
    }

    private int check(Consumer<String, byte[]> consumer) {
        List<TopicPartition> present = presentPartitions(consumer);
        // Before `_meta` is read: an instance that starts at the same time writes `_meta` first, and only then states.
        boolean isEmpty = isEmpty(consumer, present);
        known = notes.read(consumer);
        byte[] meta = known.get(META_KEY);
        if (meta != null) {
            return checkRemembered(meta, present.size());
        }
        checkUnlabelled(present.size(), isEmpty);
        writeMeta(present.size());
        return present.size();
    }

    private void checkUnlabelled(int present, boolean isEmpty) {
        if (!isEmpty) {
            throw unsuitable("which has " + count(present) + " with records, but no record " + META_KEY
                    + " that states how many it was written with: name a new topic in bangwo8.topics.state, and run"
                    + " the command rebuild-state");
        }
    }

    /** What is wrong with the topic and with the owners that it remembers, read without writing anything. */
    synchronized List<String> inspect(Collection<TopicSpec> events) {
        try (Consumer<String, byte[]> consumer = clients.uncommittedConsumer()) {
            List<TopicPartition> present = presentPartitions(consumer);
            boolean isEmpty = isEmpty(consumer, present);
            Map<String, byte[]> remembered = notes.read(consumer);
            byte[] meta = remembered.get(META_KEY);
            if (meta == null) {
                checkUnlabelled(present.size(), isEmpty);
            } else {
                checkRemembered(meta, present.size());
            }
            return owners.errors(remembered, events);
        } catch (UnsuitableTopicException unsuitable) {
            return List.of(unsuitable.getMessage());
        }
    }

    private int checkRemembered(byte[] meta, int present) {
        JsonNode remembered;
        try {
            remembered = LenientJson.read(meta);
        } catch (UnreadableJsonException unreadable) {
            throw unsuitable("whose record " + META_KEY + " cannot be read: " + SafeText.of(unreadable));
        }
        int expected = remembered.path("partitions").asInt();
        format = remembered.path("format").asInt();
        if (expected != present) {
            throw unsuitable("which has " + count(present) + ", but its states were written with " + count(expected)
                    + ": recreate the topic with " + count(expected)
                    + " or use another bangwo8.topics.state, and run the command rebuild-state");
        }
        return expected;
    }

    private UnsuitableTopicException unsuitable(String problem) {
        return new UnsuitableTopicException("bangwo8.topics.state is '" + topic + "', " + problem);
    }

    private static String count(int partitions) {
        return partitions + (partitions == 1 ? " partition" : " partitions");
    }

    /** Waits for the topic: a broker that does not know the topic must not be mistaken for one without states. */
    private List<TopicPartition> presentPartitions(Consumer<String, byte[]> consumer) {
        long deadline = System.nanoTime() + DISCOVERY_TIMEOUT.toNanos();
        List<PartitionInfo> present = consumer.partitionsFor(topic);
        while (present.isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new UnknownTopicOrPartitionException("the broker does not know the state topic " + topic);
            }
            pause();
            present = consumer.partitionsFor(topic);
        }
        return present.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_TIMEOUT.toMillis());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private static boolean isEmpty(Consumer<String, byte[]> consumer, List<TopicPartition> present) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(present);
        return consumer.beginningOffsets(present).entrySet().stream()
                .allMatch(beginning -> beginning.getValue() >= ends.get(beginning.getKey()));
    }

    private void writeMeta(int present) {
        ObjectNode meta = LenientJson.object();
        meta.put("partitions", present);
        meta.put("format", StateFormat.newest());
        // Instances that start at the same time write the same value.
        notes.write(META_KEY, LenientJson.write(meta));
    }
}
