package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.kafka.OutgoingRecord;
import io.bangwo8stream.kafka.PublishedEvent;
import io.bangwo8stream.kafka.SharedBroker;
import io.bangwo8stream.kafka.TestBroker;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.StateOrigin;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestScans;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Loses the state topic beside the events. The look-back is three days; a page has two rows. */
@ExtendWith(SharedBroker.class)
@Timeout(60)
class LostStateTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);

    private final TestBroker broker = TestBroker.withTopics(Map.of());
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final TestScans.Api api = new TestScans.Api();
    private TestInstance instance;

    @BeforeEach
    void start() throws Exception {
        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        instance = TestInstance.withAllHandlers(broker, clock);
        begin();
    }

    @AfterEach
    void close() {
        instance.close();
        broker.close();
    }

    private void begin() throws Exception {
        instance.run();
        clock.advance(Duration.ofMillis(1));
    }

    private void restart() throws Exception {
        instance.close();
        instance = TestInstance.withAllHandlers(broker, clock);
        begin();
    }

    private void loseState() throws Exception {
        instance.close();
        broker.recreate(broker.settings().topic("state"));
        instance = TestInstance.withAllHandlers(broker, clock);
        begin();
    }

    /** Scans everything twice, so that a sweep has certainly ended. */
    private void scan() throws Exception {
        instance.scan(api);
        clock.advance(Duration.ofMinutes(20));
        instance.scan(api);
    }

    /** The events behind the first {@code from}, such as {@code 7 updated record}. */
    private List<String> eventsFrom(int from) {
        List<Map<String, String>> events = broker.eventHeaders();
        assertThat(events.stream().map(event -> event.get("ce_id"))).doesNotHaveDuplicates();
        return events.stream()
                .skip(from)
                .map(event -> event.get("key")
                        + event.get("ce_type").replace("bangwo8.remote-record.", " ")
                        + (event.containsKey("ce_changedparts") ? " " + event.get("ce_changedparts") : ""))
                .sorted()
                .toList();
    }

    private void publish(OutgoingRecord... events) throws Exception {
        instance.stream().commitBesideScans(() -> {
            WriteBatch batch = new WriteBatch();
            List.of(events).forEach(event -> batch.add(event, null));
            return batch;
        });
    }

    private OutgoingRecord event(String tenant, String id, int version, String type, String value) {
        Map<String, String> headers = new HashMap<>();
        headers.put("ce_source", PublishedEvent.source(tenant, "remote-records"));
        headers.put("ce_type", "bangwo8.remote-record." + type);
        headers.put("ce_id", HexFormat.of().toHexDigits(Long.parseLong(id)) + "%016x".formatted(version));
        headers.put("ce_contenthash", "%032x".formatted(version));
        return new OutgoingRecord(
                broker.events, id, value == null ? null : value.getBytes(StandardCharsets.UTF_8), headers);
    }

    private OutgoingRecord event(String id, int version) {
        return event(
                broker.tenant,
                id,
                version,
                "created",
                "{\"record\":{\"csId\":%s,\"csBTime\":\"2026-01-30T10:00:00+08:00\",\"csStat\":0},\"labels\":{}}"
                        .formatted(id));
    }

    @Test
    void scansNothingUntilACommandSaysWhatToDo() throws Exception {
        api.put("1", TODAY, "a");
        scan();
        loseState();
        api.put("2", TODAY, "a");
        api.requests.clear();

        Scan refused = instance.scan(api);

        assertThat(refused.isAborted()).isTrue();
        assertThat(refused.report().isClean())
                .as("a single run ends with exit code 1")
                .isFalse();
        assertThat(api.requests).isEmpty();
        restart();
        scan();
        assertThat(api.requests).isEmpty();
        assertThat(eventsFrom(1)).isEmpty();
    }

    @Test
    void publishesEverythingAnewAfterAResetAlsoAfterARestart() throws Exception {
        api.put("1", TODAY, "a");
        api.put("2", TODAY.minusDays(2), "a");
        scan();
        loseState();
        instance.scan(api);

        JsonNode reset = instance.send("a", "reset --source remote-records --confirm");

        assertThat(reset.path("state").asText()).isEqualTo("done");
        assertThat(reset.path("records").asInt()).isEqualTo(2);
        assertThat(instance.endedTurns)
                .as("what is being scanned must not count as scanned")
                .containsExactly("remote-records");
        restart();
        scan();
        assertThat(eventsFrom(2)).containsExactly("1 created", "2 created");
        restart();
        scan();
        assertThat(eventsFrom(4)).isEmpty();
    }

    @Test
    void readsTheStateBackSoThatOnlyChangesArePublished() throws Exception {
        api.put("1", TODAY, "a");
        api.put("2", TODAY.minusDays(2), "a");
        api.put("3", TODAY, "a");
        scan();
        api.put("1", TODAY, "b");
        scan();
        assertThat(eventsFrom(3)).containsExactly("1 updated record");
        loseState();
        instance.scan(api);

        JsonNode rebuilt = instance.send("a", "rebuild-state --source remote-records");

        assertThat(rebuilt.path("state").asText()).as("%s", rebuilt).isEqualTo("done");
        assertThat(rebuilt.path("records").asInt()).isEqualTo(3);
        api.rows.remove("2");
        scan();
        assertThat(eventsFrom(4)).isEmpty();
        assertThat(instance.stream().state("2").presence().lists())
                .as("only a record that a list has contained can be missing from it")
                .isEmpty();
        restart();
        api.put("1", TODAY, "a");
        scan();
        assertThat(eventsFrom(4)).containsExactly("1 updated record");
    }

    @Test
    void givesTheIdOfTheNextEventAsIfTheStateHadNotBeenLost() throws Exception {
        api.put("1", TODAY, "a");
        scan();
        api.put("1", TODAY, "b");
        scan();
        String id = broker.eventHeaders().get(1).get("ce_id");
        String content = broker.eventHeaders().get(1).get("ce_contenthash");
        loseState();
        instance.send("a", "rebuild-state --source remote-records");

        assertThat(instance.stream().state("1").chain().eventId().hex()).isEqualTo(id);
        assertThat(instance.stream().state("1").rows().owner()).isEqualTo("remote-records");
        instance.scan(api);
        JsonNode state = broker.states().get(broker.tenant + "/remote-records/1");
        assertThat(state.path("eventId").asText()).isEqualTo(id);
        assertThat(state.path("published").asText()).isEqualTo(content);
        assertThat(state.path("row").asText()).as("fetched and compared").isNotEqualTo("0000000000000000");
    }

    @Test
    void forgetsRecordsThatWereDeletedButNotTheirLastIds() throws Exception {
        publish(event("1", 1), event("2", 1), event(broker.tenant, "1", 2, "deleted", null));
        loseState();

        assertThat(instance.send("a", "rebuild-state --source remote-records")
                        .path("records")
                        .asInt())
                .isOne();

        assertThat(instance.stream().state("1")).isNull();
        assertThat(instance.stream().lastEvents("1").eventId().low()).isEqualTo(2);
    }

    @Test
    void goesOnWhereAnotherLeaderHasLeftTheTopic() throws Exception {
        OutgoingRecord[] events = new OutgoingRecord[4_501];
        for (int id = 0; id < 4_500; id++) {
            events[id] = event(Integer.toString(id), 1);
        }
        events[4_500] = event("0", 2);
        publish(events);
        loseState();
        ObjectNode command = instance.command("a", "rebuild-state --source remote-records");
        AtomicInteger transactions = new AtomicInteger();
        // The lead is lost after the first transaction.
        instance.executor.carryOut(
                Command.read(command),
                Optional.of(instance.source()),
                instance.stream(),
                () -> transactions.incrementAndGet() < 1);
        assertThat(instance.stream().size()).isEqualTo(2_000);
        assertThat(StateOrigin.isBeingRead(instance.stream().notes())).isTrue();
        assertThat(instance.scan(api).isAborted())
                .as("the state is not complete")
                .isTrue();
        assertThat(api.requests).isEmpty();

        instance.close();
        instance = TestInstance.withAllHandlers(broker, clock);
        broker.commandTopic().send(command);
        instance.run();

        JsonNode done = instance.answer("a");
        assertThat(done.path("state").asText()).isEqualTo("done");
        assertThat(done.path("records").asInt()).isEqualTo(4_500);
        assertThat(instance.stream().state("0").publishedLow()).isEqualTo(2);
        assertThat(instance.stream().state("4499").publishedLow()).isOne();
        assertThat(instance.scan(api).isAborted()).isFalse();
    }

    @Test
    void isNotNeededWhereTheStateIsThereOrTheTopicContainsNoEventsOfTheSource() throws Exception {
        publish(event("another-tenant", "1", 1, "created", "{}"));
        restart();
        JsonNode empty = instance.send("a", "rebuild-state --source remote-records");
        assertThat(empty.path("state").asText()).isEqualTo("refused");
        assertThat(empty.path("message").asText())
                .isEqualTo("the topic " + broker.events + " contains no events of remote-records: nothing is needed");
        api.put("1", TODAY, "a");
        scan();
        assertThat(broker.eventHeaders()).hasSize(2);

        JsonNode full = instance.send("b", "rebuild-state --source remote-records");

        assertThat(full.path("state").asText()).isEqualTo("refused");
        assertThat(full.path("message").asText()).startsWith("remote-records has a state: nothing is needed");
    }

    @Test
    void scansWithoutTheRightToReadTheTopicAndNamesTheRightThatACommandNeeds() throws Exception {
        api.put("1", TODAY, "a");
        scan();
        loseState();
        instance.close();
        instance = TestInstance.withAllHandlers(broker, clock, broker.unreadableEventTopics());

        for (String words :
                List.of("rebuild-state --source remote-records", "reset --source remote-records --confirm")) {
            JsonNode failed = instance.send(words.substring(0, 5), words);
            assertThat(failed.path("state").asText()).isEqualTo("failed");
            assertThat(failed.path("message").asText())
                    .startsWith("the Kafka user lacks the right READ on the topic " + broker.events);
        }
        assertThat(instance.scan(api).isAborted()).isFalse();
        assertThat(broker.eventHeaders()).hasSize(2);
    }
}
