package io.bangwo8stream.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.kafka.BatchContent;
import io.bangwo8stream.kafka.OutgoingRecord;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.SchemaValidator;
import io.bangwo8stream.record.UnreadableJsonException;
import io.bangwo8stream.scan.FetchedPage;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Decides pages one after the other; each decision compares with the states that earlier pages stored. */
class PageDecisionTest {

    private final Settings settings = TestSettings.of();
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final EventRecords events = new EventRecords(settings, clock);
    private final RevisitPolicy policy = policy("bangwo8.once", "false");
    private Scan scan = TestSource.scan(TestSource.remoteRecords());
    private final Map<String, RecordState> states = new HashMap<>();

    @Test
    void publishesANewRecordAsCreatedAndAChangedRecordAsUpdated() {
        PageDecision first = decide(joined(7, "a"), joined(8, "a"));
        PageDecision second = decide(joined(7, "b"), joined(8, "a"));

        assertThat(counts(first)).isEqualTo("published=2 unchanged=0 dead=0 failed=0");
        assertThat(eventTypes(first)).containsExactly("7 created", "8 created");
        assertThat(counts(second)).isEqualTo("published=1 unchanged=1 dead=0 failed=0");
        assertThat(eventTypes(second)).containsExactly("7 updated");
        assertThat(states).containsOnlyKeys("7", "8");
    }

    @Test
    void writesNothingForUnchangedContent() {
        decide(joined(7, "a"));

        PageDecision again = decide(joined(7, "a"));

        assertThat(counts(again)).isEqualTo("published=0 unchanged=1 dead=0 failed=0");
        assertThat(BatchContent.records(again.batch())).isEmpty();
        assertThat(BatchContent.states(again.batch())).isEmpty();
    }

    @Test
    void publishesNothingWhenOnlyTheFormOfAValueWithoutATypeChanged() {
        ObjectNode text = TestSource.row(7, 5, "a").putNull("new");
        text.putArray("custom_fields").addObject().put("key", "f").put("value", "123.00");
        ObjectNode number = TestSource.row(7, 5, "a");
        number.putArray("custom_fields").addObject().put("key", "f").put("value", new BigDecimal("123.00"));
        decide(joined(text));

        FetchedRecord again = joined(number);

        assertThat(again.rowFingerprint()).isEqualTo(states.get("7").rowFingerprint());
        assertThat(counts(decide(again))).isEqualTo("published=0 unchanged=1 dead=0 failed=0");
    }

    @Test
    void publishesAnUpdateWhenATextThatLooksLikeANumberChanged() {
        decide(joined(7, "1.0"));

        FetchedRecord changed = joined(7, "1.00");

        assertThat(changed.rowFingerprint()).isNotEqualTo(states.get("7").rowFingerprint());
        assertThat(eventTypes(decide(changed))).containsExactly("7 updated");
    }

    @Test
    void countsARecordThatWasNotDueAsUnchanged() {
        PageDecision page = decide(TestSource.fetched(TestSource.row(7, 5, "a")));

        assertThat(counts(page)).isEqualTo("published=0 unchanged=1 dead=0 failed=0");
        assertThat(states).isEmpty();
    }

    @Test
    void storesInWhichListARecordWasSeenAndThatItIsNotMissingWhateverBecomesOfIt() {
        decide(joined(7, "a"), joined(8, "a"), joined(9, "a"));
        states.replaceAll((id, state) -> state.missingSince(5));
        FetchedRecord deferred = failed(9, "a", "join-failed");
        deferred.defer();

        PageDecision page = decide(
                TestSource.seenIn("/all.json", TestSource.fetched(TestSource.row(7, 5, "a"))),
                TestSource.seenIn("/all.json", joined(8, "a")),
                TestSource.seenIn("/all.json", deferred));

        assertThat(counts(page)).isEqualTo("published=0 unchanged=2 dead=0 failed=1");
        assertThat(states.values()).hasSize(3).allSatisfy(state -> {
            assertThat(state.presence().lists()).containsExactly("/all.json");
            assertThat(state.presence().missingSince()).isZero();
        });
    }

    @Test
    void continuesTheIdsOfARecordThatIsBack() {
        RecordState.Chain last = new RecordState(0, 0, 0, 0, false, 0, 0, 0, false)
                .withEvent(new Fingerprint(1, 2), RecordState.Chain.EMPTY.parts())
                .withDeadLetter(new Fingerprint(3, 4))
                .chain();
        FetchedRecord record = joined(7, "a");

        PageDecision page = new PageDecision(new FetchedPage(scan, 1, List.of(record)), events, policy, clock.millis())
                .against(states::get, id -> last);

        assertThat(BatchContent.records(page.batch()))
                .extracting(event ->
                        event.headers().get("ce_type") + " " + event.headers().get("ce_id"))
                .containsExactly(
                        "bangwo8.remote-record.created "
                                + record.hash()
                                        .content()
                                        .nextEventId(new Fingerprint(1, 2))
                                        .hex(),
                        "bangwo8.remote-record.recovered "
                                + record.hash()
                                        .content()
                                        .nextEventId(new Fingerprint(3, 4))
                                        .hex());
    }

    @Test
    void publishesAnUpdateWhenOnlyAJoinedPartChanged() {
        decide(joined(7, "a"));
        FetchedRecord withSummary = TestSource.fetched(TestSource.row(7, 5, "a"));
        withSummary.add(
                "serviceSummary",
                LenientJson.object().put("status", "filled"),
                LenientJson.object(),
                LenientJson.object());
        withSummary.joined();

        assertThat(eventTypes(decide(withSummary))).containsExactly("7 updated");
    }

    @Test
    void publishesTheWholeRecordInAnEvent() throws UnreadableJsonException {
        FetchedRecord record = joined(7, "a");

        JsonNode value = LenientJson.read(
                BatchContent.records(decide(record).batch()).get(0).value());

        assertThat(value).hasToString(record.document().toString());
        assertThat(value.at("/labels/csStat").textValue()).isEqualTo("服务完成");
    }

    @Test
    void deadLettersARecordWhoseJoinFailedThreeTimesAndPublishesTheRecordAfterASuccessfulJoin() {
        for (String counts : List.of(
                "published=0 unchanged=0 dead=0 failed=1",
                "published=0 unchanged=0 dead=0 failed=1",
                "published=0 unchanged=0 dead=1 failed=1",
                "published=0 unchanged=0 dead=0 failed=1")) {
            assertThat(counts(decide(failed(7, "a", "join-failed")))).isEqualTo(counts);
        }

        assertThat(eventTypes(decide(joined(7, "a")))).containsExactly("7 created", "7 recovered");
        assertThat(states.get("7").failures()).isZero();
        assertThat(eventTypes(decide(joined(7, "b")))).containsExactly("7 updated");
    }

    @Test
    void deadLettersARecordAgainWhenChangedContentFails() {
        for (String note : List.of("a", "b")) {
            PageDecision page = decide(failed(7, note, "untypable"));
            assertThat(eventTypes(page)).containsExactly("7 dead-lettered");
        }
        assertThat(eventTypes(decide(failed(7, "b", "untypable")))).isEmpty();
    }

    @Test
    void publishesAnUpdateWhenAPublishedRecordThatFailedIsJoinedAgain() {
        decide(joined(7, "a"));
        decide(failed(7, "b", "join-failed"));

        assertThat(eventTypes(decide(joined(7, "b")))).containsExactly("7 updated");
    }

    @Test
    void publishesNoUpdateWhenAPublishedRecordThatFailedHasItsOldContentAgain() {
        decide(joined(7, "a"));
        decide(failed(7, "b", "join-failed"));

        PageDecision recovered = decide(joined(7, "a"));

        assertThat(counts(recovered)).isEqualTo("published=0 unchanged=1 dead=0 failed=0");
        assertThat(states.get("7").failures()).isZero();
    }

    @Test
    void givesEveryEventOfARecordAnIdOfItsOwnAndTheSameContentTheSameHash() {
        List<OutgoingRecord> history = new ArrayList<>();
        for (String note : List.of("a", "b", "a", "b")) {
            history.addAll(BatchContent.records(decide(joined(7, note)).batch()));
        }

        assertThat(history)
                .extracting(event -> event.headers().get("ce_id"))
                .hasSize(4)
                .doesNotHaveDuplicates();
        List<String> hashes = history.stream()
                .map(event -> event.headers().get("ce_contenthash"))
                .toList();
        assertThat(hashes.get(2)).isEqualTo(hashes.get(0)).isNotEqualTo(hashes.get(1));
        assertThat(hashes.get(3)).isEqualTo(hashes.get(1));
    }

    @Test
    void givesTheSameHistoryTheSameIdsInEveryRun() {
        List<String> first = idsOfHistory();
        states.clear();

        assertThat(idsOfHistory()).isEqualTo(first);
    }

    private List<String> idsOfHistory() {
        return Stream.of(joined(7, "a"), failed(7, "b", "untypable"), joined(7, "a"), joined(7, "c"))
                .flatMap(record -> BatchContent.records(decide(record).batch()).stream())
                .map(event -> event.headers().get("ce_id"))
                .toList();
    }

    @Test
    void namesTheChangedPartsOfAnUpdate() {
        decide(joined(7, "a"));
        FetchedRecord chatted = TestSource.fetched(TestSource.row(7, 5, "b"));
        chatted.add(
                "chatRecords",
                LenientJson.object().putArray("messages").add(1),
                LenientJson.object(),
                LenientJson.object());
        chatted.joined();

        assertThat(BatchContent.records(decide(chatted).batch()))
                .extracting(event -> event.headers().get("ce_changedparts"))
                .containsExactly("record,chatRecords");
    }

    @Test
    void recoversADeadLetterAlsoWhenAnotherContentFailedInBetween() {
        decide(failed(7, "a", "untypable"));
        decide(failed(7, "b", "join-failed"));

        assertThat(eventTypes(decide(joined(7, "b")))).containsExactly("7 created", "7 recovered");
    }

    @Test
    void deadLettersAFailedRecordAtOnceInOnceMode() {
        PageDecision page = decide(policy("bangwo8.once", "true"), failed(7, "a", "join-failed"));

        assertThat(eventTypes(page)).containsExactly("7 dead-lettered");
        assertThat(counts(page)).isEqualTo("published=0 unchanged=0 dead=1 failed=1");
    }

    @Test
    void deadLettersAFailedRecordAtOnceWhenNoLaterScanReachesBackToTheRecord() {
        FetchedRecord old = TestSource.fetched(TestSource.row(7, 5, "a").put("csBTime", "2025-1-1 10:00:00"));
        old.fail("join-failed", "GET answered 500");

        assertThat(eventTypes(decide(old))).containsExactly("7 dead-lettered");
    }

    @Test
    void doesNotDeadLetterAnOldFailedRecordAtOnceWhenEveryScanListsAllRecords() {
        scan = TestSource.scan(TestSource.with("window", ""));
        FetchedRecord old = TestSource.fetched(TestSource.row(7, 5, "a").put("csBTime", "2019-1-1 10:00:00"));
        old.fail("join-failed", "GET answered 500");

        assertThat(eventTypes(decide(old))).isEmpty();
    }

    @Test
    void publishesTheOtherRecordsOfAPageWithAFailedRecord() {
        PageDecision page = decide(joined(6, "a"), failed(7, "a", "untypable"), joined(8, "a"));

        assertThat(eventTypes(page)).containsExactly("6 created", "7 dead-lettered", "8 created");
        assertThat(counts(page)).isEqualTo("published=2 unchanged=0 dead=1 failed=1");
    }

    @Test
    void deadLettersARowWithoutAnIdOnlyOnce() {
        ObjectNode row = LenientJson.object().put("note", "lost");

        PageDecision first = decide(TestSource.fetched(row.deepCopy()));
        PageDecision second = decide(TestSource.fetched(row.deepCopy()));

        assertThat(eventTypes(first)).containsExactly("null dead-lettered");
        assertThat(counts(second)).isEqualTo("published=0 unchanged=0 dead=0 failed=1");
        assertThat(BatchContent.records(second.batch())).isEmpty();
        assertThat(BatchContent.states(second.batch())).isEmpty();
        assertThat(states.values())
                .as("no sweep needs to reach back to the row")
                .noneMatch(RecordState::isPending);
    }

    @Test
    void deadLettersARecordWhoseEventIsTooLargeInTheNextAttempt() throws UnreadableJsonException {
        FetchedRecord large = joined(7, "a");
        PageDecision first = new PageDecision(
                        new FetchedPage(scan, 1, List.of(large, joined(8, "a"))), events, policy, 1)
                .against(states::get, id -> RecordState.Chain.EMPTY);
        BatchContent.reportTooLarge(first.batch(), 0);

        PageDecision second = decide(large, joined(8, "a"));

        assertThat(eventTypes(second)).containsExactly("7 dead-lettered", "8 created");
        JsonNode letter =
                LenientJson.read(BatchContent.records(second.batch()).get(0).value());
        assertThat(letter.get("reason").textValue()).isEqualTo("too-large");
        assertThat(letter.get("error").textValue()).contains("bytes", "max.message.bytes", "kafka.max.request.size");
        assertThat(SchemaValidator.errors("dead-letter", letter)).isEmpty();
    }

    @Test
    void omitsTheRowFromADeadLetterThatIsTooLarge() throws UnreadableJsonException {
        FetchedRecord failed = failed(7, "a", "untypable");
        PageDecision first = new PageDecision(new FetchedPage(scan, 1, List.of(failed)), events, policy, 1)
                .against(states::get, id -> RecordState.Chain.EMPTY);
        BatchContent.reportTooLarge(first.batch(), 0);

        assertThat(payload(decide(failed))).isEqualTo(NullNode.instance);
    }

    @Test
    void omitsARowAboveTheMaximumPayloadSizeFromADeadLetter() throws UnreadableJsonException {
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

    /** Decides a page, and stores the states that a committed transaction would store. */
    private PageDecision decide(RevisitPolicy revisitPolicy, FetchedRecord... records) {
        PageDecision page = new PageDecision(
                        new FetchedPage(scan, 1, List.of(records)), events, revisitPolicy, clock.millis())
                .against(states::get, id -> RecordState.Chain.EMPTY);
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
        FetchedRecord record = TestSource.fetched(row);
        record.joined();
        return record;
    }

    private static FetchedRecord failed(Object id, String note, String reason) {
        FetchedRecord record = TestSource.fetched(TestSource.row(id, 5, note));
        record.fail(reason, "it failed");
        return record;
    }

    /** Key of each record, and the last part of its event type. */
    private static List<String> eventTypes(PageDecision page) {
        return BatchContent.records(page.batch()).stream()
                .map(record -> record.key() + " " + type(record))
                .toList();
    }

    private static String type(OutgoingRecord record) {
        return record.headers().get("ce_type").replaceAll("^bangwo8\\.remote-record\\.", "");
    }

    private static String counts(PageDecision page) {
        return "published=%d unchanged=%d dead=%d failed=%d"
                .formatted(page.published(), page.unchanged(), page.deadLettered(), page.failed());
    }
}
