package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bangwo8stream.source.DateRange;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SeenRecordsTest {

    private static final RowSummarizer DAYS = new RowSummarizer(
            TestSource.remoteRecords(), new DateRange(LocalDate.of(2026, 1, 24), LocalDate.of(2026, 1, 31)));

    private final SeenRecords firstPass = new SeenRecords();

    @Test
    void publishesARecordOnceWhileItsRowAndItsListsAreTheSame() {
        assertThat(publishes(firstPass, row("a"), 2, 15)).isTrue();

        SeenRecords secondPass = firstPass.nextPass();

        assertThat(publishes(secondPass, row("a"), 2, 15)).isFalse();
        assertThat(publishes(secondPass.nextPass(), row("a"), 2, 15)).isFalse();
    }

    @Test
    void publishesARecordAgainWhenItsRowHasChanged() {
        publishes(firstPass, row("a"), 2, 15);

        assertThat(publishes(firstPass.nextPass(), row("b"), 2, 15)).isTrue();
    }

    @Test
    void publishesARecordAgainWhenItHasLeftAList() {
        publishes(firstPass, row("a"), 2, 15);

        SeenRecords secondPass = firstPass.nextPass();

        assertThat(publishes(secondPass, row("a"), 15)).isTrue();
        assertThat(secondPass.hasChanged()).isFalse();
        assertThat(publishes(secondPass.nextPass(), row("a"), 2, 15)).isTrue();
    }

    @Test
    void publishesARecordAgainOnceItIsNoLongerDeferred() {
        FetchedRecord deferred = row("a");
        deferred.defer();
        publishes(firstPass, deferred, 2);

        assertThat(publishes(firstPass.nextPass(), row("a"), 2)).isTrue();
    }

    @Test
    void publishesWhatNoPassBeforeHasPublished() {
        firstPass.add(row("a"), DAYS);

        assertThat(publishes(firstPass.nextPass(), row("a"), 2)).isTrue();
    }

    @Test
    void knowsARowThatAnEarlierPassHasSeenAsItIs() {
        FetchedRecord record = row("a");
        firstPass.add(record, DAYS);
        long sent = record.digest().sent();

        assertThat(firstPass.before("1", sent)).as("seen by this pass").isNull();
        SeenRecords secondPass = firstPass.nextPass();
        assertThat(secondPass.before("1", sent).digest()).isEqualTo(record.digest());
        assertThat(secondPass.before("1", sent + 1)).isNull();
        assertThat(secondPass.before("2", sent)).isNull();
    }

    @Test
    void readsADeferredRecordAgain() {
        FetchedRecord deferred = row("a");
        deferred.defer();
        firstPass.add(deferred, DAYS);

        assertThat(firstPass.nextPass().before("1", deferred.digest().sent())).isNull();
    }

    /** What a pass does: it reads all lists, and then adds to each record the lists that contain it. */
    private static boolean publishes(SeenRecords pass, FetchedRecord record, int... lists) {
        pass.add(record, DAYS);
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        for (int list : lists) {
            ids.add(list);
        }
        record.addMembership("views", ids);
        return pass.settle(record);
    }

    private static FetchedRecord row(String text) {
        return TestSource.fetched(TestSource.row(1, 5, text));
    }
}
