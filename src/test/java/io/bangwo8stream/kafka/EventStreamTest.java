package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.change.RecordState;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a stream promises, against a real broker. */
@ExtendWith(SharedBroker.class)
@Timeout(120)
class EventStreamTest {

    private static final LocalDate DAY = LocalDate.ofEpochDay(20_484);

    private static final String SMALL = "small ".repeat(100);

    private final TestBroker broker = TestBroker.withTopics(Map.of("max.message.bytes", "80000"));
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        thread.shutdownNow();
        broker.close();
    }

    @Test
    void aBatchIsVisibleTogetherWithItsState() throws Exception {
        EventStream stream = entered(broker.stream());

        stream.commit(() -> broker.batch("7", "a", 1));

        assertThat(broker.events()).containsExactly("7=a");
        assertThat(stream.state("7")).isEqualTo(TestBroker.state(1));
        assertThat(entered(broker.stream()).state("7")).isEqualTo(TestBroker.state(1));
    }

    @Test
    void letsTheScanThatWaitsGoFirst() throws Exception {
        EventStream stream = entered(broker.stream());
        List<String> order = new CopyOnWriteArrayList<>();
        Future<?> waiting = thread.submit(() -> {
            stream.lock();
            order.add("the one that waited");
            stream.unlock();
            return null;
        });
        await().until(stream::isAwaited);

        stream.yieldTurn();
        order.add("the one that let it pass");

        waiting.get();
        assertThat(order).containsExactly("the one that waited", "the one that let it pass");
        stream.yieldTurn();
        stream.commit(() -> broker.batch("7", "a", 1));
        assertThat(broker.events()).containsExactly("7=a");
    }

    @Test
    void anEmptyBatchWritesNothing() throws Exception {
        EventStream stream = entered(broker.stream());

        assertThat(stream.commit(WriteBatch::new).isEmpty()).isTrue();

        assertThat(broker.events()).isEmpty();
    }

    @Test
    void theStateOfAnotherStreamOrTenantIsNotIts() throws Exception {
        broker.write("other/remote-records/7", "{\"row\":\"0000000000000001\",\"day\":\"2026-01-31\"}");
        broker.write(broker.tenant + "/remote-records-too/7", "{\"row\":\"0000000000000001\",\"day\":\"2026-01-31\"}");

        assertThat(entered(broker.stream()).size()).isZero();
    }

    @Test
    void aNewInstanceReadsStatesTombstonesAndHowFarSourcesAreBackfilled() throws Exception {
        EventStream first = entered(broker.stream());
        first.commit(() -> broker.batch("7", "a", 1));
        first.commit(() -> broker.batch("7", "b", 2));
        first.commit(() -> broker.batch("8", "a", 1));
        first.backfilled("remote-records", DAY);
        first.backfilled("agent-records", DAY.plusDays(5));
        first.commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.removeState("8");
            return batch;
        });

        EventStream second = entered(broker.stream());

        assertThat(second.size()).isEqualTo(1);
        assertThat(second.state("7")).isEqualTo(TestBroker.state(2));
        assertThat(second.state("8")).isNull();
        assertThat(second.backfilledTo("remote-records")).isEqualTo(DAY.plusDays(1));
        assertThat(second.backfilledTo("agent-records")).isEqualTo(DAY.plusDays(6));
        assertThat(second.backfilledTo("tickets")).isNull();
    }

    @Test
    void whatAnotherInstanceWroteIsReadBeforeTheNextTurn() throws Exception {
        EventStream one = entered(broker.stream());
        one.commit(() -> broker.batch("7", "a", 1));
        one.unlock();
        EventStream other = entered(broker.stream());
        other.commit(() -> broker.batch("7", "b", 2));
        other.unlock();

        assertThat(entered(one).state("7")).isEqualTo(TestBroker.state(2));
    }

    @Test
    void aSecondInstanceFencesTheFirst() throws Exception {
        EventStream first = entered(broker.stream());
        first.commit(() -> broker.batch("7", "a", 1));
        EventStream second = entered(broker.stream());
        second.commit(() -> broker.batch("7", "b", 2));

        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> first.commit(() -> broker.batch("7", "void", 3)))
                .withMessage("another instance writes the stream remote-records now");
        second.commit(() -> broker.batch("8", "a", 1));

        assertThat(broker.events()).containsExactly("7=a", "7=b", "8=a");
    }

    @Test
    void aFencedInstanceMayTakeOverAgainAndKnowsWhatHappened() throws Exception {
        EventStream first = entered(broker.stream());
        EventStream second = entered(broker.stream());
        second.commit(() -> broker.batch("7", "b", 2));
        assertThatThrownBy(() -> first.commit(() -> broker.batch("7", "void", 3)))
                .isInstanceOf(FencedException.class);
        first.unlock();

        entered(first).commit(() -> {
            assertThat(first.state("7")).isEqualTo(TestBroker.state(2));
            return broker.batch("7", "c", 3);
        });

        assertThat(broker.events()).containsExactly("7=b", "7=c");
    }

    @Test
    void aTransactionThatADeadInstanceLeftOpenIsVoid() throws Exception {
        Producer<String, byte[]> dead =
                broker.clients().transactionalProducer("bangwo8-" + broker.tenant + "-remote-records");
        dead.initTransactions();
        dead.beginTransaction();
        dead.send(broker.event("7", "void"));
        dead.flush();

        entered(broker.stream()).commit(() -> broker.batch("7", "a", 1));

        assertThat(broker.events()).containsExactly("7=a");
        dead.close(Duration.ZERO);
    }

    @Test
    void aRecordTooLargeForTheTopicIsToldAndTheRestCommits() throws Exception {
        assertThat(commitWithOneTooLarge(entered(broker.stream("compression.type", "none")), 90_000))
                .containsExactly(90_000);
        assertThat(broker.events()).containsExactly("1=" + SMALL, "3=" + SMALL);
    }

    @Test
    void aRecordTooLargeForTheClientIsToldAndTheRestCommits() throws Exception {
        assertThat(commitWithOneTooLarge(entered(broker.stream("max.request.size", "5000")), 6_000))
                .containsExactly(6_000);
        assertThat(broker.events()).containsExactly("1=" + SMALL, "3=" + SMALL);
    }

    @Test
    void everyRecordThatIsTooLargeIsTold() throws Exception {
        EventStream stream = entered(broker.stream("max.request.size", "5000"));
        List<Integer> told = new ArrayList<>();

        stream.commit(() -> {
            WriteBatch batch = new WriteBatch();
            for (int size : new int[] {6_000, 100, 9_000, 4_000, 7_000}) {
                if (!told.contains(size)) {
                    batch.add(broker.event(Integer.toString(size), "x".repeat(size)), told::add);
                }
            }
            return batch;
        });

        assertThat(told).containsExactlyInAnyOrder(6_000, 9_000, 7_000);
        assertThat(broker.events())
                .extracting(event -> event.replaceAll("=.*", ""))
                .containsExactly("100", "4000");
    }

    /** The sizes that were told. */
    private List<Integer> commitWithOneTooLarge(EventStream stream, int size) throws InterruptedException {
        List<Integer> told = new ArrayList<>();
        stream.commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.add(broker.event("1", SMALL), told::add);
            batch.storeState("1", TestBroker.state(1));
            if (told.isEmpty()) {
                batch.add(broker.event("2", "x".repeat(size)), told::add);
                batch.storeState("2", TestBroker.state(1));
            }
            batch.add(broker.event("3", SMALL), told::add);
            batch.storeState("3", TestBroker.state(1));
            return batch;
        });
        assertThat(stream.state("2")).isNull();
        assertThat(stream.state("3")).isNotNull();
        return told;
    }

    @Test
    void anOpenTransactionOfAnotherStreamHidesNothingThatWasCommitted() throws Exception {
        List<ProducerRecord<String, byte[]>> others = List.of(
                new ProducerRecord<>(broker.state, 0, "other/stream/1", new byte[0]),
                new ProducerRecord<>(broker.state, 1, "other/stream/2", new byte[0]));
        EventStream first = entered(broker.stream());
        try (Producer<String, byte[]> other = broker.openTransaction(others)) {
            first.commit(() -> broker.batch("7", "a", 1));

            EventStream next = broker.stream();
            Future<EventStream> entering = thread.submit(() -> entered(next));
            // Without the wait it would begin with an empty state, and publish all of it again.
            staysOpen(entering, Duration.ofSeconds(1));
            other.abortTransaction();

            assertThat(entering.get(60, TimeUnit.SECONDS).state("7")).isEqualTo(TestBroker.state(1));
        }
    }

    @Test
    void aRestartOfTheBrokerInTheMiddleLosesAndDoublesNothing() throws Exception {
        EventStream stream = entered(broker.stream());
        stream.commit(() -> broker.batch("7", "a", 1));
        SharedBroker.stop();
        Future<WriteBatch> committing = thread.submit(() -> stream.commit(() -> broker.batch("7", "b", 2)));
        try {
            staysOpen(committing, Duration.ofMillis(300));
        } finally {
            SharedBroker.startAgain();
        }

        committing.get(100, TimeUnit.SECONDS);
        stream.commit(() -> broker.batch("7", "c", 3));

        assertThat(broker.events()).containsExactly("7=a", "7=b", "7=c");
        assertThat(entered(broker.stream()).state("7")).isEqualTo(TestBroker.state(3));
    }

    @Test
    void aValueInTheStateTopicThatNobodyCanReadIsPassedOver() throws Exception {
        String mine = broker.tenant + "/remote-records";
        for (String value : new String[] {
            "",
            "no JSON",
            "[]",
            "7",
            "null",
            "{}",
            "{\"row\":\"x\",\"day\":\"2026-01-31\"}",
            "{\"row\":\"0000000000000001\",\"day\":\"yesterday\"}"
        }) {
            broker.write(mine + "/odd", value);
        }
        broker.write(mine, "{\"remote-records\":\"yesterday\"}");
        broker.write(mine, "[]");
        broker.write(mine + "/7", "{\"row\":\"0000000000000001\",\"day\":\"2026-01-31\",\"new\":[1]}");

        EventStream stream = entered(broker.stream());

        assertThat(stream.size()).isEqualTo(1);
        assertThat(stream.state("7").row()).isEqualTo(1);
        assertThat(stream.backfilledTo("remote-records")).isNull();
    }

    @Test
    void aMissingStateTopicIsNotTakenForAnEmptyState() {
        try (TestBroker bare = TestBroker.withoutTopics()) {
            EventStream stream = bare.stream();
            assertThatThrownBy(stream::lock).isInstanceOf(KafkaException.class).hasMessageContaining(bare.state);
        }
    }

    @Test
    void aDecisionThatFailsLeavesTheStreamUsable() throws Exception {
        EventStream stream = entered(broker.stream());

        assertThatThrownBy(() -> stream.commit(() -> {
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");
        stream.commit(() -> broker.batch("7", "a", 1));

        assertThat(broker.events()).containsExactly("7=a");
    }

    @Test
    void oneScanUsesAStreamAtATime() throws Exception {
        EventStream stream = entered(broker.stream());
        Future<EventStream> second = thread.submit(() -> entered(stream));
        staysOpen(second, Duration.ofMillis(500));

        stream.unlock();

        assertThat(second.get(60, TimeUnit.SECONDS)).isSameAs(stream);
    }

    @Test
    void forgetsWhatIsOlderThanADayButNeitherWhatIsListedNorWhatIsStillToBeBackfilled() throws Exception {
        EventStream stream = entered(broker.stream());
        stream.commit(() -> {
            WriteBatch batch = new WriteBatch();
            for (int day = -9; day <= 0; day++) {
                batch.storeState(
                        "day" + day,
                        new RecordState(1, 1, 1, (int) DAY.plusDays(day).toEpochDay(), day == -8, 0, 0, 0, false));
            }
            return batch;
        });

        List<String> givenUp = stream.expireBefore(DAY.minusDays(2), DAY.minusDays(4), Set.of("day-7"));

        assertThat(givenUp).containsExactly("day-8");
        for (EventStream each : List.of(stream, entered(broker.stream()))) {
            assertThat(each.state("day-9")).isNull();
            assertThat(each.state("day-8")).isNull();
            assertThat(each.state("day-7")).as("listed by the sweep").isNotNull();
            assertThat(each.state("day-5")).isNull();
            assertThat(each.state("day-4")).as("being backfilled").isNotNull();
            assertThat(each.state("day-3"))
                    .as("to be backfilled, but known already")
                    .isNotNull();
            assertThat(each.state("day-2")).isNotNull();
        }
    }

    /** Nothing but what the test does next may let {@code task} end. */
    private static void staysOpen(Future<?> task, Duration time) {
        await().pollDelay(time).until(() -> true);
        assertThat(task).isNotDone();
    }

    private static EventStream entered(EventStream stream) throws InterruptedException {
        stream.lock();
        return stream;
    }
}
