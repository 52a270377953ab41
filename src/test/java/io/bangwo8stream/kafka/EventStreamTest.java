package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.PartHashes;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the guarantees of a stream on a real broker. */
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
    void commitsABatchTogetherWithItsState() throws Exception {
        EventStream stream = lock(broker.stream());

        stream.commit(() -> broker.batch("7", "a", 1));

        assertThat(broker.events()).containsExactly("7=a");
        assertThat(stream.state("7")).isEqualTo(TestBroker.state(1));
        assertThat(lock(broker.stream()).state("7")).isEqualTo(TestBroker.state(1));
    }

    @Test
    void storesLabelsWithTheEventsThatMayContainThem() throws Exception {
        EventStream first = lock(broker.stream());
        first.labels().learn("ptId", "221", "网络");
        first.labels().learn("ptId", "222", "软件");
        first.unlock();
        first.lock();
        assertThat(broker.states().keySet())
                .as("not stored yet; the shard may be the partition with the number of partitions")
                .allMatch("_meta"::equals);
        assertThat(first.labels().get("ptId", "221")).as("in the next turn").isEqualTo("网络");

        first.commit(() -> broker.batch("7", "a", 1));
        first.labels().learn("ptId", "221", "Network");
        first.commit(WriteBatch::new);

        EventStream second = lock(broker.stream());
        assertThat(second.labels().get("ptId", "221")).isEqualTo("Network");
        assertThat(second.labels().get("ptId", "222")).isEqualTo("软件");
        assertThat(second.labels().get("ptChildId", "222")).isEmpty();
        assertThat(second.size()).as("labels are no record").isEqualTo(1);
        assertThat(second.commit(WriteBatch::new).isEmpty())
                .as("nothing is written twice")
                .isTrue();
    }

    @Test
    void takesALabelThatAnotherInstanceHasStoredForNewerThanItsOwn() throws Exception {
        EventStream first = lock(broker.stream());
        first.labels().learn("ptId", "221", "网络");
        first.commit(WriteBatch::new);
        first.labels().learn("ptId", "221", "网络一");
        first.unlock();
        EventStream second = lock(broker.stream());
        second.labels().learn("ptId", "221", "网络二");
        second.commit(WriteBatch::new);

        first.lock();

        assertThat(first.labels().get("ptId", "221")).isEqualTo("网络二");
        assertThat(first.commit(WriteBatch::new).isEmpty()).isTrue();
    }

    @Test
    void ignoresALabelThatCannotBeReadAndForgetsADeletedOne() throws Exception {
        EventStream first = lock(broker.stream());
        for (String option : List.of("221", "222", "223", "224")) {
            first.labels().learn("ptId", option, "网络");
        }
        first.commit(WriteBatch::new);
        String prefix = "_labels/" + broker.tenant + "/remote-records/ptId/";
        broker.writeState(prefix + "221", "{");
        broker.writeState(prefix + "222", "{\"label\": \"\"}");
        broker.writeState(prefix + "223", null);

        EventStream second = lock(broker.stream());

        assertThat(second.labels().get("ptId", "221")).isEqualTo("网络");
        assertThat(second.labels().get("ptId", "222")).isEqualTo("网络");
        assertThat(second.labels().get("ptId", "223")).isEmpty();
        assertThat(second.labels().get("ptId", "224")).isEqualTo("网络");
    }

    @Test
    void yieldsTheTurnToAWaitingScan() throws Exception {
        EventStream stream = lock(broker.stream());
        List<String> order = new CopyOnWriteArrayList<>();
        Future<?> waiting = thread.submit(() -> {
            stream.lock();
            order.add("the waiting scan");
            stream.unlock();
            return null;
        });
        await().until(stream::hasWaitingScans);

        stream.yieldTurn();
        order.add("the yielding scan");

        waiting.get();
        assertThat(order).containsExactly("the waiting scan", "the yielding scan");
        stream.yieldTurn();
        stream.commit(() -> broker.batch("7", "a", 1));
        assertThat(broker.events()).containsExactly("7=a");
    }

    @Test
    void writesNothingForAnEmptyBatch() throws Exception {
        EventStream stream = lock(broker.stream());

        assertThat(stream.commit(WriteBatch::new).isEmpty()).isTrue();

        assertThat(broker.events()).isEmpty();
    }

    @Test
    void ignoresTheStateOfAnotherStreamAndOfAnotherTenant() throws Exception {
        broker.writeState("other/remote-records/7", "{\"row\":\"0000000000000001\",\"day\":\"2026-01-31\"}");
        broker.writeState(
                broker.tenant + "/remote-records-too/7", "{\"row\":\"0000000000000001\",\"day\":\"2026-01-31\"}");

        assertThat(lock(broker.stream()).size()).isZero();
    }

    @Test
    void aNewInstanceReadsStatesAndTombstonesAndScannedDays() throws Exception {
        EventStream first = lock(broker.stream());
        first.commit(() -> broker.batch("7", "a", 1));
        first.commit(() -> broker.batch("7", "b", 2));
        first.commit(() -> broker.batch("8", "a", 1));
        first.markScanned("remote-records", DaySet.EMPTY.with(DAY, DAY));
        first.markScanned("agent-records", DaySet.EMPTY.with(DAY.plusDays(2), DAY.plusDays(5)));
        first.commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.forget("8", RecordState.Chain.EMPTY);
            return batch;
        });

        EventStream second = lock(broker.stream());

        assertThat(second.size()).isEqualTo(1);
        assertThat(second.state("7")).isEqualTo(TestBroker.state(2));
        assertThat(second.state("8")).isNull();
        assertThat(second.scannedDays("remote-records")).isEqualTo(DaySet.EMPTY.with(DAY, DAY));
        assertThat(second.scannedDays("agent-records")).isEqualTo(DaySet.EMPTY.with(DAY.plusDays(2), DAY.plusDays(5)));
        assertThat(second.scannedDays("tickets").isEmpty()).isTrue();
    }

    @Test
    void readsTheStatesOfAnotherInstanceBeforeTheNextTurn() throws Exception {
        EventStream one = lock(broker.stream());
        one.commit(() -> broker.batch("7", "a", 1));
        one.unlock();
        EventStream other = lock(broker.stream());
        other.commit(() -> broker.batch("7", "b", 2));
        other.unlock();

        assertThat(lock(one).state("7")).isEqualTo(TestBroker.state(2));
    }

    @Test
    void aSecondInstanceFencesTheFirstInstance() throws Exception {
        EventStream first = lock(broker.stream());
        first.commit(() -> broker.batch("7", "a", 1));
        EventStream second = lock(broker.stream());
        second.commit(() -> broker.batch("7", "b", 2));

        assertThatExceptionOfType(FencedException.class)
                .isThrownBy(() -> first.commit(() -> broker.batch("7", "void", 3)))
                .withMessage("another instance writes the stream remote-records now");
        second.commit(() -> broker.batch("8", "a", 1));

        assertThat(broker.events()).containsExactly("7=a", "7=b", "8=a");
    }

    @Test
    void aFencedInstanceCanTakeOverAgainWithTheCurrentState() throws Exception {
        EventStream first = lock(broker.stream());
        EventStream second = lock(broker.stream());
        second.commit(() -> broker.batch("7", "b", 2));
        assertThatThrownBy(() -> first.commit(() -> broker.batch("7", "void", 3)))
                .isInstanceOf(FencedException.class);
        first.unlock();

        lock(first).commit(() -> {
            assertThat(first.state("7")).isEqualTo(TestBroker.state(2));
            return broker.batch("7", "c", 3);
        });

        assertThat(broker.events()).containsExactly("7=b", "7=c");
    }

    @Test
    void abortsATransactionThatADeadInstanceLeftOpen() throws Exception {
        Producer<String, byte[]> dead =
                broker.clients().transactionalProducer("bangwo8-" + broker.tenant + "-remote-records");
        dead.initTransactions();
        dead.beginTransaction();
        dead.send(broker.event("7", "void").toProducerRecord());
        dead.flush();

        lock(broker.stream()).commit(() -> broker.batch("7", "a", 1));

        assertThat(broker.events()).containsExactly("7=a");
        dead.close(Duration.ZERO);
    }

    @Test
    void reportsARecordTooLargeForTheTopicAndCommitsTheOthers() throws Exception {
        assertThat(commitWithOneTooLarge(lock(broker.stream("compression.type", "none")), 90_000))
                .containsExactly(90_000);
        assertThat(broker.events()).containsExactly("1=" + SMALL, "3=" + SMALL);
    }

    @Test
    void reportsARecordTooLargeForTheClientAndCommitsTheOthers() throws Exception {
        assertThat(commitWithOneTooLarge(lock(broker.stream("max.request.size", "5000")), 6_000))
                .containsExactly(6_000);
        assertThat(broker.events()).containsExactly("1=" + SMALL, "3=" + SMALL);
    }

    @Test
    void reportsEveryRecordThatIsTooLarge() throws Exception {
        EventStream stream = lock(broker.stream("max.request.size", "5000"));
        List<Integer> reportedSizes = new ArrayList<>();

        stream.commit(() -> {
            WriteBatch batch = new WriteBatch();
            for (int size : new int[] {6_000, 100, 9_000, 4_000, 7_000}) {
                if (!reportedSizes.contains(size)) {
                    batch.add(broker.event(Integer.toString(size), "x".repeat(size)), reportedSizes::add);
                }
            }
            return batch;
        });

        assertThat(reportedSizes).containsExactlyInAnyOrder(6_000, 9_000, 7_000);
        assertThat(broker.events())
                .extracting(event -> event.replaceAll("=.*", ""))
                .containsExactly("100", "4000");
    }

    /** Returns the reported sizes. */
    private List<Integer> commitWithOneTooLarge(EventStream stream, int size) throws InterruptedException {
        List<Integer> reportedSizes = new ArrayList<>();
        stream.commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.add(broker.event("1", SMALL), reportedSizes::add);
            batch.storeState("1", TestBroker.state(1));
            if (reportedSizes.isEmpty()) {
                batch.add(broker.event("2", "x".repeat(size)), reportedSizes::add);
                batch.storeState("2", TestBroker.state(1));
            }
            batch.add(broker.event("3", SMALL), reportedSizes::add);
            batch.storeState("3", TestBroker.state(1));
            return batch;
        });
        assertThat(stream.state("2")).isNull();
        assertThat(stream.state("3")).isNotNull();
        return reportedSizes;
    }

    @Test
    void waitsForAnOpenTransactionOfAnotherStreamOnTheSameShard() throws Exception {
        EventStream first = lock(broker.stream());
        List<ProducerRecord<String, byte[]>> others =
                List.of(new ProducerRecord<>(broker.state, broker.shard().partition(), "other/stream/1", new byte[0]));
        try (Producer<String, byte[]> other = broker.openTransaction(others)) {
            first.commit(() -> broker.batch("7", "a", 1));

            EventStream next = broker.stream();
            Future<EventStream> locking = thread.submit(() -> lock(next));
            // If the stream did not wait, it would begin with an empty state and publish every record again.
            assertStaysOpen(locking, Duration.ofSeconds(1));
            other.abortTransaction();

            assertThat(locking.get(60, TimeUnit.SECONDS).state("7")).isEqualTo(TestBroker.state(1));
        }
    }

    @Test
    void doesNotWaitForAnOpenTransactionOfAnotherStreamOnAnotherShard() throws Exception {
        EventStream first = lock(broker.stream());
        int otherShard = 1 - broker.shard().partition();
        try (Producer<String, byte[]> other = broker.openTransaction(
                List.of(new ProducerRecord<>(broker.state, otherShard, "other/stream/1", new byte[0])))) {
            first.commit(() -> broker.batch("7", "a", 1));

            Future<EventStream> locking = thread.submit(() -> lock(broker.stream()));

            assertThat(locking.get(10, TimeUnit.SECONDS).state("7")).isEqualTo(TestBroker.state(1));
            other.abortTransaction();
        }
    }

    @Test
    void numbersTheStatesOfARecordAndKeepsTheNewest() throws Exception {
        EventStream first = lock(broker.stream());
        for (int row = 1; row <= 3; row++) {
            int fingerprint = row;
            first.commit(() -> broker.batch("7", "row " + fingerprint, fingerprint));
        }
        String key = broker.tenant + "/remote-records/7";
        assertThat(broker.states())
                .containsKey(key)
                .hasEntrySatisfying(
                        key, state -> assertThat(state.path("sequence").asInt()).isEqualTo(3));

        broker.writeState(key, "{\"row\":\"0000000000000002\",\"day\":\"2026-01-31\",\"sequence\":2}");
        EventStream second = lock(broker.stream());
        assertThat(second.state("7")).isEqualTo(TestBroker.state(3));
        second.commit(() -> broker.batch("7", "row 4", 4));

        assertThat(lock(broker.stream()).state("7")).isEqualTo(TestBroker.state(4));
        assertThat(broker.states().get(key).path("sequence").asInt()).isEqualTo(4);
    }

    @Test
    void numbersTheScannedDaysAndKeepsTheNewest() throws Exception {
        EventStream first = lock(broker.stream());
        first.markScanned("remote-records", DaySet.EMPTY.with(DAY, DAY));
        String key = broker.tenant + "/remote-records";
        String older = broker.states().get(key).toString();
        first.markScanned("remote-records", DaySet.EMPTY.with(DAY, DAY.plusDays(1)));
        first.markScanned("agent-records", DaySet.EMPTY.with(DAY, DAY.plusDays(2)));

        broker.writeState(key, older);
        EventStream second = lock(broker.stream());

        assertThat(second.scannedDays("remote-records")).isEqualTo(DaySet.EMPTY.with(DAY, DAY.plusDays(1)));
        assertThat(second.scannedDays("agent-records")).isEqualTo(DaySet.EMPTY.with(DAY, DAY.plusDays(2)));
        second.markScanned("remote-records", DaySet.EMPTY.with(DAY, DAY.plusDays(3)));
        assertThat(lock(broker.stream()).scannedDays("remote-records"))
                .isEqualTo(DaySet.EMPTY.with(DAY, DAY.plusDays(3)));
        assertThat(broker.states().get(key).path("sequence").asInt()).isEqualTo(4);
    }

    @Test
    void readsTheScannedDaysThatAnEarlierVersionStored() throws Exception {
        String key = broker.tenant + "/remote-records";
        broker.writeState(key, "{\"remote-records\":\"" + DaySet.EMPTY.with(DAY, DAY) + "\"}");

        EventStream stream = lock(broker.stream());
        assertThat(stream.scannedDays("remote-records")).isEqualTo(DaySet.EMPTY.with(DAY, DAY));

        stream.markScanned("remote-records", DaySet.EMPTY.with(DAY, DAY.plusDays(1)));
        assertThat(lock(broker.stream()).scannedDays("remote-records"))
                .isEqualTo(DaySet.EMPTY.with(DAY, DAY.plusDays(1)));
    }

    @Test
    void acceptsAnyStateOfARecordAfterItsTombstone() throws Exception {
        String key = broker.tenant + "/remote-records/7";
        broker.writeState(key, "{\"row\":\"0000000000000009\",\"day\":\"2026-01-31\",\"sequence\":9}");
        broker.writeState(key, null);
        assertThat(lock(broker.stream()).state("7")).isNull();

        broker.writeState(key, "{\"row\":\"0000000000000001\",\"day\":\"2026-01-31\",\"sequence\":1}");

        assertThat(lock(broker.stream()).state("7").rowFingerprint()).isEqualTo(1);
    }

    @Test
    void appliesTheTransactionTimeoutOfTheSettings() throws Exception {
        EventStream stream = lock(broker.stream("transaction.timeout.ms", "23000"));
        stream.commit(() -> broker.batch("7", "a", 1));
        EventStream other = broker.otherStream();
        lock(other).commit(() -> broker.batch("8", "a", 1));

        assertThat(broker.transactionTimeout("remote-records")).isEqualTo(23_000);
        assertThat(broker.transactionTimeout("tickets")).as("the default").isEqualTo(60_000);
    }

    @Test
    @Timeout(30)
    void reportsATransactionTimeoutThatTheBrokerRefuses() {
        EventStream stream = broker.stream("transaction.timeout.ms", "400000");

        assertThatThrownBy(stream::lock)
                .isInstanceOf(StreamUnavailableException.class)
                .hasMessageContaining("remote-records")
                .hasMessageContaining("kafka.transaction.timeout.ms")
                .hasMessageContaining("transaction.max.timeout.ms");
    }

    @Test
    void losesAndDuplicatesNoEventWhenTheBrokerRestartsDuringACommit() throws Exception {
        EventStream stream = lock(broker.stream());
        stream.commit(() -> broker.batch("7", "a", 1));
        SharedBroker.stop();
        Future<WriteBatch> committing = thread.submit(() -> stream.commit(() -> broker.batch("7", "b", 2)));
        try {
            assertStaysOpen(committing, Duration.ofMillis(300));
        } finally {
            SharedBroker.restart();
        }

        committing.get(100, TimeUnit.SECONDS);
        stream.commit(() -> broker.batch("7", "c", 3));

        assertThat(broker.events()).containsExactly("7=a", "7=b", "7=c");
        assertThat(lock(broker.stream()).state("7")).isEqualTo(TestBroker.state(3));
    }

    @Test
    void ignoresUnreadableValuesInTheStateTopic() throws Exception {
        String streamKey = broker.tenant + "/remote-records";
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
            broker.writeState(streamKey + "/odd", value);
        }
        broker.writeState(streamKey, "{\"remote-records\":\"yesterday\"}");
        broker.writeState(streamKey, "[]");
        broker.writeState(streamKey + "/7", "{\"row\":\"0000000000000001\",\"day\":\"2026-01-31\",\"new\":[1]}");

        EventStream stream = lock(broker.stream());

        assertThat(stream.size()).isEqualTo(1);
        assertThat(stream.state("7").rowFingerprint()).isEqualTo(1);
        assertThat(stream.scannedDays("remote-records").isEmpty()).isTrue();
    }

    @Test
    void doesNotTreatAMissingStateTopicAsAnEmptyState() {
        try (TestBroker withoutTopics = TestBroker.withoutTopics()) {
            EventStream stream = withoutTopics.stream();
            assertThatThrownBy(stream::lock)
                    .isInstanceOf(StreamUnavailableException.class)
                    .hasMessageContaining(withoutTopics.state);
        }
    }

    @Test
    void staysUsableAfterADecisionThatFails() throws Exception {
        EventStream stream = lock(broker.stream());

        assertThatThrownBy(() -> stream.commit(() -> {
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");
        assertThatThrownBy(() -> stream.commit(() -> {
                    throw new AssertionError("a worse bug");
                }))
                .hasMessage("a worse bug");
        stream.commit(() -> broker.batch("7", "a", 1));

        assertThat(broker.events()).containsExactly("7=a");
    }

    @Test
    void letsOnlyOneScanUseTheStreamAtATime() throws Exception {
        EventStream stream = lock(broker.stream());
        Future<EventStream> second = thread.submit(() -> lock(stream));
        assertStaysOpen(second, Duration.ofMillis(500));

        stream.unlock();

        assertThat(second.get(60, TimeUnit.SECONDS)).isSameAs(stream);
    }

    @Test
    void expiresStatesBeforeADayExceptThoseOfListedRecordsAndOfDaysToBackfill() throws Exception {
        EventStream stream = lock(broker.stream());
        stream.commit(() -> {
            WriteBatch batch = new WriteBatch();
            for (int day = -9; day <= 0; day++) {
                batch.storeState(
                        "day" + day,
                        new RecordState(1, 1, 1, (int) DAY.plusDays(day).toEpochDay(), day == -8, 0, 0, 0, false));
            }
            return batch;
        });

        List<String> expiredPending =
                stream.expireBefore(DAY.minusDays(2), day -> !day.isBefore(DAY.minusDays(4)), Set.of("day-7"));

        assertThat(expiredPending).containsExactly("day-8");
        for (EventStream instance : List.of(stream, lock(broker.stream()))) {
            assertThat(instance.state("day-9")).isNull();
            assertThat(instance.state("day-8")).isNull();
            assertThat(instance.state("day-7")).as("listed by the sweep").isNotNull();
            assertThat(instance.state("day-5")).isNull();
            assertThat(instance.state("day-4")).as("being backfilled").isNotNull();
            assertThat(instance.state("day-3"))
                    .as("to be backfilled, with a stored state")
                    .isNotNull();
            assertThat(instance.state("day-2")).isNotNull();
        }
    }

    @Test
    void keepsTheIdsOfTheLastEventsOfARecordThatIsGoneUntilItsNextState() throws Exception {
        RecordState.Chain last = TestBroker.state(1)
                .withEvent(new Fingerprint(1, 2), new PartHashes(5, 6))
                .withDeadLetter(new Fingerprint(3, 4))
                .chain();
        EventStream stream = lock(broker.stream());
        stream.commit(() -> broker.batch("7", "a", 1));
        stream.commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.forget("7", last);
            return batch;
        });

        for (EventStream instance : List.of(stream, lock(broker.stream()))) {
            assertThat(instance.state("7")).isNull();
            assertThat(instance.size()).isZero();
            assertThat(instance.lastEvents("7")).isEqualTo(last.withoutParts());
            assertThat(instance.lastEvents("8")).isEqualTo(RecordState.Chain.EMPTY);
        }
        EventStream next = lock(broker.stream());
        next.commit(() -> broker.batch("7", "b", 2));
        EventStream restarted = lock(broker.stream());
        assertThat(restarted.state("7")).isEqualTo(TestBroker.state(2));
        assertThat(restarted.lastEvents("7")).isEqualTo(RecordState.Chain.EMPTY);
    }

    /** Asserts that {@code task} does not end before the next action of the test. */
    private static void assertStaysOpen(Future<?> task, Duration time) {
        await().pollDelay(time).until(() -> true);
        assertThat(task).isNotDone();
    }

    private static EventStream lock(EventStream stream) throws InterruptedException {
        stream.lock();
        return stream;
    }

    @Test
    void readsTheLastIdsOfARecordThatIsGoneFromTheTopic() throws Exception {
        RecordState.Chain seven = chain(7);
        RecordState.Chain eight = chain(8);
        EventStream stream = lock(broker.stream());
        stream.commit(() -> {
            WriteBatch batch = broker.batch("7", "a", 1);
            batch.storeState("8", TestBroker.state(1));
            return batch;
        });
        stream.commit(() -> gone(Map.of("7", seven, "8", eight)));

        assertThat(stream.lastEvents("7")).isEqualTo(seven);
        assertThat(stream.lastEvents("9")).isEqualTo(RecordState.Chain.EMPTY);
        stream.unlock();
        stream.lock();
        assertThat(stream.lastEvents("8")).isEqualTo(eight);
        EventStream next = lock(broker.stream());
        assertThat(next.lastEvents("8")).isEqualTo(eight);
        assertThat(next.lastEvents("7")).isEqualTo(seven);
    }

    @Test
    void readsTheLastIdsWhileAnotherStreamOfTheShardHasAnOpenTransaction() throws Exception {
        EventStream stream = lock(broker.stream());
        try (Producer<String, byte[]> other = broker.openTransaction(List.of(
                new ProducerRecord<>(broker.state, broker.shard().partition(), "other/stream/1", new byte[0])))) {
            stream.commit(() -> gone(Map.of("7", chain(7))));

            assertThat(stream.lastEvents("7")).isEqualTo(chain(7));
            other.abortTransaction();
        }
    }

    @Test
    void continuesTheEventsOfARecordThatCameBackAndIsGoneAgain() throws Exception {
        EventStream stream = lock(broker.stream());
        stream.commit(() -> gone(Map.of("7", chain(1))));
        stream.commit(() -> broker.batch("7", "a", 1));
        assertThat(stream.lastEvents("7")).isEqualTo(RecordState.Chain.EMPTY);
        stream.commit(() -> gone(Map.of("7", chain(2))));

        assertThat(stream.lastEvents("7")).isEqualTo(chain(2));
        assertThat(lock(broker.stream()).lastEvents("7")).isEqualTo(chain(2));
    }

    @Test
    void continuesTheEventsOfARecordThatExpiredAndComesBack() throws Exception {
        EventStream stream = lock(broker.stream());
        RecordState published = TestBroker.state(1).withEvent(new Fingerprint(3, 4), new PartHashes(5, 6));
        stream.commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.storeState("7", published);
            return batch;
        });

        stream.expireBefore(DAY.plusDays(1), day -> false, Set.of());

        assertThat(stream.state("7")).isNull();
        assertThat(stream.lastEvents("7").eventId()).isEqualTo(new Fingerprint(3, 4));
        assertThat(lock(broker.stream()).lastEvents("7").eventId()).isEqualTo(new Fingerprint(3, 4));
    }

    @Test
    void takesNothingFromAnOffsetThatHoldsAnotherRecord() throws Exception {
        StateStore other = new StateStore(broker.tenant, "remote-records");
        try (StateLoader loader = new StateLoader(broker.shard(), other, broker.clients(), "a")) {
            loader.readToEnd();
            // The shard may be the partition that begins with the number of partitions.
            long offset = loader.position();
            broker.writeState(
                    broker.tenant + "/remote-records/7", "{\"gone\":true,\"eventId\":\"" + "0".repeat(32) + "\"}");
            broker.writeState("other/stream/8", "{}");
            loader.readToEnd();

            assertThat(loader.valueAt(offset, broker.tenant + "/remote-records/7"))
                    .isPresent();
            assertThat(loader.valueAt(offset, broker.tenant + "/remote-records/8"))
                    .isEmpty();
            assertThat(loader.valueAt(offset + 1, broker.tenant + "/remote-records/7"))
                    .as("the marker of a transaction, as after compaction")
                    .isEmpty();
        }
    }

    private static RecordState.Chain chain(int number) {
        return new RecordState.Chain(
                new Fingerprint(number, 2), new PartHashes(0, 0), new Fingerprint(3, number), true);
    }

    private static WriteBatch gone(Map<String, RecordState.Chain> ids) {
        WriteBatch batch = new WriteBatch();
        ids.forEach(batch::forget);
        return batch;
    }
}
