package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.FileRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a stream reads its states and goes on, however the broker, the topics or the producer compress. */
@ExtendWith(SharedBroker.class)
@Timeout(120)
class CompressedTopicsTest {

    /** Large enough that each kind makes it smaller. */
    private static final String LARGE = "large ".repeat(1000);

    private final TestBroker broker = TestBroker.withoutTopics();

    @AfterEach
    void close() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uncompressed", "gzip", "snappy", "lz4", "zstd"})
    void goesOnWithStatesThatTheTopicCompresses(String kind) throws Exception {
        createTopics(kind);

        publishAndTakeOver();

        assertThat(compressionOfStates()).containsExactly(kind.replace("uncompressed", "none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void goesOnWithStatesThatTheProducerCompresses(String kind) throws Exception {
        createTopics("producer");

        publishAndTakeOver("compression.type", kind);

        assertThat(compressionOfStates()).containsExactly(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
    void goesOnWithStatesThatTheTopicCompressesInAnotherWayThanTheProducer(String kind) throws Exception {
        createTopics("zstd".equals(kind) ? "snappy" : "zstd");

        publishAndTakeOver("compression.type", kind);

        assertThat(compressionOfStates()).doesNotContain(kind).hasSize(1);
    }

    /** One instance publishes a record; the next one reads its state and events, and publishes a change of it. */
    private void publishAndTakeOver(String... clientSettings) throws Exception {
        EventStream first = broker.stream(clientSettings);
        first.lock();
        first.commit(() -> broker.batch("7", LARGE, 1));
        first.unlock();

        EventStream next = broker.stream(clientSettings);
        next.lock();
        assertThat(next.state("7")).isEqualTo(TestBroker.state(1));
        next.commit(() -> broker.batch("7", "small", 2));
        next.unlock();

        assertThat(broker.events()).containsExactly("7=" + LARGE, "7=small");
        EventStream last = broker.stream(clientSettings);
        last.lock();
        assertThat(last.state("7")).isEqualTo(TestBroker.state(2));
    }

    private void createTopics(String compression) throws Exception {
        Map<String, String> settings = Map.of("compression.type", compression);
        try (Admin admin = broker.clients().admin()) {
            admin.createTopics(List.of(
                            new NewTopic(broker.events, 1, (short) 1).configs(settings),
                            new NewTopic(broker.state, 1, (short) 1).configs(settings)))
                    .all()
                    .get();
        }
    }

    /** How the broker stores the batches of the streams, without the control batches of transactions. */
    private Set<String> compressionOfStates() throws IOException {
        TopicPartition shard = broker.shard();
        Path segment = SharedBroker.directory().resolve(shard.toString()).resolve("00000000000000000000.log");
        Set<String> kinds = new TreeSet<>();
        try (FileRecords records = FileRecords.open(segment.toFile(), false)) {
            records.batches().forEach(batch -> {
                if (!batch.isControlBatch() && batch.producerId() >= 0) {
                    kinds.add(batch.compressionType().name);
                }
            });
        }
        return kinds;
    }
}
