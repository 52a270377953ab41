package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.kafka.OptionLabels;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.source.DateRange;
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

    private final RowSummarizer days = new RowSummarizer(
            TestSource.remoteRecords(), new DateRange(LocalDate.of(2026, 1, 24), LocalDate.of(2026, 1, 31)));

    private final RowReader reader = new RowReader(
            TestSource.remoteRecords(),
            new RecordTyper(TestSource.SHANGHAI),
            TestSource.withoutLabels(),
            new SchemaDrift(meters),
            Optional.empty(),
            false,
            false);

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
        firstPass.add(first, days);

        FetchedRecord again = reader.knowing(new FoundRecords(), firstPass.nextPass())
                .read(row.deepCopy().put("csId", 7));

        assertThat(drift("brandNew")).isEqualTo(1);
        assertThat(again.before()).isNotNull();
        assertThat(again.rowFingerprint()).isEqualTo(first.rowFingerprint());
        assertThat(again.size()).isEqualTo(first.size());
        assertThat(days.day(again)).isEqualTo(days.day(first));
        assertThat(again.document()).isEqualTo(first.document());
    }

    @Test
    void readsARowAgainThatHasChangedSinceAnEarlierPass() {
        ObjectNode row = TestSource.row("7", 5, "网络");
        SeenRecords firstPass = new SeenRecords();
        firstPass.add(reader.read(row), days);
        RowReader secondPass = reader.knowing(new FoundRecords(), firstPass.nextPass());

        assertThat(secondPass.read(row.deepCopy().put("note", "other")).before())
                .isNull();
        assertThat(secondPass.read(row.deepCopy().put("csId", "8")).before()).isNull();
    }

    @Test
    void readsARowAgainWhoseLabelHasChangedSinceAnEarlierPass() {
        OptionLabels known = new OptionLabels("t1", "remote-records");
        known.learn("note", "1", "network");
        Source source = TestSource.with("labelFields", "note");
        RowReader labelling = new RowReader(
                source,
                new RecordTyper(TestSource.SHANGHAI),
                TestSource.labels(known),
                new SchemaDrift(meters),
                Optional.empty(),
                false,
                false);
        SeenRecords firstPass = new SeenRecords();
        firstPass.add(labelling.read(TestSource.row("7", 5, "1")), days);
        RowReader secondPass = labelling.knowing(new FoundRecords(), firstPass.nextPass());
        assertThat(secondPass.read(TestSource.row("7", 5, "1")).before()).isNotNull();

        known.learn("note", "1", "Netzwerk");

        FetchedRecord renamed = secondPass.read(TestSource.row("7", 5, "1"));
        assertThat(renamed.before()).isNull();
        assertThat(renamed.document().at("/labels/note").asText()).isEqualTo("Netzwerk");
    }

    private double drift(String field) {
        return meters.get("bangwo8.schema.drift").tag("field", field).counter().count();
    }

    @Test
    void failsARowWhoseIdIsNoUsableKey() {
        RowReader texts = new RowReader(
                TestSource.with("idField", "note"),
                new RecordTyper(TestSource.SHANGHAI),
                TestSource.withoutLabels(),
                new SchemaDrift(meters),
                Optional.empty(),
                false,
                false);

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
