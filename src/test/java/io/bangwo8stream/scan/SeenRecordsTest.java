package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

class SeenRecordsTest {

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
        firstPass.add(row("a"));

        assertThat(publishes(firstPass.nextPass(), row("a"), 2)).isTrue();
    }

    @Test
    void knowsARowThatAnEarlierPassHasSeenAsItIs() {
        FetchedRecord record = row("a");
        firstPass.add(record);
        long sent = record.digest().sent();

        assertThat(firstPass.before("1", sent)).as("seen by this pass").isEmpty();
        SeenRecords secondPass = firstPass.nextPass();
        assertThat(secondPass.before("1", sent)).contains(record.digest());
        assertThat(secondPass.before("1", sent + 1)).isEmpty();
        assertThat(secondPass.before("2", sent)).isEmpty();
    }

    @Test
    void readsADeferredRecordAgain() {
        FetchedRecord deferred = row("a");
        deferred.defer();
        firstPass.add(deferred);

        assertThat(firstPass.nextPass().before("1", deferred.digest().sent())).isEmpty();
    }

    /** What a pass does: it reads all lists, and then adds to each record the lists that contain it. */
    private static boolean publishes(SeenRecords pass, FetchedRecord record, int... lists) {
        pass.add(record);
        ArrayNode ids = JsonNodeFactory.instance.arrayNode();
        for (int list : lists) {
            ids.add(list);
        }
        record.addMembership(ids);
        return pass.settle(record);
    }

    private static FetchedRecord row(String text) {
        return TestSource.fetched(TestSource.row(1, 5, text));
    }
}
