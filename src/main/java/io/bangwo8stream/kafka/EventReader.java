package io.bangwo8stream.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Reads the committed events of one source from a topic, one partition after the other. Not thread-safe. */
final class EventReader implements AutoCloseable {

    /** How far back from the end of a partition the reader looks for one event. */
    private static final int TAIL = 10_000;

    private static final int RECORDS_PER_PART = 2_000;
    private static final long BYTES_PER_PART = 16L * 1024 * 1024;
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    /** After this time without any progress the broker does not respond. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final String topic;
    private final String source;
    private final Consumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> begins;
    private final Map<TopicPartition, Long> ends;

    /** @param source the {@code ce_source} of the events; others are skipped */
    EventReader(String topic, String source, Consumer<String, byte[]> consumer) {
        this.topic = topic;
        this.source = source;
        this.consumer = consumer;
        try {
            this.partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .sorted(Comparator.comparingInt(TopicPartition::partition))
                    .toList();
            this.begins = consumer.beginningOffsets(partitions);
            this.ends = consumer.endOffsets(partitions);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** Whether an event of the source is among the last records of a partition. */
    boolean hasEvent() {
        for (TopicPartition partition : partitions) {
            long from = Math.max(begins.get(partition), ends.get(partition) - TAIL);
            boolean[] found = {false};
            read(partition, from, record -> {
                found[0] = PublishedEvent.read(record, source).isPresent();
                return !found[0];
            });
            if (found[0]) {
                return true;
            }
        }
        return false;
    }

    /** The events behind {@code after}, the position of those before; empty for the first ones. */
    EventTopics.Part next(Optional<String> after) {
        Place from = after.map(Place::parse).orElse(new Place(0, 0));
        Collected collected = new Collected();
        for (TopicPartition partition : partitions) {
            if (partition.partition() < from.partition()) {
                continue;
            }
            long begin = begins.get(partition);
            long offset = partition.partition() == from.partition() ? Math.max(begin, from.offset()) : begin;
            if (!read(partition, offset, collected::add)) {
                return new EventTopics.Part(collected.events, Optional.of(collected.next.toString()));
            }
        }
        return new EventTopics.Part(collected.events, Optional.empty());
    }

    /** The next record to read; text such as {@code 0/120} in the answer of a command. */
    private record Place(int partition, long offset) {

        static Place parse(String text) {
            int slash = text.indexOf('/');
            return new Place(Integer.parseInt(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
        }

        @Override
        public String toString() {
            return partition + "/" + offset;
        }
    }

    /** What one part contains so far. */
    private final class Collected {
        private final List<PublishedEvent> events = new ArrayList<>();
        private int records;
        private long bytes;
        private Place next;

        /** Returns whether the part has room for more. */
        boolean add(ConsumerRecord<String, byte[]> record) {
            PublishedEvent.read(record, source).ifPresent(events::add);
            records++;
            bytes += Math.max(record.serializedValueSize(), 0);
            next = new Place(record.partition(), record.offset() + 1);
            return records < RECORDS_PER_PART && bytes < BYTES_PER_PART;
        }
    }

    /** Reads up to the end of a partition; returns whether {@code goesOn} never ended that. */
    private boolean read(TopicPartition partition, long from, Predicate<ConsumerRecord<String, byte[]>> goesOn) {
        long end = ends.get(partition);
        if (from >= end) {
            return true;
        }
        try {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            long deadline = System.nanoTime() + SILENCE.toNanos();
            for (long before = from, now = from; now < end; now = consumer.position(partition)) {
                if (now > before) {
                    before = now;
                    deadline = System.nanoTime() + SILENCE.toNanos();
                } else if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException("the topic " + topic + " could not be read to its end");
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL_TIMEOUT)) {
                    if (!goesOn.test(record)) {
                        return false;
                    }
                }
            }
            return true;
        } catch (TopicAuthorizationException missing) {
            throw new RefusedException(KafkaErrors.missingRight("READ", "the topic " + topic), missing);
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
