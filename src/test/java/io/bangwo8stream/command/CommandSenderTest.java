package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.kafka.SharedBroker;
import io.bangwo8stream.kafka.TestBroker;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.standin.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(60)
class CommandSenderTest {

    private final TestBroker broker = TestBroker.withTopics(Map.of());
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        broker.close();
    }

    private int send(Duration patience, String words) throws InterruptedException {
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        CommandOptions options = new CommandOptions(CommandTree.parse(CommandWords.split(words)));
        return new CommandSender(
                        broker.commandTopic(),
                        broker.statusTopic(),
                        clock,
                        () -> Duration.ofNanos(System.nanoTime()),
                        patience)
                .run(options, new Output(stream, stream, options.has("--json")));
    }

    /** The exit code of a command that an instance carries out meanwhile. */
    private int sendToAnInstance(String words) throws Exception {
        try (TestInstance instance =
                new TestInstance(broker, clock, List.of(new PauseHandlers.Pause(clock), new PauseHandlers.Resume()))) {
            instance.run();
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> {
                try {
                    return send(Duration.ofSeconds(30), words);
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            });
            while (!exit.isDone()) {
                instance.run();
            }
            return exit.get();
        }
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void printsTheAnswerAndEndsWithItsExitCode() throws Exception {
        broker.provisioner().prepareCommon();

        assertThat(sendToAnInstance("pause --source remote-records")).isZero();
        assertThat(text())
                .isEqualTo("done: remote-records is paused: nothing of it is scanned until the command resume");

        printed.reset();
        assertThat(sendToAnInstance("resume --source recards --json")).isOne();
        JsonNode answer = Json.read(text());
        assertThat(answer.path("state").asText()).isEqualTo("refused");
        assertThat(answer.path("source").asText()).isEqualTo("recards");
    }

    @Test
    void saysThatNobodyAnswersAndLeavesTheCommandToALaterLeader() throws Exception {
        broker.provisioner().prepareCommon();
        try (TestInstance first = new TestInstance(broker, clock, List.of(new PauseHandlers.Pause(clock)))) {
            first.run();
        }

        assertThat(send(Duration.ofMillis(1), "pause --source remote-records")).isOne();
        assertThat(text()).startsWith("No answer to the command ").contains("no instance leads", "within a day");

        try (TestInstance later = new TestInstance(broker, clock, List.of(new PauseHandlers.Pause(clock)))) {
            later.run();
            assertThat(later.stream().notes()).containsKey("paused/remote-records");
        }
    }

    @Test
    void createsNoTopic() {
        assertThatThrownBy(() -> send(Duration.ZERO, "pause --source remote-records"))
                .hasMessageContaining("the topic " + broker.tenant + ".status does not exist");
        assertThatThrownBy(() -> broker.commandTopic().send(Json.object()))
                .hasMessageContaining("the topic " + broker.tenant + ".commands does not exist");
        assertThatThrownBy(() -> broker.commandTopic().send(Json.object())).hasMessageContaining("does not exist");
    }
}
