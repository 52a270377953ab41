package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoundRecordsTest {

    private final FetchedRecord first = TestSource.fetched(TestSource.row(1, 5, "first"));
    private final FetchedRecord second = TestSource.fetched(TestSource.row(2, 5, "second"));

    @Test
    void keepsFewRecordsAsTheyWereRead() {
        JsonNode row = first.payload();
        FoundRecords found = new FoundRecords(1_000_000);

        found.add(first, 15);
        found.add(second, 2);
        found.add(first, 2);

        assertThat(records(found)).containsExactly(first, second);
        assertThat(found.iterator().next().lists()).containsExactly(2L, 15L);
        assertThat(first.payload()).isSameAs(row);
    }

    @Test
    void readsTheRowsOfManyRecordsAgain() {
        FoundRecords found = new FoundRecords(first.size() + second.size() - 1);
        ObjectNode documentOfFirst = first.document();
        FetchedRecord third = TestSource.fetched(TestSource.row(3, 5, "third"));

        List<FetchedRecord> all = List.of(TestSource.fetched(TestSource.row(1, 5, "first")), second, third);
        List<JsonNode> rows = all.stream().map(FetchedRecord::payload).toList();
        all.forEach(record -> found.add(record, 2));

        assertThat(records(found)).isEqualTo(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).toString()).contains("packed");
            assertThat(all.get(i).payload()).isEqualTo(rows.get(i)).isNotSameAs(rows.get(i));
        }
        assertThat(all.get(0).document()).isEqualTo(documentOfFirst);
    }

    @Test
    void keepsWhatItsRowDoesNotSayHoweverManyThereAre() throws UnreadableJsonException {
        FetchedRecord failed = TestSource.fetched(TestSource.row("", 5, "without an id"));
        FetchedRecord irregular = TestSource.fetched(
                (ObjectNode) LenientJson.read("{\"csId\": \"3\", \"note\": NaN}".getBytes(StandardCharsets.UTF_8)));
        JsonNode row = first.payload();
        JsonNode failedRow = failed.payload();
        JsonNode irregularRow = irregular.payload();
        FoundRecords found = new FoundRecords(0);

        found.add(first, 2);
        found.add(failed, 2);
        found.add(irregular, 2);

        assertThat(failed.payload()).isSameAs(failedRow);
        assertThat(irregular.payload()).isSameAs(irregularRow);
        assertThat(first.payload()).isEqualTo(row).isNotSameAs(row);
    }

    @Test
    void knowsARecordByAnEqualRowOnly() {
        FoundRecords found = new FoundRecords(0);
        found.add(second, 2);
        found.add(first, 2);
        long sent = first.digest().sent();

        assertThat(found.readFrom("1", sent)).isSameAs(first);
        assertThat(found.readFrom("1", sent + 1)).isNull();
        assertThat(found.readFrom("3", sent)).isNull();
    }

    @Test
    void doesNotReadARowOfAnotherListAgain() {
        FoundRecords found = new FoundRecords(1_000_000);
        RowReader reader = TestSource.reader(false).knowing(found, new SeenRecords());
        FetchedRecord read = reader.read(TestSource.row(1, 5, "first"));
        found.add(read, 2);

        assertThat(reader.read(TestSource.row(1, 5, "first"))).isSameAs(read);
        assertThat(reader.read(TestSource.row(1, 5, "changed"))).isNotSameAs(read);
    }

    private static List<FetchedRecord> records(FoundRecords found) {
        List<FetchedRecord> records = new ArrayList<>();
        found.iterator().forEachRemaining(one -> records.add(one.record()));
        return records;
    }
}
