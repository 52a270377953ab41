package io.bangwo8stream.cluster;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Counts the consumers that the instances of this process have created. */
public final class CreatedConsumers implements ConsumerInterceptor<byte[], byte[]> {

    private static final AtomicInteger COUNT = new AtomicInteger();

    static int count() {
        return COUNT.get();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        COUNT.incrementAndGet();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Nothing is committed.
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
