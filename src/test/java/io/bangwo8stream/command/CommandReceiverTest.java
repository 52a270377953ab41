package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bangwo8stream.kafka.CommandTopic;
import io.bangwo8stream.kafka.SharedBroker;
import io.bangwo8stream.kafka.TestBroker;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.schedule.SourceNote;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sends commands to instances of the product that share the topics of a real broker. */
@ExtendWith(SharedBroker.class)
class CommandReceiverTest {

    private final TestBroker broker = TestBroker.withTopics(Map.of());
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final CommandTopic topic = broker.commandTopic();
    private TestInstance instance;

    @BeforeEach
    void start() throws Exception {
        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        instance = newInstance();
        instance.run();
    }

    @AfterEach
    void close() throws Exception {
        instance.close();
        broker.close();
    }

    private TestInstance newInstance() {
        return new TestInstance(broker, clock, List.of(new PauseHandlers.Pause(clock), new PauseHandlers.Resume()));
    }

    /** Ends the instance, and starts another one. */
    private void restart() throws Exception {
        instance.close();
        instance = newInstance();
        instance.run();
    }

    private static ObjectNode command(String id, String name, String source, String at) {
        return LenientJson.object()
                .put("id", id)
                .put("command", name)
                .put("source", source)
                .put("at", at);
    }

    private JsonNode send(String id, String name, String source) throws Exception {
        return instance.send(command(id, name, source, clock.instant().toString()));
    }

    private boolean isPaused() {
        return SourceNote.PAUSED
                .since(instance.stream().notes(), instance.source())
                .isPresent();
    }

    @Test
    void pausesASourceUntilItIsResumedAlsoAfterARestart() throws Exception {
        JsonNode paused = send("1", "pause", "remote-records");
        assertThat(paused.path("state").asText()).isEqualTo("done");
        assertThat(isPaused()).isTrue();

        restart();
        assertThat(isPaused()).isTrue();
        assertThat(send("2", "pause", "remote-records").path("message").asText())
                .isEqualTo("remote-records has been paused since 2026-01-31T04:00:00Z");

        assertThat(send("3", "resume", "remote-records").path("state").asText()).isEqualTo("done");
        assertThat(isPaused()).isFalse();
        restart();
        assertThat(isPaused()).isFalse();
    }

    @Test
    void carriesACommandOutOnceHoweverOftenItIsRead() throws Exception {
        JsonNode first = send("1", "pause", "remote-records");
        send("2", "resume", "remote-records");

        assertThat(send("1", "pause", "remote-records")).isEqualTo(first);
        assertThat(isPaused()).isFalse();
        restart();
        assertThat(isPaused()).isFalse();
        // Also where the topic of the status was lost.
        instance.close();
        broker.recreate(broker.settings().topic("status"));
        instance = newInstance();
        instance.run();
        assertThat(isPaused()).isFalse();
        assertThat(instance.answer("1").path("message")).isEqualTo(first.path("message"));
    }

    @Test
    void leavesACommandToTheLeaderOfItsSource() throws Exception {
        instance.led.clear();
        topic.send(command("1", "pause", "remote-records", clock.instant().toString()));
        instance.run();
        assertThat(instance.answer("1")).isNull();

        try (TestInstance leader = newInstance()) {
            leader.run();
            assertThat(leader.answer("1").path("state").asText()).isEqualTo("done");
        }
        instance.led.addAll(List.of("remote-records", "tickets"));
        instance.run();
        assertThat(isPaused()).isTrue();
        assertThat(instance.receiver.pending()).isEmpty();
    }

    @Test
    void expiresNoCommandBecauseTheClockOfTheLeaderIsAhead() throws Exception {
        String now = clock.instant().plusSeconds(1).toString();
        clock.watch().isTrusted();
        clock.jump(Duration.ofDays(30));

        assertThat(instance.send(command("1", "pause", "remote-records", now))
                        .path("state")
                        .asText())
                .isEqualTo("done");
    }

    @Test
    void expiresCommandsThatAreOlderThanADayOrThanTheStreamsState() throws Exception {
        String before = clock.instant().minusSeconds(1).toString();
        assertThat(instance.send(command("1", "pause", "remote-records", before))
                        .path("state")
                        .asText())
                .isEqualTo("expired");

        instance.led.clear();
        topic.send(command("2", "pause", "remote-records", clock.instant().toString()));
        instance.run();
        clock.advance(Duration.ofDays(1).plusMillis(1));
        instance.led.addAll(List.of("remote-records", "tickets"));
        instance.run();

        assertThat(instance.answer("2").path("state").asText()).isEqualTo("expired");
        assertThat(isPaused()).isFalse();
    }

    @Test
    void refusesUnknownSourcesAndCommandsAndNamesTheKnownOnes() throws Exception {
        JsonNode source = send("1", "pause", "remote-recrods");
        assertThat(source.path("state").asText()).isEqualTo("refused");
        assertThat(source.path("message").asText())
                .isEqualTo("no source that is on has the name 'remote-recrods': is it remote-records?");
        assertThat(send("2", "puase", "tickets").path("message").asText())
                .isEqualTo("the leader does not know this command, only pause, resume");
        assertThat(instance.send(LenientJson.object()
                                .put("id", "3")
                                .put("command", "pause")
                                .put("at", clock.instant().toString()))
                        .path("message")
                        .asText())
                .isEqualTo("name a source: remote-records, tickets");
    }

    @Test
    void ignoresRecordsThatAreNoCommandsAndThoseOfOtherTenants() throws Exception {
        topic.send(TextNode.valueOf("nonsense"));
        topic.send(LenientJson.object().put("id", "../x").put("command", "pause"));
        topic.send(command("1", "pause", "tickets", "yesterday"));
        topic.send(command("2", "pause", "tickets", clock.instant().toString()).put("from", "2026-02-30"));
        broker.sendCommand(
                "another-tenant",
                command("3", "pause", "tickets", clock.instant().toString()));
        broker.sendCommand(broker.tenant, null);

        assertThat(send("4", "pause", "remote-records").path("state").asText()).isEqualTo("done");
        assertThat(List.of("1", "2", "3"))
                .allSatisfy(id -> assertThat(instance.answer(id)).isNull());
    }

    @Test
    void forgetsTheNotesOfCommandsThatWouldExpire() throws Exception {
        send("1", "pause", "remote-records");
        clock.advance(Duration.ofDays(3));
        send("2", "resume", "remote-records");

        assertThat(instance.stream().notes()).containsKey("commands/2").doesNotContainKey("commands/1");
        restart();
        assertThat(isPaused()).isFalse();
    }

    @Test
    void forgetsStatusesOfAWeekAgoThatNobodyRenews() throws Exception {
        send("1", "pause", "remote-records");
        writeStatus("remote-records");
        writeStatus("removed-source");
        writeStatus("instances/killed");
        clock.advance(Duration.ofDays(7).plusMillis(1));
        writeStatus("instances/alive");

        restart();

        assertThat(instance.statuses()).containsOnlyKeys("remote-records", "instances/alive");
    }

    private void writeStatus(String name) {
        broker.statusTopic()
                .writeStatus(
                        name,
                        LenientJson.object().put("writtenAt", clock.instant().toString()));
    }
}
