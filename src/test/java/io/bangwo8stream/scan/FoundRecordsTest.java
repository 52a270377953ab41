package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.UnreadableJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoundRecordsTest {

    private final FetchedRecord first = TestSource.fetched(TestSource.row(1, 5, "first"));
    private final FetchedRecord second = TestSource.fetched(TestSource.row(2, 5, "second"));
    private final List<JsonNode> readAgain = new ArrayList<>();

    @Test
    void keepsFewRecordsAsTheyWereRead() {
        FoundRecords found = new FoundRecords(1_000_000);

        found.add(first, 15);
        found.add(second, 2);
        found.add(first, 2);

        assertThat(records(found)).containsExactly(first, second);
        assertThat(found.iterator().next().lists()).containsExactly(2L, 15L);
        assertThat(readAgain).isEmpty();
    }

    @Test
    void readsTheRowsOfManyRecordsAgain() {
        FoundRecords found = new FoundRecords(first.size() + second.size() - 1);

        found.add(first, 2);
        assertThat(found.readFrom(TestSource.row(1, 5, "first"), "1")).isSameAs(first);
        found.add(second, 2);
        found.add(TestSource.fetched(TestSource.row(3, 5, "third")), 2);

        assertThat(found.readFrom(TestSource.row(1, 5, "first"), "1")).isNull();
        assertThat(records(found)).extracting(FetchedRecord::id).containsExactly("1", "2", "3");
        assertThat(readAgain)
                .containsExactly(
                        TestSource.row(1, 5, "first"), TestSource.row(2, 5, "second"), TestSource.row(3, 5, "third"));
    }

    @Test
    void keepsWhatItsRowDoesNotSayHoweverManyThereAre() throws UnreadableJsonException {
        FetchedRecord failed = TestSource.fetched(TestSource.row("", 5, "without an id"));
        FetchedRecord irregular = TestSource.fetched(
                (ObjectNode) LenientJson.read("{\"csId\": \"3\", \"note\": NaN}".getBytes(StandardCharsets.UTF_8)));
        FoundRecords found = new FoundRecords(0);

        found.add(first, 2);
        found.add(failed, 2);
        found.add(irregular, 2);

        assertThat(records(found)).contains(failed, irregular).doesNotContain(first);
    }

    @Test
    void knowsARecordByAnEqualRowOnly() {
        FoundRecords found = new FoundRecords(1_000_000);
        found.add(first, 2);

        assertThat(found.readFrom(TestSource.row(1, 5, "first"), "1")).isSameAs(first);
        assertThat(found.readFrom(TestSource.row(1, 5, "changed"), "1")).isNull();
        assertThat(found.readFrom(TestSource.row(2, 5, "second"), "2")).isNull();
    }

    @Test
    void doesNotReadARowOfAnotherListAgain() {
        FoundRecords found = new FoundRecords(1_000_000);
        RowReader reader = TestSource.reader(false, found);
        FetchedRecord read = reader.read(TestSource.row(1, 5, "first"));
        found.add(read, 2);

        assertThat(reader.read(TestSource.row(1, 5, "first"))).isSameAs(read);
        assertThat(reader.read(TestSource.row(1, 5, "changed"))).isNotSameAs(read);
    }

    private List<FetchedRecord> records(FoundRecords found) {
        List<FetchedRecord> records = new ArrayList<>();
        for (Iterator<FoundRecords.Found> left = found.iterator(); left.hasNext(); ) {
            records.add(left.next().record(row -> {
                readAgain.add(row);
                return TestSource.fetched((ObjectNode) row);
            }));
        }
        return records;
    }
}
