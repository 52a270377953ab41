package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTablesTest {

    private static final Instant NOW = Instant.parse("2026-01-31T04:01:30Z");

    private static String print(Map<String, JsonNode> statuses) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new StatusTables(statuses, NOW)
                .print(new Output(new PrintStream(printed, true, StandardCharsets.UTF_8), false));
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsSourcesInstancesAndFindings() {
        Map<String, JsonNode> statuses = new TreeMap<>();
        statuses.put("tickets", json("""
                {"source": "tickets", "leader": "host-1", "mode": "sweep", "window": "2026-01-24..2026-01-31",
                 "completeUpTo": "2026-01-31T04:00:00Z", "lastScan": "2026-01-31T04:00:05Z",
                 "nextScan": "2026-01-31T04:15:05Z", "records": 130, "deferred": 0, "deadLetters": 2, "daysLeft": 0,
                 "requestsPerSecondUsed": 2.1, "requestsPerSecond": 5.0, "requestsPerSecondLimit": 10.0,
                 "topicEmptySince": "2026-01-30T04:00:00Z", "incompleteDays": ["2026-01-30"],
                 "failure": "GET /ticketviews.json answered 503"}
                """));
        statuses.put("instances/host-1", json("""
                {"member": "host-1", "version": "0.1.0", "routes": "0123456789ab", "leads": ["tickets"],
                 "writtenAt": "2026-01-31T04:01:20Z"}
                """));

        assertThat(print(statuses).lines().map(line -> line.replaceAll(" {2,}", "  ")))
                .containsExactly(
                        "SOURCE  LEADER  MODE  WINDOW  COMPLETE UP TO  FRESHNESS  LAST SCAN  NEXT SCAN  RECORDS  "
                                + "DEFERRED  DEAD  DAYS LEFT  REQUESTS/S",
                        "tickets  host-1  sweep  2026-01-24..2026-01-31  2026-01-31T04:00:00Z  1m30s  "
                                + "2026-01-31T04:00:05Z  2026-01-31T04:15:05Z  130  0  2  0  2.1 / 5.0 (10.0)",
                        "",
                        "INSTANCE  VERSION  ROUTES  LEADS  SEEN",
                        "host-1  0.1.0  0123456789ab  tickets  10s ago",
                        "tickets: the topic was empty at 2026-01-30T04:00:00Z although records were published, and lacks"
                                + " what has not changed since; run republish --source tickets --all",
                        "tickets: incomplete days 2026-01-30; they are scanned again, and the log names the reason under"
                                + " scan-incomplete",
                        "tickets: 2 records are dead-lettered; the topic of the dead letters names the reasons, and"
                                + " redrive --source tickets tries them again at once",
                        "tickets: GET /ticketviews.json answered 503");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'requestsPerSecondUsed':2.1,'requestsPerSecond':10.0,'requestsPerSecondLimit':10.0} | 2.1 / 10.0",
                "{'requestsPerSecondUsed':2.1,'requestsPerSecond':5.0,'requestsPerSecondLimit':10.0}  | 2.1 / 5.0 (10.0)",
                "{'requestsPerSecondUsed':2.1}                                                        | 2.1",
                "{'requestsPerSecond':5.0,'requestsPerSecondLimit':5.0}                               | - / 5.0"
            },
            quoteCharacter = '"')
    void showsTheRequestsThatWereSentBesideThoseThatAreAllowed(String status, String shown) {
        assertThat(StatusText.requests(json(status.replace('\'', '"')))).isEqualTo(shown);
    }

    @Test
    void printsWhyAnInstanceHasRejectedItsRoutes() {
        assertThat(
                        print(
                                Map.of(
                                        "instances/host-1",
                                        json(
                                                "{\"member\": \"host-1\", \"routesProblem\": \"/r/calls.camel.yaml:19: there is no bean\"}"))))
                .endsWith("host-1: the present route files are rejected, and the former routes run:"
                        + " /r/calls.camel.yaml:19: there is no bean" + System.lineSeparator());
    }

    @Test
    void showsWhatIsUnknownAsADash() {
        assertThat(print(Map.of("tickets", json("{\"source\": \"tickets\", \"leader\": \"a\"}"))))
                .contains("tickets  a       -     -       -               -");
    }

    @Test
    void doesNotLetAStatusControlTheTerminal() {
        assertThat(print(Map.of("tickets", json("{\"source\": \"\\u001b[2Jtickets\", \"leader\": \"a\\nb\"}"))))
                .doesNotContain("\u001b")
                .contains("\\u001b[2Jtickets", "a\\nb");
    }

    @Test
    void explainsThatNothingHasBeenWritten() {
        assertThat(print(Map.of())).startsWith("No status has been written yet");
    }

    private static JsonNode json(String text) {
        return Json.read(text);
    }
}
