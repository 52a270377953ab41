package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.kafka.OptionLabels;
import io.bangwo8stream.label.LabelResolver;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.source.Source;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final RowReader reader = readerOf(TestSource.remoteRecords());

    private RowReader readerOf(Source source) {
        return readerOf(source, TestSource.withoutLabels());
    }

    private RowReader readerOf(Source source, LabelResolver labels) {
        return new RowReader(
                source,
                new RecordTyper(TestSource.SHANGHAI),
                labels,
                new SchemaDrift(meters),
                Optional.empty(),
                false,
                false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            7                    | 7
            '7'                  | 7
            ' 007 '              | 7
            7.0                  | 7
            9007199254740993     | 9007199254740993
            12345678901234567890 | 12345678901234567890
            """)
    void readsTheIdInEveryForm(String sent, String id) throws UnreadableJsonException {
        FetchedRecord record = reader.read(json("{'csId': " + sent + "}"));

        assertThat(record.id()).isEqualTo(id);
        assertThat(record.key()).isEqualTo(id);
        assertThat(record.failure()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'csId': null}",
                "{'csId': ''}",
                "{'csId': 'seven'}",
                "{'csId': [7]}",
                "{'csId': {'id': 7}}",
                "{'csId': 7.5}",
                "{'csId': true}"
            })
    void failsARowWithoutAnId(String row) throws UnreadableJsonException {
        FetchedRecord record = reader.read(json(row));

        assertThat(record.id()).isNull();
        assertThat(record.failure())
                .isEqualTo(new FetchedRecord.Failure("missing-id", "the row has no usable csId", null));
        assertThat(record.isRetryable()).isFalse();
        assertThat(record.payload()).isEqualTo(json(row));
    }

    @Test
    void countsFieldsAndCodesThatTheTableDoesNotContain() {
        for (int reads = 0; reads < 2; reads++) {
            reader.read(LenientJson.object()
                    .put("csId", "7")
                    .put("csStat", 5)
                    .put("payStat", 99)
                    .put("csBTime", "someday")
                    .put("brandNew", "x"));
        }

        assertThat(drift("brandNew")).isEqualTo(2);
        assertThat(drift("csBTime")).isEqualTo(2);
        assertThat(drift("payStat")).isEqualTo(2);
        assertThat(meters.find("bangwo8.schema.drift").tag("field", "csStat").counter())
                .isNull();
    }

    @Test
    void typesARowThatAnEarlierPassHasSeenOnlyWhenItIsNeeded() {
        ObjectNode row = TestSource.row("7", 5, "网络").put("brandNew", "x");
        SeenRecords firstPass = new SeenRecords();
        FetchedRecord first = reader.read(row);
        firstPass.add(first);

        FetchedRecord again =
                reader.knowing(new FoundRecords(), firstPass.nextPass()).read(row.deepCopy());

        assertThat(drift("brandNew")).isEqualTo(1);
        assertThat(again.digest()).isSameAs(first.digest());
        assertThat(again.rowFingerprint()).isEqualTo(first.rowFingerprint());
        assertThat(again.key()).isEqualTo(first.key());
        assertThat(again.document()).isEqualTo(first.document());
    }

    @Test
    void readsARowAgainThatHasChangedSinceAnEarlierPass() {
        ObjectNode row = TestSource.row("7", 5, "网络").put("brandNew", "x");
        SeenRecords firstPass = new SeenRecords();
        firstPass.add(reader.read(row));
        RowReader secondPass = reader.knowing(new FoundRecords(), firstPass.nextPass());

        FetchedRecord changed = secondPass.read(row.deepCopy().put("note", "other"));

        assertThat(drift("brandNew")).isEqualTo(2);
        assertThat(changed.document().at("/record/note").asText()).isEqualTo("other");
    }

    @Test
    void readsARowAgainWhoseLabelHasChangedSinceAnEarlierPass() {
        OptionLabels known = new OptionLabels("t1", "remote-records");
        known.learn("note", "1", "network");
        RowReader labelling = readerOf(TestSource.with("labelFields", "note"), TestSource.labels(known));
        SeenRecords firstPass = new SeenRecords();
        FetchedRecord first = labelling.read(TestSource.row("7", 5, "1"));
        firstPass.add(first);
        RowReader secondPass = labelling.knowing(new FoundRecords(), firstPass.nextPass());
        assertThat(secondPass.read(TestSource.row("7", 5, "1")).digest()).isSameAs(first.digest());

        known.learn("note", "1", "Netzwerk");

        FetchedRecord renamed = secondPass.read(TestSource.row("7", 5, "1"));
        assertThat(renamed.rowFingerprint()).isNotEqualTo(first.rowFingerprint());
        assertThat(renamed.document().at("/labels/note").asText()).isEqualTo("Netzwerk");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-1-30 10:00:00, 2026-01-30, 1769767200",
        "1969-12-31 23:59:59, 1969-12-31, -1",
    })
    void knowsTheDayAndTheTimeOfCreation(String sent, LocalDate day, long seconds) {
        RowDigest digest =
                reader.read(TestSource.row("7", 5, "").put("csBTime", sent)).digest();

        assertThat(digest.day()).contains(day);
        assertThat(digest.created()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-30 10:00:00, 2026-01-30",
        "2026-01-30T10:00+08:00, 2026-01-30",
        "2026-01-30, 2026-01-30",
        "2026-02-30 10:00:00,",
        "yesterday evening,",
        "now,",
    })
    void knowsTheDayOfAFieldThatIsNoDateTime(String sent, LocalDate day) {
        RowReader texts = readerOf(TestSource.with("created", "note"));

        assertThat(texts.read(TestSource.row("7", 5, sent)).digest().day()).isEqualTo(Optional.ofNullable(day));
    }

    @Test
    void knowsTheTimeOfAFieldThatIsNoDateTime() {
        RowReader texts = readerOf(TestSource.with("created", "note"));

        assertThat(texts.read(TestSource.row("7", 5, "2026-01-30 10:00:00"))
                        .digest()
                        .created())
                .isEqualTo(1769767200);
    }

    private double drift(String field) {
        return meters.get("bangwo8.schema.drift").tag("field", field).counter().count();
    }

    @Test
    void failsARowWhoseIdIsNoUsableKey() {
        RowReader texts = readerOf(TestSource.with("idField", "note"));

        for (String id : new String[] {"x".repeat(1_200_000), "7\n2026-01-31 ERROR forged", "7\u001b[2J"}) {
            FetchedRecord record = texts.read(LenientJson.object().put("note", id));
            assertThat(record.id()).isNull();
            assertThat(record.failure().reason()).isEqualTo("unusable-id");
            assertThat(record.failure().error()).contains("note").contains("at most");
        }
        assertThat(texts.read(LenientJson.object().put("note", "x".repeat(1_000)))
                        .failure())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "'text'", "[]", "true"})
    void failsARowThatIsNoObject(String row) throws UnreadableJsonException {
        assertThat(reader.read(json(row)).failure())
                .isEqualTo(
                        new FetchedRecord.Failure("not-an-object", "a row of remoterecords is no JSON object", null));
    }

    @Test
    void derivesTheKeyOfARowWithoutAnIdFromTheContent() throws UnreadableJsonException {
        assertThat(reader.read(json("{'note': 'a', 'x': 1}")).key())
                .startsWith("#")
                .isEqualTo(reader.read(json("{'x': '1', 'note': 'a'}")).key())
                .isNotEqualTo(reader.read(json("{'note': 'b', 'x': 1}")).key());
    }

    @Test
    void keepsTheReceivedRowUnchanged() {
        ObjectNode row = TestSource.row("7", 5, "网络");

        FetchedRecord record = reader.read(row);

        assertThat(record.payload()).isSameAs(row);
        assertThat(record.typed().record().get("csBTime").textValue()).isEqualTo("2026-01-30T10:00:00+08:00");
        assertThat(record.isJoined()).isFalse();
    }

    private static JsonNode json(String text) throws UnreadableJsonException {
        return LenientJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
