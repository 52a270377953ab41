package io.bangwo8stream.kafka;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** What the topics of events contain. */
@Singleton
public class EventTopics {

    private final KafkaClients clients;

    EventTopics(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * Some events of a topic.
     *
     * @param events   in the order of their partitions
     * @param position of the last one; empty where no more follow
     */
    public record Part(List<PublishedEvent> events, Optional<String> position) {}

    /**
     * Whether an event with this {@code ce_source} is among the last records of a topic.
     *
     * @throws RefusedException when the right to read the topic is missing
     * @throws KafkaException   when the broker does not respond
     */
    public boolean hasEvents(String topic, String source) {
        try (EventReader reader = reader(topic, source)) {
            return reader.hasEvent();
        }
    }

    /**
     * The next events of a topic with this {@code ce_source}, at most some thousand.
     *
     * @param after the position of those before; empty for the first ones
     * @throws RefusedException when the right to read the topic is missing
     * @throws KafkaException   when the broker does not respond
     */
    public Part read(String topic, String source, Optional<String> after) {
        try (EventReader reader = reader(topic, source)) {
            return reader.next(after);
        }
    }

    private EventReader reader(String topic, String source) {
        return new EventReader(topic, source, clients.committedConsumer());
    }

    /**
     * Whether a topic exists, and no record was ever written to it.
     *
     * @throws KafkaException when the broker does not respond, or refuses to describe the topic
     */
    public boolean wasNeverWritten(String topic) {
        Map<TopicPartition, Long> ends = ends(topic);
        return !ends.isEmpty() && areZero(ends);
    }

    /**
     * The same, or whether the topic does not exist. While the product runs it does exist, and a broker that does not know
     * it has just started.
     *
     * @throws KafkaException as {@link #wasNeverWritten}
     */
    public boolean isAbsentOrWasNeverWritten(String topic) {
        return areZero(ends(topic));
    }

    private static boolean areZero(Map<TopicPartition, Long> ends) {
        return ends.values().stream().allMatch(end -> end == 0);
    }

    private Map<TopicPartition, Long> ends(String topic) {
        try (Consumer<String, byte[]> consumer = clients.uncommittedConsumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            return consumer.endOffsets(partitions);
        }
    }
}
