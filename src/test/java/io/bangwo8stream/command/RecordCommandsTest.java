package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.kafka.SharedBroker;
import io.bangwo8stream.kafka.TestBroker;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.scan.TestClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sends commands that change the states of records. */
@ExtendWith(SharedBroker.class)
@Timeout(60)
class RecordCommandsTest {

    private static final int DAY = (int) LocalDate.of(2026, 1, 30).toEpochDay();

    private final TestBroker broker = TestBroker.withTopics(Map.of());
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private TestInstance instance;

    @BeforeEach
    void start() throws Exception {
        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        instance = newInstance();
        instance.run();
        clock.advance(Duration.ofMillis(1));
    }

    @AfterEach
    void close() {
        instance.close();
        broker.close();
    }

    private TestInstance newInstance() {
        return TestInstance.withAllHandlers(broker, clock);
    }

    private void store(Map<String, RecordState> states) throws InterruptedException {
        instance.stream().commitBesideScans(() -> {
            WriteBatch batch = new WriteBatch();
            states.forEach(batch::storeState);
            return batch;
        });
    }

    private RecordState failed(int failures, long dueAt, boolean deadLettered) {
        return new RecordState(1, 0, 0, DAY, false, 0, dueAt, failures, deadLettered);
    }

    private RecordState published() {
        return new RecordState(1, 1, 2, DAY, false, 0, 0, 0, false);
    }

    private long dueAt(String id) {
        return instance.stream().state(id).dueAt();
    }

    @Test
    void redrivesRecordsThatCouldNotBePublished() throws Exception {
        long later = clock.millis() + 1_000_000;
        store(Map.of(
                "1", failed(3, later, true),
                "2", failed(1, later, false),
                "3", failed(3, later, true),
                "4", published()));

        instance.beginSweep();
        assertThat(instance.send("a", "redrive --id 1 4").path("records").asInt())
                .isOne();
        assertThat(List.of(dueAt("1"), dueAt("2"), dueAt("3"), dueAt("4")))
                .containsExactly(clock.millis(), later, later, 0L);
        assertThat(instance.isSweepDue()).isTrue();
        assertThat(instance.send("b", "redrive --source tickets")
                        .path("records")
                        .asInt())
                .isZero();

        JsonNode all = instance.send("c", "redrive");
        assertThat(all.path("state").asText()).isEqualTo("done");
        assertThat(all.path("records").asInt()).isEqualTo(3);
        assertThat(List.of(dueAt("2"), dueAt("3"))).containsOnly(clock.millis());
    }

    @Test
    void goesOnWithACommandWhereAnotherLeaderHasLeftIt() throws Exception {
        long later = clock.millis() + 1_000_000;
        Map<String, RecordState> states = new TreeMap<>();
        IntStream.range(0, 2_500).forEach(id -> states.put(Integer.toString(id), failed(3, later, true)));
        store(states);
        AtomicInteger transactions = new AtomicInteger();
        instance.led.remove("tickets");
        ObjectNode command = CommandSender.command(
                        "a",
                        new CommandOptions(CommandTree.parse(CommandWords.split("redrive --source remote-records"))),
                        clock.instant())
                .toJson();
        // The lead is lost after the first transaction.
        instance.executor.carryOut(
                Command.read(command),
                Optional.of(instance.source()),
                instance.stream(),
                () -> transactions.incrementAndGet() < 1);
        assertThat(instance.stream().select(state -> state.dueAt() < later)).hasSize(1_000);
        // What the first leader has done is not done again.
        store(Map.of("0", published()));

        instance.close();
        instance = newInstance();
        broker.commandTopic().send(command);
        instance.run();

        assertThat(instance.answer("a").path("records").asInt()).isEqualTo(2_500);
        assertThat(instance.stream().select(state -> state.dueAt() == clock.millis()))
                .hasSize(2_499);
        assertThat(dueAt("0")).isZero();
    }

    @Test
    void refusesToConfirmDeletionsWhenNoneAreHeldBack() throws Exception {
        JsonNode answer = instance.send("a", "confirm-deletions --source tickets");

        assertThat(answer.path("state").asText()).isEqualTo("refused");
        assertThat(answer.path("message").asText()).startsWith("no deletions of tickets are held back");
    }
}
