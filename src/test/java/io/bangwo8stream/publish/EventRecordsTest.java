package io.bangwo8stream.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.Schemas;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventRecordsTest {

    private static final Source SOURCE = TestSource.remoteRecords();
    private static final ObjectNode ROW = TestSource.row(7, 5, "网络");

    private final TestClock clock = new TestClock("2026-01-31T04:00:00.123456Z");
    private final EventRecords events = new EventRecords(TestSettings.of("bangwo8.tenant", "desk"), clock);

    @Test
    void anEventBearsTheHeadersOfTheContractAndNoOthers() {
        ProducerRecord<String, byte[]> event = event(SOURCE, true);

        assertThat(event.topic()).isEqualTo("bangwo8.remote-records");
        assertThat(event.key()).isEqualTo("7");
        assertThat(event.value()).isEqualTo(new byte[] {1});
        assertThat(headers(event))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "bangwo8.remote-record.created",
                        "ce_source", "/bangwo8/desk/remote-records",
                        "ce_subject", "7",
                        "ce_id", "000000000000000b000000000000000c",
                        "ce_time", "2026-01-31T04:00:00.123Z",
                        "ce_dataschema", "urn:bangwo8-stream:schema:remote-record:1",
                        "content-type", "application/json"));
    }

    @Test
    void anEventSaysWhetherItIsTheFirst() {
        assertThat(headers(event(SOURCE, false))).containsEntry("ce_type", "bangwo8.remote-record.updated");
    }

    @Test
    void anEventNamesTheStreamThatSourcesShare() {
        assertThat(headers(event(TestSource.with("source", "agent-records"), true)))
                .containsEntry("ce_source", "/bangwo8/desk/remote-records");
    }

    @Test
    void theSameContentHasTheSameIdOnEveryRun() {
        Map<String, String> first = headers(event(SOURCE, true));
        clock.move(Duration.ofDays(1));

        assertThat(headers(event(SOURCE, true)))
                .containsEntry("ce_id", first.get("ce_id"))
                .containsEntry("ce_time", "2026-02-01T04:00:00.123Z");
    }

    @Test
    void aDeadLetterBearsTheReasonAndTheRowAsItWasReceived() throws UnreadableJsonException {
        FetchedRecord record = TestSource.listed(ROW);
        record.fail("join-failed", "GET /servicesummary/7.json answered 500");

        ProducerRecord<String, byte[]> letter = events.deadLetter(SOURCE, record, record.payload());

        assertThat(letter.topic()).isEqualTo("bangwo8.dead-letters");
        assertThat(letter.key()).isEqualTo("7");
        JsonNode value = LenientJson.read(letter.value());
        assertThat(Schemas.mistakes("dead-letter", value)).isEmpty();
        assertThat(value)
                .hasToString("{\"source\":\"remote-records\",\"id\":\"7\",\"reason\":\"join-failed\","
                        + "\"error\":\"GET /servicesummary/7.json answered 500\",\"payload\":" + ROW + "}");
        assertThat(headers(letter))
                .containsOnlyKeys(
                        "ce_specversion",
                        "ce_type",
                        "ce_source",
                        "ce_subject",
                        "ce_id",
                        "ce_time",
                        "ce_dataschema",
                        "content-type")
                .containsEntry("ce_type", "bangwo8.remote-record.dead-lettered")
                .containsEntry("ce_dataschema", "urn:bangwo8-stream:schema:dead-letter:1");
    }

    @Test
    void aDeadLetterOfARowWithoutAnIdHasNeitherKeyNorSubject() throws UnreadableJsonException {
        FetchedRecord record = TestSource.listed(LenientJson.object().put("note", "lost"));

        ProducerRecord<String, byte[]> letter = events.deadLetter(SOURCE, record, record.payload());

        assertThat(letter.key()).isNull();
        assertThat(headers(letter)).doesNotContainKey("ce_subject");
        JsonNode value = LenientJson.read(letter.value());
        assertThat(value.get("id").isNull()).isTrue();
        assertThat(Schemas.mistakes("dead-letter", value)).isEmpty();
    }

    @Test
    void theSameDeadLetterHasTheSameIdOnEveryRun() {
        String first = headers(letter("a")).get("ce_id");
        clock.move(Duration.ofDays(1));

        assertThat(headers(letter("a"))).containsEntry("ce_id", first);
        assertThat(headers(letter("b")).get("ce_id")).isNotEqualTo(first);
    }

    private ProducerRecord<String, byte[]> letter(String note) {
        FetchedRecord record = TestSource.listed(LenientJson.object().put("note", note));
        return events.deadLetter(SOURCE, record, record.payload());
    }

    private ProducerRecord<String, byte[]> event(Source source, boolean first) {
        return events.event(source, "7", first, new Fingerprint(11, 12), new byte[] {1});
    }

    private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers()
                .forEach(header -> assertThat(
                                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)))
                        .isNull());
        return headers;
    }
}
