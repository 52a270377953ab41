package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bangwo8stream.broker.EmbeddedBroker;
import io.bangwo8stream.change.RecordState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of which each believes that it may write the stream. */
class CompetingWritersTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    private KafkaClients clients;
    private String events;
    private String state;
    private StreamWriter slow;
    private StreamWriter quick;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics() throws Exception {
        int number = NUMBER.incrementAndGet();
        events = "events-" + number;
        state = "state-" + number;
        clients = new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers()));
        try (Admin admin = clients.admin()) {
            admin.createTopics(List.of(new NewTopic(events, 1, (short) 1), new NewTopic(state, 1, (short) 1)))
                    .all()
                    .get();
        }
        slow = writer();
        quick = writer();
    }

    @AfterEach
    void closeWriters() {
        slow.close();
        quick.close();
    }

    @Test
    void writesNoPageThatWasListedBeforeTheOtherTookOver() throws Exception {
        slow.begin();
        quick.begin();
        quick.commit(page("new"));

        assertThatThrownBy(() -> slow.commit(page("old"))).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> slow.commit(page("old too"))).isInstanceOf(FencedException.class);
        assertThat(published()).containsExactly("new");
    }

    @Test
    void decidesNoPageAnewThatWasListedBeforeTheOtherWrote() throws Exception {
        slow.begin();
        AtomicInteger tries = new AtomicInteger();

        assertThatThrownBy(() -> slow.commit(() -> {
                    if (tries.incrementAndGet() == 1) {
                        quick.begin();
                        commit(quick, page("new"));
                        throw new TimeoutException("the broker was away");
                    }
                    return page("old").get();
                }))
                .isInstanceOf(FencedException.class);
        assertThat(published()).containsExactly("new");
    }

    @Test
    void decidesAPageAnewWhenTheOtherTookOverButWroteNothing() throws Exception {
        slow.begin();
        AtomicInteger tries = new AtomicInteger();

        slow.commit(() -> {
            if (tries.incrementAndGet() == 1) {
                quick.begin();
                throw new TimeoutException("the broker was away");
            }
            return page("still new").get();
        });

        assertThat(published()).containsExactly("still new");
    }

    @Test
    void decidesAPageAnewAfterItsOwnTransactionFailed() throws Exception {
        slow.begin();
        slow.commit(page("one"));
        AtomicInteger tries = new AtomicInteger();

        slow.commit(() -> {
            if (tries.incrementAndGet() == 1) {
                throw new TimeoutException("the broker was away");
            }
            return page("two").get();
        });

        assertThat(published()).containsExactly("one", "two");
    }

    @Test
    void writesAgainInTheNextScan() throws Exception {
        slow.begin();
        quick.begin();
        quick.commit(page("first"));
        assertThatThrownBy(() -> slow.commit(page("old"))).isInstanceOf(FencedException.class);

        slow.begin();
        slow.commit(page("second"));

        assertThat(published()).containsExactly("first", "second");
    }

    private StreamWriter writer() {
        StateStore store = new StateStore("tenant", "stream");
        return new StreamWriter(
                "stream",
                () -> clients.transactionalProducer("writer-of-" + events),
                writer -> new StateLoader(state, store, clients, writer),
                store,
                state);
    }

    private Supplier<WriteBatch> page(String content) {
        return () -> {
            WriteBatch batch = new WriteBatch();
            batch.add(new ProducerRecord<>(events, "1", content.getBytes(StandardCharsets.UTF_8)), null);
            batch.storeState("1", new RecordState(content.hashCode(), 1, 1, 1, false, 0, 0, 0, false));
            return batch;
        };
    }

    private static void commit(StreamWriter writer, Supplier<WriteBatch> page) {
        try {
            writer.commit(page);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> published() {
        try (StreamWriter third = writer()) {
            // Only after it has begun do all earlier transactions stand in the log with their ends.
            third.begin();
        }
        try (Consumer<String, byte[]> consumer = clients.committedReader()) {
            List<TopicPartition> partitions = List.of(new TopicPartition(events, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).get(partitions.get(0));
            List<String> values = new ArrayList<>();
            while (consumer.position(partitions.get(0)) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(event -> values.add(new String(event.value(), StandardCharsets.UTF_8)));
            }
            return values;
        }
    }
}
