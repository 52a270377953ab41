package io.bangwo8stream.kafka;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
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
     * Whether a topic exists, and no record was ever written to it.
     *
     * @throws KafkaException when the broker does not respond, or refuses to describe the topic
     */
    public boolean wasNeverWritten(String topic) {
        try (Consumer<String, byte[]> consumer = clients.uncommittedConsumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return !partitions.isEmpty() && ends.values().stream().allMatch(end -> end == 0);
        }
    }
}
