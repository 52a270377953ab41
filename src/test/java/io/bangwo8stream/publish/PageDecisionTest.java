package io.bangwo8stream.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.kafka.BatchContent;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.Schemas;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.scan.FetchedPage;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What pages of records mean, one after the other, to the states that the pages before them left. */
class PageDecisionTest {

    private final Settings settings = TestSettings.of();
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final EventRecords events = new EventRecords(settings, clock);
    private final RevisitPolicy policy = policy("bangwo8.once", "false");
    private Scan scan = TestSource.scan(TestSource.remoteRecords());
    private final Map<String, RecordState> states = new HashMap<>();

    @Test
    void aNewRecordIsCreatedAndAChangedOneUpdated() {
        PageDecision first = decide(joined(7, "a"), joined(8, "a"));
        PageDecision second = decide(joined(7, "b"), joined(8, "a"));

        assertThat(tally(first)).isEqualTo("published=2 unchanged=0 dead=0 failed=0");
        assertThat(types(first)).containsExactly("7 created", "8 created");
        assertThat(tally(second)).isEqualTo("published=1 unchanged=1 dead=0 failed=0");
        assertThat(types(second)).containsExactly("7 updated");
        assertThat(states).containsOnlyKeys("7", "8");
    }

    @Test
    void theSameContentAgainWritesNothingAtAll() {
        decide(joined(7, "a"));

        PageDecision again = decide(joined(7, "a"));

        assertThat(tally(again)).isEqualTo("published=0 unchanged=1 dead=0 failed=0");
        assertThat(BatchContent.records(again.batch())).isEmpty();
        assertThat(BatchContent.states(again.batch())).isEmpty();
    }

    @Test
    void aRecordThatWasNotDueIsUnchanged() {
        PageDecision page = decide(TestSource.listed(TestSource.row(7, 5, "a")));

        assertThat(tally(page)).isEqualTo("published=0 unchanged=1 dead=0 failed=0");
        assertThat(states).isEmpty();
    }

    @Test
    void aChangedPartIsAnUpdateThoughTheRowIsTheSame() {
        decide(joined(7, "a"));
        FetchedRecord rated = TestSource.listed(TestSource.row(7, 5, "a"));
        rated.add(
                "serviceSummary",
                LenientJson.object().put("status", "filled"),
                LenientJson.object(),
                LenientJson.object());
        rated.joined();

        assertThat(types(decide(rated))).containsExactly("7 updated");
    }

    @Test
    void anEventHoldsTheWholeRecord() throws UnreadableJsonException {
        FetchedRecord record = joined(7, "a");

        JsonNode value = LenientJson.read(
                BatchContent.records(decide(record).batch()).get(0).value());

        assertThat(value).hasToString(record.document().toString());
        assertThat(value.at("/labels/csStat").textValue()).isEqualTo("服务完成");
    }

    @Test
    void knowsTheNewestRecordThatIsPublished() {
        ObjectNode older = TestSource.row(8, 5, "a").put("csBTime", "2026-1-29 10:00:00");

        assertThat(decide(joined(older), joined(7, "a")).newestPublished())
                .isEqualTo(OffsetDateTime.parse("2026-01-30T10:00:00+08:00")
                        .toInstant()
                        .toEpochMilli());
        assertThat(decide(joined(7, "a")).newestPublished()).isZero();
    }

    @Test
    void aFailureIsBuriedOnceAfterTheThirdAndTheRecordCreatedWhenItIsGoodAgain() {
        for (String tally : List.of(
                "published=0 unchanged=0 dead=0 failed=1",
                "published=0 unchanged=0 dead=0 failed=1",
                "published=0 unchanged=0 dead=1 failed=1",
                "published=0 unchanged=0 dead=0 failed=1")) {
            assertThat(tally(decide(failed(7, "a", "join-failed")))).isEqualTo(tally);
        }

        assertThat(types(decide(joined(7, "a")))).containsExactly("7 created");
        assertThat(states.get("7").failures()).isZero();
    }

    @Test
    void aNewContentThatFailsIsBuriedAnew() {
        for (String note : List.of("a", "b")) {
            PageDecision page = decide(failed(7, note, "untypable"));
            assertThat(types(page)).containsExactly("7 dead-lettered");
        }
        assertThat(types(decide(failed(7, "b", "untypable")))).isEmpty();
    }

    @Test
    void aRecordThatFailsAfterItWasPublishedIsUpdatedWhenItIsGoodAgain() {
        decide(joined(7, "a"));
        decide(failed(7, "b", "join-failed"));

        assertThat(types(decide(joined(7, "b")))).containsExactly("7 updated");
    }

    @Test
    void aRecordThatFailedAndCameBackAsItWasIsNoUpdate() {
        decide(joined(7, "a"));
        decide(failed(7, "b", "join-failed"));

        PageDecision back = decide(joined(7, "a"));

        assertThat(tally(back)).isEqualTo("published=0 unchanged=1 dead=0 failed=0");
        assertThat(states.get("7").failures()).isZero();
    }

    @Test
    void aFailureIsBuriedAtOnceWhereThereIsNoNextScan() {
        PageDecision page = decide(policy("bangwo8.once", "true"), failed(7, "a", "join-failed"));

        assertThat(types(page)).containsExactly("7 dead-lettered");
        assertThat(tally(page)).isEqualTo("published=0 unchanged=0 dead=1 failed=1");
    }

    @Test
    void aFailureIsBuriedAtOnceWhereNoScanReachesBackAgain() {
        FetchedRecord old = TestSource.listed(TestSource.row(7, 5, "a").put("csBTime", "2025-1-1 10:00:00"));
        old.fail("join-failed", "GET answered 500");

        assertThat(types(decide(old))).containsExactly("7 dead-lettered");
    }

    @Test
    void aFailureIsNotBuriedAtOnceHoweverOldTheRecordWhereEveryScanListsAll() {
        scan = TestSource.scan(TestSource.with("window", "none"));
        FetchedRecord old = TestSource.listed(TestSource.row(7, 5, "a").put("csBTime", "2019-1-1 10:00:00"));
        old.fail("join-failed", "GET answered 500");

        assertThat(types(decide(old))).isEmpty();
    }

    @Test
    void oneBadRecordDoesNotHoldUpItsNeighbours() {
        PageDecision page = decide(joined(6, "a"), failed(7, "a", "untypable"), joined(8, "a"));

        assertThat(types(page)).containsExactly("6 created", "7 dead-lettered", "8 created");
        assertThat(tally(page)).isEqualTo("published=2 unchanged=0 dead=1 failed=1");
    }

    @Test
    void aRowWithoutAnIdIsBuriedOnceAndWritesNothingAfterThat() {
        ObjectNode row = LenientJson.object().put("note", "lost");

        PageDecision first = decide(TestSource.listed(row.deepCopy()));
        PageDecision second = decide(TestSource.listed(row.deepCopy()));

        assertThat(types(first)).containsExactly("null dead-lettered");
        assertThat(tally(second)).isEqualTo("published=0 unchanged=0 dead=0 failed=1");
        assertThat(BatchContent.records(second.batch())).isEmpty();
        assertThat(BatchContent.states(second.batch())).isEmpty();
        assertThat(states.values()).as("no walk need go back for it").noneMatch(RecordState::isPending);
    }

    @Test
    void anEventThatIsTooLargeIsBuriedInTheNextTry() throws UnreadableJsonException {
        FetchedRecord large = joined(7, "a");
        PageDecision first = new PageDecision(
                        new FetchedPage(scan, 1, List.of(large, joined(8, "a"))), events, policy, 1)
                .against(states::get);
        BatchContent.tellTooLarge(first.batch(), 0);

        PageDecision second = decide(large, joined(8, "a"));

        assertThat(types(second)).containsExactly("7 dead-lettered", "8 created");
        JsonNode letter =
                LenientJson.read(BatchContent.records(second.batch()).get(0).value());
        assertThat(letter.get("reason").textValue()).isEqualTo("too-large");
        assertThat(letter.get("error").textValue()).contains("bytes", "max.message.bytes", "kafka.max.request.size");
        assertThat(Schemas.mistakes("dead-letter", letter)).isEmpty();
    }

    @Test
    void aDeadLetterThatIsTooLargeGoesWithoutTheRow() throws UnreadableJsonException {
        FetchedRecord failed = failed(7, "a", "untypable");
        PageDecision first =
                new PageDecision(new FetchedPage(scan, 1, List.of(failed)), events, policy, 1).against(states::get);
        BatchContent.tellTooLarge(first.batch(), 0);

        assertThat(payload(decide(failed))).isEqualTo(NullNode.instance);
    }

    @Test
    void aRowThatIsSurelyTooLargeIsLeftOutOfItsDeadLetter() throws UnreadableJsonException {
        assertThat(payload(decide(failed(7, "x".repeat(300_000), "untypable")))).isEqualTo(NullNode.instance);
        assertThat(payload(decide(failed(8, "x".repeat(200_000), "untypable")))).isNotEqualTo(NullNode.instance);
    }

    private static JsonNode payload(PageDecision page) throws UnreadableJsonException {
        return LenientJson.read(BatchContent.records(page.batch()).get(0).value())
                .get("payload");
    }

    private PageDecision decide(FetchedRecord... records) {
        return decide(policy, records);
    }

    /** Decides, and remembers what a committed transaction would. */
    private PageDecision decide(RevisitPolicy by, FetchedRecord... records) {
        PageDecision page = new PageDecision(new FetchedPage(scan, 1, List.of(records)), events, by, clock.millis())
                .against(states::get);
        states.putAll(BatchContent.states(page.batch()));
        return page;
    }

    private static RevisitPolicy policy(String... keysAndValues) {
        Settings settings = TestSettings.of(keysAndValues);
        return new RevisitPolicy(
                settings.scanning().revisitAfter(), settings.scanning().pollInterval(), settings.once());
    }

    private static FetchedRecord joined(Object id, String note) {
        return joined(TestSource.row(id, 5, note));
    }

    private static FetchedRecord joined(ObjectNode row) {
        FetchedRecord record = TestSource.listed(row);
        record.joined();
        return record;
    }

    private static FetchedRecord failed(Object id, String note, String reason) {
        FetchedRecord record = TestSource.listed(TestSource.row(id, 5, note));
        record.fail(reason, "it failed");
        return record;
    }

    /** Key and last part of the type of each record. */
    private static List<String> types(PageDecision page) {
        return BatchContent.records(page.batch()).stream()
                .map(record -> record.key() + " " + type(record))
                .toList();
    }

    private static String type(ProducerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8)
                .replaceAll("^bangwo8\\.remote-record\\.", "");
    }

    private static String tally(PageDecision page) {
        return "published=%d unchanged=%d dead=%d failed=%d"
                .formatted(page.published(), page.unchanged(), page.deadLettered(), page.failed());
    }
}
