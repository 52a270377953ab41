package io.bangwo8stream.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * What the state topic remembers besides states, in its partition 0: records whose keys start with an underscore. They
 * are written without a transaction and read uncommitted, so that no open transaction hides them.
 */
final class StateNotes {

    private static final String PREFIX = "_";
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

    private final TopicPartition partition;
    private final KafkaClients clients;

    StateNotes(String topic, KafkaClients clients) {
        this.partition = new TopicPartition(topic, 0);
        this.clients = clients;
    }

    /** The newest value of each note, by key. */
    Map<String, byte[]> read(Consumer<String, byte[]> consumer) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        Map<String, byte[]> notes = new HashMap<>();
        readToEnd(consumer, (key, value) -> {
            if (value == null) {
                notes.remove(key);
            } else {
                notes.put(key, value);
            }
        });
        return notes;
    }

    private interface NoteHandler {
        void accept(String key, byte[] value);
    }

    private void readToEnd(Consumer<String, byte[]> consumer, NoteHandler handler) {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        long deadline = System.nanoTime() + READ_TIMEOUT.toNanos();
        while (consumer.position(partition) < end) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException(
                        "partition 0 of the state topic " + partition.topic() + " could not be read to its end");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL_TIMEOUT)) {
                if (record.key() != null && record.key().startsWith(PREFIX)) {
                    handler.accept(record.key(), record.value());
                }
            }
        }
    }

    /**
     * Writes a note that does not exist yet. Of several instances that do so at once, the first one wins.
     *
     * @return the value that holds: this one, or that of the instance that was faster
     */
    byte[] claim(String key, byte[] value) {
        try (Consumer<String, byte[]> consumer = clients.uncommittedConsumer()) {
            Map<String, byte[]> first = read(consumer);
            if (!first.containsKey(key)) {
                long from = consumer.position(partition);
                write(key, value);
                consumer.seek(partition, from);
                readToEnd(consumer, first::putIfAbsent);
                if (!Arrays.equals(first.get(key), value)) {
                    // This instance's record is the newer one, and the topic is compacted.
                    write(key, first.get(key));
                }
            }
            return first.get(key);
        }
    }

    /** Writes a note. */
    void write(String key, byte[] value) {
        try (Producer<String, byte[]> producer = clients.plainProducer()) {
            producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), key, value))
                    .get();
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException refused ? refused : new KafkaException(failed.getCause());
        }
    }

    /** The value as text, for messages. */
    static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
