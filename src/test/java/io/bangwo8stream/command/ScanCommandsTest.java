package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.kafka.SharedBroker;
import io.bangwo8stream.kafka.TestBroker;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestScans;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sends commands whose work scans do. The look-back is three days; a page has two rows. */
@ExtendWith(SharedBroker.class)
@Timeout(60)
class ScanCommandsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);
    private static final LocalDate OLD = TODAY.minusDays(20);

    private final TestBroker broker = TestBroker.withTopics(Map.of());
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final TestScans.Api api = new TestScans.Api();
    private TestInstance instance;

    @BeforeEach
    void start() throws Exception {
        assertThat(broker.provisioner().prepareCommon()).isEmpty();
        instance = TestInstance.withAllHandlers(broker, clock);
        instance.run();
        clock.advance(Duration.ofMillis(1));
    }

    @AfterEach
    void close() {
        instance.close();
        broker.close();
    }

    /** Kills the instance, and starts another one. */
    private void restart() throws Exception {
        instance.close();
        instance = TestInstance.withAllHandlers(broker, clock);
    }

    private List<String> ids() {
        return broker.events().stream()
                .map(event -> event.substring(0, event.indexOf('=')))
                .toList();
    }

    @Test
    void scansDaysOfACommandOnceBesideLiveScansAndReportsProgress() throws Exception {
        api.put("1", OLD, "a");
        api.put("2", OLD.plusDays(1), "a");
        instance.scan(api);
        assertThat(ids()).isEmpty();

        JsonNode begun =
                instance.send("a", "scan --source remote-records --from %s --to %s".formatted(OLD, OLD.plusDays(1)));
        assertThat(begun.path("state").asText()).isEqualTo("running");
        assertThat(begun.path("daysLeft").asInt()).isEqualTo(2);
        api.put("3", TODAY, "new");
        api.requests.clear();
        instance.scan(api);

        assertThat(api.requests.get(0)).as("live scans go first").startsWith(TODAY.minusDays(1) + ".." + TODAY);
        assertThat(ids()).containsExactlyInAnyOrder("1", "2", "3");
        JsonNode done = instance.runFor("a");
        assertThat(done.path("state").asText()).isEqualTo("done");
        assertThat(done.path("message").asText())
                .startsWith("2 of 2 days, 2 records, ")
                .endsWith(", 2 published");
        api.requests.clear();
        instance.scan(api);
        assertThat(api.requests).noneMatch(request -> request.contains(OLD.toString()));
    }

    @Test
    void continuesAScanThatAnotherLeaderHasLeftHalfWay() throws Exception {
        for (int day = 0; day < 12; day++) {
            for (int record = 0; record < 3; record++) {
                api.put(Integer.toString(day * 3 + record), OLD.plusDays(day), "a");
            }
        }
        instance.scan(api);
        instance.send("a", "scan --source remote-records --from %s --to %s".formatted(OLD, OLD.plusDays(11)));
        instance.scan(api, 7);
        List<String> before = ids();
        assertThat(before).hasSizeBetween(7, 20);

        restart();
        api.requests.clear();
        JsonNode running = instance.runFor("a");
        assertThat(running.path("state").asText()).isEqualTo("running");
        assertThat(running.path("daysLeft").asInt()).isBetween(1, 11);
        instance.scan(api);

        assertThat(instance.runFor("a").path("state").asText()).isEqualTo("done");
        assertThat(ids()).startsWith(before.toArray(String[]::new)).hasSize(36).doesNotHaveDuplicates();
        assertThat(api.requests)
                .as("days that were done")
                .noneMatch(request -> request.startsWith(OLD.plusDays(11) + ".."));
    }

    @Test
    void keepsAnIncompleteDayUntilItIsScannedCompletely() throws Exception {
        instance.scan(api);
        api.put("1", OLD, "a");
        api.failingDay = OLD.toString();
        instance.send("a", "scan --source remote-records --from %s --to %s".formatted(OLD, OLD));
        instance.scan(api);

        JsonNode incomplete = instance.runFor("a");
        assertThat(incomplete.path("state").asText()).isEqualTo("running");
        assertThat(incomplete.path("incompleteDays").get(0).asText()).isEqualTo(OLD.toString());
        api.failingDay = "";
        clock.advance(Duration.ofMinutes(2));
        instance.scan(api);

        assertThat(instance.runFor("a").path("state").asText()).isEqualTo("done");
        assertThat(ids()).containsExactly("1");
    }

    /** The events behind the first {@code from}, such as {@code 7 updated republished}. */
    private List<String> eventsFrom(int from) {
        return broker.eventHeaders().stream()
                .skip(from)
                .map(event -> event.get("key")
                        + event.get("ce_type").replace("bangwo8.remote-record.", " ")
                        + (event.containsKey("ce_reason") ? " " + event.get("ce_reason") : ""))
                .sorted()
                .toList();
    }

    private void assertEventIdsAreUnique() {
        assertThat(broker.eventHeaders().stream().map(event -> event.get("ce_id")))
                .doesNotHaveDuplicates();
    }

    @Test
    void publishesTheRecordsOfDaysAgainAndNoOthers() throws Exception {
        api.put("1", TODAY, "a");
        api.put("2", TODAY.minusDays(1), "a");
        api.put("3", TODAY.minusDays(1), "a");
        instance.scan(api);
        JsonNode begun = instance.send(
                "a", "republish --source remote-records --from %s --to %1$s".formatted(TODAY.minusDays(1)));
        assertThat(begun.path("marked").asInt()).isEqualTo(2);
        api.put("3", TODAY.minusDays(1), "changed");
        instance.scan(api);

        assertThat(instance.runFor("a").path("message").asText())
                .startsWith("1 of 1 days")
                .endsWith(", 2 published");
        assertThat(eventsFrom(3)).containsExactly("2 updated republished", "3 updated republished");
        assertThat(broker.eventHeaders().stream().skip(3).map(event -> event.getOrDefault("ce_changedparts", "none")))
                .containsExactlyInAnyOrder("none", "record");
        assertEventIdsAreUnique();
        clock.advance(Duration.ofMinutes(20));
        instance.scan(api);
        assertThat(ids()).hasSize(5);
    }

    @Test
    void continuesARepublicationThatAnotherLeaderHasLeftHalfWay() throws Exception {
        for (int record = 0; record < 30; record++) {
            api.put(Integer.toString(100 + record), TODAY.minusDays(record % 3), "a");
        }
        instance.scan(api);
        instance.send("a", "republish --source remote-records --all");
        instance.scan(api, 4);
        int before = eventsFrom(30).size();
        assertThat(before).isBetween(4, 8);

        restart();
        instance.scan(api);

        assertThat(instance.runFor("a").path("state").asText()).isEqualTo("done");
        assertThat(eventsFrom(30)).hasSize(30).doesNotHaveDuplicates().allMatch(event -> event.endsWith("republished"));
        assertEventIdsAreUnique();
    }

    @Test
    void publishesSingleRecordsAgainAndRefusesUnknownOnes() throws Exception {
        api.put("1", TODAY, "a");
        api.put("2", TODAY, "a");
        instance.scan(api);

        assertThat(instance.send("a", "republish --source remote-records --id 2,9")
                        .path("message")
                        .asText())
                .startsWith("no state of a published record of remote-records has the ids 9");
        assertThat(instance.send("b", "republish --source remote-records")
                        .path("state")
                        .asText())
                .isEqualTo("refused");
        instance.send("c", "republish --source remote-records --id 2");
        instance.scan(api);

        assertThat(instance.runFor("c").path("state").asText()).isEqualTo("done");
        assertThat(eventsFrom(2)).containsExactly("2 updated republished");
    }

    @Test
    void publishesRecordsAgainWhoseStatesHaveExpired() throws Exception {
        api.put("1", OLD, "a");
        instance.scan(api);
        instance.send("a", "scan --source remote-records --from %s --to %1$s".formatted(OLD));
        instance.scan(api);
        clock.advance(Duration.ofMinutes(20));
        instance.scan(api);
        assertThat(instance.stream().state("1")).as("expired").isNull();

        instance.send("b", "republish --source remote-records --from %s --to %1$s".formatted(OLD));
        instance.scan(api);

        assertThat(eventsFrom(0)).containsExactly("1 created", "1 updated republished");
        assertEventIdsAreUnique();
    }

    @Test
    void publishesEverythingAnewAfterAReset() throws Exception {
        api.put("1", TODAY, "a");
        api.put("2", TODAY.minusDays(2), "a");
        instance.scan(api);

        JsonNode reset = instance.send("a", "reset --source remote-records --confirm");
        assertThat(reset.path("state").asText()).isEqualTo("done");
        assertThat(reset.path("records").asInt()).isEqualTo(2);
        assertThat(instance.stream().scannedDays("remote-records").isEmpty()).isTrue();
        instance.scan(api);
        clock.advance(Duration.ofMinutes(20));
        instance.scan(api);

        assertThat(eventsFrom(2)).containsExactly("1 created", "2 created");
        assertEventIdsAreUnique();
    }

    @Test
    void refusesDaysInTheFuture() throws Exception {
        assertThat(instance.send("a", "scan --source remote-records --from " + TODAY.plusDays(1))
                        .path("message")
                        .asText())
                .isEqualTo("2026-02-01 is after today, 2026-01-31 at the vendor");
        assertThat(instance.send("b", "scan --source remote-records")
                        .path("days")
                        .asInt())
                .isEqualTo(4);
    }
}
