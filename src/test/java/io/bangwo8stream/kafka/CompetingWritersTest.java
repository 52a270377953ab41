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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances that both assume leadership of the same stream. */
class CompetingWritersTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path directory;

    private static EmbeddedBroker broker;

    private KafkaClients clients;
    private String events;
    private String state;
    private StreamWriter slow;
    private StreamWriter fast;

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
        fast = writer();
    }

    @AfterEach
    void closeWriters() {
        slow.close();
        fast.close();
    }

    @Test
    void writesNoPageThatWasListedBeforeAnotherInstanceTookOver() throws Exception {
        slow.begin();
        fast.begin();
        fast.commit(page("new"));

        assertThatThrownBy(() -> slow.commit(page("old"))).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> slow.commit(page("another old"))).isInstanceOf(FencedException.class);
        assertThat(published()).containsExactly("new");
    }

    @Test
    void abandonsAFailedPageThatWasListedBeforeAnotherInstanceWrote() throws Exception {
        slow.begin();
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> slow.commit(() -> {
                    if (attempts.incrementAndGet() == 1) {
                        fast.begin();
                        commit(fast, page("new"));
                        throw new TimeoutException("the broker is down");
                    }
                    return page("old").get();
                }))
                .isInstanceOf(FencedException.class);
        assertThat(published()).containsExactly("new");
    }

    @Test
    void reevaluatesAFailedPageWhenAnotherInstanceTookOverButWroteNothing() throws Exception {
        slow.begin();
        AtomicInteger attempts = new AtomicInteger();

        slow.commit(() -> {
            if (attempts.incrementAndGet() == 1) {
                fast.begin();
                throw new TimeoutException("the broker is down");
            }
            return page("still new").get();
        });

        assertThat(published()).containsExactly("still new");
    }

    @Test
    void reevaluatesAPageWhoseTransactionFailed() throws Exception {
        slow.begin();
        slow.commit(page("one"));
        AtomicInteger attempts = new AtomicInteger();

        slow.commit(() -> {
            if (attempts.incrementAndGet() == 1) {
                throw new TimeoutException("the broker is down");
            }
            return page("two").get();
        });

        assertThat(published()).containsExactly("one", "two");
    }

    @Test
    void writesAgainInTheScanAfterTheFencedScan() throws Exception {
        slow.begin();
        fast.begin();
        fast.commit(page("first"));
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
                writerId -> new StateLoader(new TopicPartition(state, 0), store, clients, writerId),
                store,
                new StreamErrors(clients, "stream", "writer-of-" + events));
    }

    private Supplier<WriteBatch> page(String content) {
        return () -> {
            WriteBatch batch = new WriteBatch();
            batch.add(new OutgoingRecord(events, "1", content.getBytes(StandardCharsets.UTF_8), Map.of()), null);
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
            // A new writer ends all earlier transactions, so that every event is visible or aborted.
            third.begin();
        }
        try (Consumer<String, byte[]> consumer = clients.committedConsumer()) {
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
