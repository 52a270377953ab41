package io.bangwo8stream.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.DocumentHash;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.kafka.OutgoingRecord;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.SchemaValidator;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.Source;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventRecordsTest {

    private static final Source SOURCE = TestSource.remoteRecords();
    private static final ObjectNode ROW = TestSource.row(7, 5, "网络");
    private static final Fingerprint ID = new Fingerprint(11, 12);
    private static final DocumentHash CONTENT = joined().hash();
    private static final RecordState PUBLISHED = new RecordState(1, 2, 3, 4, false, 0, 0, 0, false);

    private final TestClock clock = new TestClock("2026-01-31T04:00:00.123456Z");
    private final EventRecords events = new EventRecords(TestSettings.of("bangwo8.tenant", "desk"), clock);

    private static FetchedRecord joined() {
        FetchedRecord record = TestSource.fetched(ROW);
        record.add("chatRecords", LenientJson.object().putArray("chat"), LenientJson.object(), LenientJson.object());
        record.joined();
        return record;
    }

    @Test
    void givesAnEventExactlyTheHeadersOfTheContract() {
        OutgoingRecord event = event(SOURCE, null);

        assertThat(event.topic()).isEqualTo("bangwo8.remote-records");
        assertThat(event.key()).isEqualTo("7");
        assertThat(event.value()).isEqualTo(new byte[] {1});
        assertThat(event.headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "bangwo8.remote-record.created",
                        "ce_source", "/bangwo8/desk/remote-records",
                        "ce_subject", "7",
                        "ce_id", "000000000000000b000000000000000c",
                        "ce_contenthash", CONTENT.content().hex(),
                        "ce_time", "2026-01-31T04:00:00.123Z",
                        "ce_dataschema", "urn:bangwo8-stream:schema:remote-record:1",
                        "content-type", "application/json"));
    }

    @Test
    void givesAnEventAfterTheFirstTheTypeUpdated() {
        assertThat(event(SOURCE, PUBLISHED).headers())
                .containsEntry("ce_type", "bangwo8.remote-record.updated")
                .containsEntry("ce_changedparts", "record,labels,chatRecords");
    }

    @Test
    void namesTheSharedStreamAsTheSourceOfAnEvent() {
        assertThat(event(TestSource.with("source", "agent-records"), null).headers())
                .containsEntry("ce_source", "/bangwo8/desk/remote-records");
    }

    @Test
    void statesTheTimeWhenAChangeWasSeen() {
        clock.advance(Duration.ofDays(1));

        assertThat(event(SOURCE, null).headers()).containsEntry("ce_time", "2026-02-01T04:00:00.123Z");
    }

    @Test
    void writesTheReasonAndTheReceivedRowToADeadLetter() throws UnreadableJsonException {
        FetchedRecord record = TestSource.fetched(ROW);
        record.fail("join-failed", "GET /servicesummary/7.json answered 500");

        OutgoingRecord letter = letter(record);

        assertThat(letter.topic()).isEqualTo("bangwo8.dead-letters");
        assertThat(letter.key()).isEqualTo("7");
        JsonNode value = LenientJson.read(letter.value());
        assertThat(SchemaValidator.errors("dead-letter", value)).isEmpty();
        assertThat(value)
                .hasToString("{\"source\":\"remote-records\",\"id\":\"7\",\"reason\":\"join-failed\","
                        + "\"error\":\"GET /servicesummary/7.json answered 500\",\"payload\":" + ROW + "}");
        assertThat(letter.headers())
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
    void givesADeadLetterOfARowWithoutAnIdNeitherKeyNorSubject() throws UnreadableJsonException {
        FetchedRecord record = TestSource.fetched(LenientJson.object().put("note", "lost"));

        OutgoingRecord letter = letter(record);

        assertThat(letter.key()).isNull();
        assertThat(letter.headers()).doesNotContainKey("ce_subject");
        JsonNode value = LenientJson.read(letter.value());
        assertThat(value.get("id").isNull()).isTrue();
        assertThat(SchemaValidator.errors("dead-letter", value)).isEmpty();
    }

    @Test
    void endsADeadLetterWithARecoveryOfTheSameKey() throws UnreadableJsonException {
        OutgoingRecord recovery = events.recovery(SOURCE, TestSource.fetched(ROW), ID);

        assertThat(recovery.topic()).isEqualTo("bangwo8.dead-letters");
        assertThat(recovery.key()).isEqualTo("7");
        assertThat(recovery.headers()).containsEntry("ce_type", "bangwo8.remote-record.recovered");
        JsonNode value = LenientJson.read(recovery.value());
        assertThat(SchemaValidator.errors("dead-letter", value)).isEmpty();
        assertThat(value)
                .hasToString("{\"source\":\"remote-records\",\"id\":\"7\",\"reason\":\"recovered\","
                        + "\"error\":null,\"payload\":null}");
    }

    @Test
    void givesADeletionTheSameHeadersAndNoValue() {
        OutgoingRecord deletion = events.deletion(SOURCE, "7", ID);

        assertThat(deletion.key()).isEqualTo("7");
        assertThat(deletion.value()).isNull();
        assertThat(deletion.headers())
                .containsOnlyKeys(event(SOURCE, null).headers().keySet());
        assertThat(deletion.headers())
                .containsEntry("ce_type", "bangwo8.remote-record.deleted")
                .containsEntry("ce_subject", "7")
                .containsEntry("ce_id", "000000000000000b000000000000000c");
    }

    private OutgoingRecord letter(FetchedRecord record) {
        return events.deadLetter(SOURCE, record, ID, events.letter(SOURCE, record, record.payload()));
    }

    private OutgoingRecord event(Source source, RecordState before) {
        return events.change(source, joined(), ID, before, false, new byte[] {1});
    }
}
