package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.kafka.InMemoryEventStreams;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.label.LabelResolver;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs turns of a source against an API and streams in memory, with two rows per page. */
@Timeout(60)
class ScanStepsTest {

    private static final String SWEEP = "2026-01-24..2026-01-31 page ";
    private static final String TODAY = "2026-01-31..2026-01-31 page ";
    private static final String[] ONLY_TODAY = {"bangwo8.start-date", "2026-01-31"};

    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScanMonitor monitor = new ScanMonitor(meters, clock, Traces.OFF);
    private final AtomicBoolean leading = new AtomicBoolean(true);
    private final InMemoryApiClient api = new InMemoryApiClient();
    private Source source = TestSource.remoteRecords();
    private InMemoryEventStreams streams;
    private boolean topicHasEvents;
    private ScanSteps scanSteps;

    private void createScanSteps(String... keysAndValues) {
        List<String> all = new ArrayList<>(List.of("bangwo8.per-page", "2"));
        all.addAll(List.of(keysAndValues));
        Settings settings = TestSettings.of(all.toArray(String[]::new));
        streams = new InMemoryEventStreams(settings);
        SourceRegistry sources = new SourceRegistry(null, null, settings) {
            @Override
            public Set<String> on() {
                return Set.of(source.name());
            }

            @Override
            public Source get(String name) {
                return source;
            }
        };
        ScanScheduleRegistry schedules = new ScanScheduleRegistry(sources, streams, settings, clock.watch());
        // The days are known to be small, so that a sweep scans them in one window.
        schedules.of(source).completed(new DateRange(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 31)), Map.of());
        LabelResolver labels = new LabelResolver(
                api, sources, stream -> streams.of(stream).labels(), settings, clock, new SimpleMeterRegistry());
        PageSequenceFactory pageSequences = new PageSequenceFactory(
                null, streams, api, settings, labels, new RecordTyper(settings.zone()), new SchemaDrift(meters));
        scanSteps = new ScanSteps(
                sources,
                streams,
                pageSequences,
                schedules,
                new ScanCompletion(streams, schedules, labels, new NoMissingRecords(), monitor, clock.watch()),
                monitor,
                stream -> leading.get(),
                new LostStates(streams, (topic, events) -> topicHasEvents, settings, clock),
                clock.watch(),
                settings);
    }

    @Test
    void fetchesEachRecordOnceAndRequestsEachPageOnce() throws Exception {
        createScanSteps();
        api.addRows(1, 2, 3);

        Turn turn = runTurn();

        assertThat(turn.ids).containsExactly("1", "2", "3");
        assertThat(api.requests).containsExactly(SWEEP + 1, SWEEP + 2);
        assertThat(turn.scan.report())
                .hasToString("seen=3 published=0 unchanged=0 dead-lettered=0 failed=0 complete=true");
    }

    @Test
    void scansNothingOfASourceWhoseTopicContainsEventsWithoutAState() throws Exception {
        createScanSteps();
        topicHasEvents = true;
        api.addRows(1);

        Turn refused = runTurn();

        assertThat(refused.ids).isEmpty();
        assertThat(api.requests).isEmpty();
        assertThat(monitor.times().of(source).orElseThrow().failure().orElseThrow())
                .contains("rebuild-state --source remote-records", "reset --source remote-records --confirm");
        // Somebody has emptied the topic.
        topicHasEvents = false;
        assertThat(runTurn().ids).containsExactly("1");
    }

    @Test
    void scansTheNewestDaysInTheNextTurn() throws Exception {
        createScanSteps();
        runTurn();
        api.requests.clear();

        runTurn();

        assertThat(api.requests).containsExactly("2026-01-30..2026-01-31 page 1");
    }

    @Test
    void rescansAWindowWhoseCountChangesAndFetchesOnlyNewRecords() throws Exception {
        createScanSteps();
        api.addRows(1, 2, 3);
        insertARowAfterTheFirstPage();

        Turn turn = runTurn();

        assertThat(turn.ids).containsExactly("1", "2", "3", "4");
        assertThat(api.requests).hasSize(4);
        assertThat(turn.scan.report().isClean()).isTrue();
        assertThat(meters.find("bangwo8.scan.incomplete").counters()).isEmpty();
    }

    @Test
    void repeatsAListOfSeveralPagesInASingleRunUntilAPassFindsNoOtherRecord() throws Exception {
        createScanSteps("bangwo8.once", "true");
        api.addRows(1, 2, 3, 4, 5);
        slipARowBeforeRequest(2);

        Turn turn = runTurn();

        assertThat(turn.ids).containsExactly("1", "2", "4", "5", "6", "3");
        assertThat(api.requests).as("three passes").hasSize(9);
        assertThat(turn.scan.report())
                .hasToString("seen=6 published=0 unchanged=0 dead-lettered=0 failed=0 complete=true");
    }

    @Test
    void requestsTheKnownPagesOfARepeatedPassTogether() throws Exception {
        createScanSteps("bangwo8.once", "true");
        api.addRows(1, 2, 3, 4, 5, 6);

        runTurn();

        assertThat(api.requestsAhead)
                .as("in the first pass each page follows from the one before")
                .containsExactly(SWEEP + 2, SWEEP + 3, SWEEP + 1, SWEEP + 2, SWEEP + 3);
    }

    @Test
    void requestsTheKnownPagesOfEachOfSeveralListsTogether() throws Exception {
        source = TestSource.with("listIds", "7,8", "path", "/views/{listId}/tickets.json", "membershipField", "views");
        createScanSteps("bangwo8.once", "true");
        api.addRows(1, 2, 3, 4);

        Turn turn = runTurn();

        assertThat(turn.ids).containsExactly("1", "2", "3", "4");
        assertThat(api.requestsAhead)
                .as("two lists, in the second pass from their first page on")
                .containsExactly(SWEEP + 2, SWEEP + 2, SWEEP + 1, SWEEP + 2, SWEEP + 1, SWEEP + 2);
    }

    @Test
    void repeatsAListOfSeveralPagesInABackfill() throws Exception {
        createScanSteps("bangwo8.start-date", "2026-01-23");
        api.addRows(1, 2, 3, 4, 5);
        slipARowBeforeRequest(5);

        assertThat(runTurn().ids)
                .as("the sweep, and the day of the backfill")
                .containsExactly("1", "2", "3", "4", "5", "1", "2", "4", "5", "6", "3");
        assertThat(api.requests)
                .filteredOn(request -> request.startsWith(SWEEP))
                .as("the next sweep finds what this one misses")
                .hasSize(3);
        assertThat(scannedDays()).isEqualTo("2026-01-23:2026-01-23..2026-01-30");
    }

    @Test
    void scansABackfilledDayAgainLaterWhenRowsSlipDuringEveryPass() throws Exception {
        createScanSteps("bangwo8.start-date", "2026-01-23");
        api.addRows(1, 2, 3);
        api.beforeEachResponse(() -> {
            if (lastRequest().equals("2026-01-23..2026-01-23 page 2")) {
                slipARow();
            }
        });

        runTurn();

        assertThat(api.requests)
                .filteredOn("2026-01-23..2026-01-23 page 1"::equals)
                .as("a list that never settles")
                .hasSize(5);
        assertThat(scannedDays()).as("the day is incomplete").isEqualTo("2026-01-23:2026-01-24..2026-01-30");
        assertThat(meters.counter("bangwo8.scan.incomplete", "source", "remote-records", "reason", "pages-unsettled")
                        .count())
                .isOne();
        api.beforeEachResponse(() -> {});
        runTurn();
        assertThat(scannedDays()).isEqualTo("2026-01-23:2026-01-23..2026-01-30");
    }

    @Test
    void endsASingleRunAlthoughRecordsAreCreatedDuringEveryPass() throws Exception {
        createScanSteps("bangwo8.once", "true");
        api.addRows(1, 2, 3);
        api.beforeEachResponse(() -> {
            int number = 100 + api.requests.size();
            api.rows.add(TestSource.row(number, 5, "new").put("csBTime", "2026-1-31 10:00:" + (number - 90)));
            // The count does not show it either.
            api.rows.removeIf(
                    row -> row.path("csId").asInt() < number && row.path("csId").asInt() > 100);
        });

        Turn turn = runTurn();

        assertThat(api.requests).filteredOn((SWEEP + 1)::equals).hasSize(2);
        assertThat(turn.scan.report().isClean()).isTrue();
    }

    @Test
    void doesNotRepeatAListOfOnePage() throws Exception {
        createScanSteps("bangwo8.once", "true", "bangwo8.start-date", "2026-01-23");
        api.addRows(1, 2);

        runTurn();

        assertThat(api.requests).containsExactly(SWEEP + 1, "2026-01-23..2026-01-23 page 1");
    }

    private void slipARowBeforeRequest(int number) {
        api.beforeEachResponse(() -> {
            if (api.requests.size() == number) {
                slipARow();
            }
        });
    }

    /** The first row is deleted, and one is added behind the last: the first row of page 2 is on page 1 now. */
    private void slipARow() {
        api.rows.remove(0);
        api.addRows(api.rows.get(api.rows.size() - 1).path("csId").asInt() + 1);
    }

    private String lastRequest() {
        return api.requests.get(api.requests.size() - 1);
    }

    private void insertARowAfterTheFirstPage() {
        api.beforeEachResponse(() -> {
            if (api.requests.size() == 2) {
                api.addRows(4);
            }
        });
    }

    @Test
    void fetchesTheNewerVersionOfARowThatChangesDuringAPassInTheNextPass() throws Exception {
        createScanSteps();
        api.addRows(1, 2, 3);
        api.beforeEachResponse(() -> {
            if (api.requests.size() == 2) {
                // A row was inserted at the top: the last row of page 1 is now the first of page 2, and has changed.
                api.rows.clear();
                api.addRows(9, 1);
                api.rows.add(TestSource.row(2, 5, "changed"));
            }
        });

        Turn turn = runTurn();

        assertThat(turn.ids).containsExactly("1", "2", "9", "2");
        assertThat(turn.notes).containsExactly("note 1", "note 2", "note 9", "changed");
        assertThat(turn.scan.report().isClean()).isTrue();
    }

    @Test
    void fetchesARowOnceThatTheVendorRepeats() throws Exception {
        createScanSteps();
        api.addRows(1, 2, 2, 3);
        api.stateCount(3);

        assertThat(runTurn().ids).containsExactly("1", "2", "3");
        assertThat(api.requests)
                .as("nothing is missing, and nothing has changed")
                .hasSize(2);
    }

    @Test
    void countsRowsWithoutAnIdByContent() throws Exception {
        createScanSteps();
        api.rows.add(LenientJson.object().put("note", "a"));
        api.rows.add(LenientJson.object().put("note", "b"));
        api.rows.add(NullNode.instance);
        api.rows.add(LenientJson.object().put("note", "a"));

        Turn turn = runTurn();

        assertThat(turn.ids).hasSize(3).containsOnlyNulls();
        assertThat(api.requests).as("nothing is missing").hasSize(2);
    }

    @Test
    void reportsARepeatedPage() throws Exception {
        createScanSteps(ONLY_TODAY);
        api.addRows(1, 2, 1, 2, 3);

        Turn turn = runTurn();

        assertThat(turn.ids).containsExactly("1", "2");
        assertThat(api.requests).hasSize(6);
        assertThat(meters.get("bangwo8.scan.incomplete")
                        .tag("reason", "repeated-page")
                        .counter()
                        .count())
                .isOne();
        assertThat(turn.scan.report().isClean()).isFalse();
    }

    @Test
    void reportsMissingRecordsAfterThreePasses() throws Exception {
        createScanSteps(ONLY_TODAY);
        api.addRows(1, 2, 3);
        api.stateCount(5);

        Turn turn = runTurn();

        assertThat(turn.ids).containsExactly("1", "2", "3");
        assertThat(api.requests).filteredOn(page -> page.endsWith("page 1")).hasSize(3);
        assertThat(turn.scan.report().isClean()).isFalse();
        assertThat(meters.get("bangwo8.scan.incomplete")
                        .tag("reason", "records-missing")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void namesDuplicateIdsAsTheReasonWhyTheCountIsHigherThanTheNumberOfRecords() throws Exception {
        createScanSteps("bangwo8.per-page", "4");
        api.addRows(1, 2, 2, 3);

        Turn turn = runTurn();

        assertThat(turn.ids).containsExactly("1", "2", "3");
        assertThat(api.requests).as("another pass finds no more").hasSize(1);
        assertThat(meters.get("bangwo8.scan.incomplete")
                        .tag("reason", "duplicate-ids")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void endsTheScanAfterAnUnexpectedErrorAndKeepsTheEarlierPages() throws Exception {
        createScanSteps();
        api.addRows(1, 2, 3);
        api.beforeEachResponse(() -> {
            if (api.requests.size() > 1) {
                throw new NoClassDefFoundError("missing");
            }
        });

        Turn turn = runTurn();

        assertThat(turn.ids).containsExactly("1", "2");
        assertThat(turn.scan.isAborted()).isTrue();
        assertThat(meters.get("bangwo8.scan.incomplete")
                        .tag("reason", "call-failed")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void reportsShiftedPagesAfterThreePassesOverAWindowThatKeepsChanging() throws Exception {
        createScanSteps();
        api.addRows(1, 2, 3);
        api.beforeEachResponse(() -> api.stateCount(api.requests.size() % 3 + 1));

        Turn turn = runTurn();

        assertThat(api.requests).filteredOn(page -> page.endsWith("page 1")).hasSize(3);
        assertThat(turn.scan.isAborted()).isFalse();
        assertThat(meters.get("bangwo8.scan.incomplete")
                        .tag("reason", "pages-shifted")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void endsAtAFailedCallAndKeepsTheEarlierPages() throws Exception {
        createScanSteps(ONLY_TODAY);
        api.addRows(1, 2, 3);
        api.beforeEachResponse(() -> api.failNext(3));

        Turn turn = runTurn();

        assertThat(turn.ids).containsExactly("1", "2");
        assertThat(api.requests)
                .as("the page, and its rows one by one")
                .containsExactly(TODAY + 1, TODAY + 2, TODAY + 3, TODAY + 4);
        assertThat(turn.scan.report().isClean()).isFalse();
        assertThat(meters.get("bangwo8.scan.incomplete")
                        .tag("reason", "call-failed")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void scansAgainInTheTurnAfterAFailedTurn() throws Exception {
        createScanSteps();
        api.addRows(1);
        api.failNext(3);
        runTurn();

        assertThat(runTurn().ids).containsExactly("1");
    }

    @Test
    void requestsTheNextPageBeforeThePageBeforeItIsPublished() throws Exception {
        createScanSteps();
        api.addRows(1, 2, 3, 4, 5);
        Scan scan = scanOfTheFirstWindow();

        scan.pages().next();

        assertThat(api.requests).containsExactly(SWEEP + 1, SWEEP + 2);
    }

    @Test
    void requestsAllPagesAtOnceInARepeatedPass() throws Exception {
        createScanSteps("bangwo8.once", "true");
        api.addRows(1, 2, 3, 4, 5, 6, 7, 8);

        Iterator<FetchedPage> pages = afterTheFirstPass(4);
        assertThat(api.requests).containsExactly(SWEEP + 1, SWEEP + 2, SWEEP + 3, SWEEP + 4);
        api.requests.clear();
        pages.hasNext();
        pages.next();

        assertThat(api.requests).containsExactly(SWEEP + 1, SWEEP + 2, SWEEP + 3, SWEEP + 4);
    }

    @Test
    void requestsNoMoreThan800RowsAheadInARepeatedPass() throws Exception {
        createScanSteps("bangwo8.once", "true", "bangwo8.per-page", "400");
        api.addRows(IntStream.rangeClosed(1, 2000).toArray());

        Iterator<FetchedPage> pages = afterTheFirstPass(5);
        api.requests.clear();
        pages.hasNext();
        pages.next();

        assertThat(api.requests).containsExactly(SWEEP + 1, SWEEP + 2, SWEEP + 3);
    }

    @Test
    void requestsNoMoreThan200RowsAheadInARepeatedPassOfABackfill() throws Exception {
        createScanSteps("bangwo8.start-date", "2026-01-23", "bangwo8.per-page", "100");
        api.addRows(IntStream.rangeClosed(1, 500).toArray());
        Scan scan = scanOfTheFirstWindow();
        readAllPages(scan);

        Iterator<FetchedPage> pages = afterTheFirstPass(scan, 5);
        api.requests.clear();
        pages.hasNext();
        pages.next();

        String day = "2026-01-23..2026-01-23 page ";
        assertThat(api.requests).containsExactly(day + 1, day + 2, day + 3);
    }

    private Scan scanOfTheFirstWindow() throws InterruptedException {
        Scan scan = scanSteps.begin(source.name());
        scanSteps.nextWindow(scan);
        return scan;
    }

    private Iterator<FetchedPage> afterTheFirstPass(int pagesOfPass) throws InterruptedException {
        return afterTheFirstPass(scanSteps.begin(source.name()), pagesOfPass);
    }

    /** The pages of the next window. */
    private Iterator<FetchedPage> afterTheFirstPass(Scan scan, int pagesOfPass) throws InterruptedException {
        scanSteps.nextWindow(scan);
        Iterator<FetchedPage> pages = scan.pages();
        for (int page = 1; page <= pagesOfPass; page++) {
            pages.hasNext();
            scan.ended(pages.next());
        }
        return pages;
    }

    @Test
    void requestsNoPageAfterTheLeadershipIsLost() throws Exception {
        createScanSteps();
        api.addRows(1, 2, 3);
        api.beforeEachResponse(() -> leading.set(false));

        Turn turn = runTurn();

        assertThat(turn.ids).containsExactly("1", "2");
        assertThat(api.requests).hasSize(1);
        assertThat(turn.scan.report().isClean()).isFalse();
    }

    @Test
    void endsATurnAfterTheCurrentPageWhenTheProcessStops() throws Exception {
        createScanSteps();
        api.addRows(1, 2, 3);
        api.beforeEachResponse(() -> scanSteps.stop(null));

        assertThat(runTurn().ids).containsExactly("1", "2");
        assertThat(runTurn().ids).as("no further turn starts").isEmpty();
    }

    @Test
    void requestsPagesAndLabelsOnBehalfOfTheStream() throws Exception {
        source = TestSource.with(
                "source", "agent-records", "labelFields", "ptId", "labelsPath", "/remoterecord/histories_v2.json");
        createScanSteps();
        api.addRows(1);
        ((ObjectNode) api.rows.get(0)).put("ptId", "7");

        runTurn();

        assertThat(api.requests).as("the page, and the same with labels").hasSize(2);
        assertThat(api.streams).containsExactly("remote-records");
    }

    @Test
    void storesTheProgressOfABackfill() throws Exception {
        createScanSteps("bangwo8.start-date", "2026-01-22");
        api.addRows(1);

        runTurn();

        assertThat(api.requests).containsExactly(SWEEP + 1, "2026-01-22..2026-01-23 page 1");
        assertThat(api.lowPriorityRequests)
                .as("only the requests of the backfill have low priority")
                .containsExactly("2026-01-22..2026-01-23 page 1");
        assertThat(scannedDays()).isEqualTo("2026-01-22:2026-01-22..2026-01-30");
        assertThat(meters.get("bangwo8.backfill.days.left").gauge().value()).isZero();
        api.requests.clear();
        assertThat(runTurn().ids).containsExactly("1");
        assertThat(api.requests).containsExactly("2026-01-30..2026-01-31 page 1");
    }

    @Test
    void doesNotMarkADayAsBackfilledWhenAPageOfThatDayFails() throws Exception {
        createScanSteps("bangwo8.start-date", "2026-01-23");
        api.addRows(1);
        api.beforeEachResponse(() -> api.failNext(api.requests.size() == 1 ? 3 : 0));

        runTurn();

        assertThat(scannedDays()).isEqualTo("2026-01-23:2026-01-24..2026-01-30");
        clock.advance(Duration.ofSeconds(30));
        runTurn();
        assertThat(api.requests).endsWith("2026-01-30..2026-01-31 page 1", "2026-01-23..2026-01-23 page 1");
        assertThat(scannedDays()).isEqualTo("2026-01-23:2026-01-23..2026-01-30");
    }

    @Test
    void scansEachDayAloneAtOnceWhenTheListOfAllFails() throws Exception {
        createScanSteps("bangwo8.start-date", "2026-01-22");
        api.addRows(1);
        api.beforeEachResponse(() -> api.failNext(api.requests.size() == 1 ? 3 : 0));

        runTurn();

        assertThat(api.requests)
                .contains("2026-01-22..2026-01-23 page 1")
                .endsWith("2026-01-23..2026-01-23 page 1", "2026-01-22..2026-01-22 page 1");
        assertThat(scannedDays()).isEqualTo("2026-01-22:2026-01-22..2026-01-30");
    }

    @Test
    void doesNotMarkADayAsBackfilledWhenAPageOfThatDayIsNotCommitted() throws Exception {
        createScanSteps("bangwo8.start-date", "2026-01-22");
        api.addRows(1);

        Scan scan = scanSteps.begin("remote-records");
        while (scanSteps.nextWindow(scan)) {
            readAllPages(scan);
            if (scan.mode() == ScanMode.BACKFILL) {
                scan.abort();
            }
        }
        scanSteps.end(scan);

        assertThat(scannedDays()).isEqualTo("2026-01-22:2026-01-24..2026-01-30");
    }

    @Test
    void reportsAnIncompleteScanWhenTheProgressOfABackfillCannotBeStored() throws Exception {
        createScanSteps("bangwo8.start-date", "2026-01-22", "bangwo8.once", "true");
        api.addRows(1);
        api.beforeEachResponse(() -> {
            if (api.requests.size() == 2) {
                streams.fenceNextCommit();
            }
        });

        Turn turn = runTurn();

        assertThat(turn.scan.isAborted()).isTrue();
        assertThat(turn.scan.report().isClean()).isFalse();
        assertThat(scannedDays()).isEqualTo("2026-01-22:2026-01-24..2026-01-30");
    }

    @Test
    void yieldsToARecentScanBetweenThePagesOfABackfill() throws Exception {
        createScanSteps("bangwo8.start-date", "2026-01-23");
        api.addRows(1, 2, 3);
        AtomicBoolean scannedBackfilledDay = new AtomicBoolean();
        api.beforeEachResponse(() -> {
            if (lastRequest().equals("2026-01-23..2026-01-23 page 1") && !scannedBackfilledDay.getAndSet(true)) {
                clock.advance(Duration.ofSeconds(30));
            }
        });

        runTurn();

        assertThat(api.requests)
                .containsExactly(
                        SWEEP + 1,
                        SWEEP + 2,
                        "2026-01-23..2026-01-23 page 1",
                        "2026-01-30..2026-01-31 page 1",
                        "2026-01-30..2026-01-31 page 2",
                        "2026-01-23..2026-01-23 page 2",
                        "2026-01-23..2026-01-23 page 1",
                        "2026-01-23..2026-01-23 page 2");
        assertThat(scannedDays()).isEqualTo("2026-01-23:2026-01-23..2026-01-30");
    }

    @Test
    void yieldsToARecentScanThatBecomesDueWhileThePageBeforeIsJoined() throws Exception {
        createScanSteps();
        api.addRows(1, 2, 3, 4, 5);
        Scan scan = scanOfTheFirstWindow();
        Iterator<FetchedPage> pages = scan.pages();
        FetchedPage first = pages.next();
        assertThat(pages.hasNext()).isTrue();
        CompletableFuture<FetchedPage> second = CompletableFuture.supplyAsync(pages::next);
        assertThat(second)
                .as("the page behind joins that have not started")
                .failsWithin(Duration.ofMillis(300))
                .withThrowableOfType(TimeoutException.class);

        clock.advance(Duration.ofSeconds(30));
        scan.ended(first);

        FetchedPage suspended = second.get(10, TimeUnit.SECONDS);
        assertThat(suspended.records()).isEmpty();
        scan.ended(suspended);
        assertThat(pages.hasNext()).isFalse();
        api.requests.clear();
        scanSteps.nextWindow(scan);
        readAllPages(scan);
        assertThat(api.requests).startsWith("2026-01-30..2026-01-31 page 1");
        scanSteps.nextWindow(scan);
        assertThat(scan.window().from()).as("the sweep goes on").isEqualTo(LocalDate.of(2026, 1, 24));
    }

    @Test
    void waitsForNoJoinsInAListWithoutDaysWhichHasNoNewestDays() throws Exception {
        source = TestSource.with("window", "");
        createScanSteps();
        api.addRows(1, 2, 3);
        Scan scan = scanOfTheFirstWindow();
        Iterator<FetchedPage> pages = scan.pages();

        assertThat(pages.next().records()).hasSize(2);
        assertThat(pages.hasNext()).isTrue();
        assertThat(pages.next().records()).hasSize(1);
    }

    private static Stream<Runnable> failures() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException();
                },
                () -> {
                    throw new UnsatisfiedLinkError("no such library");
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void endsATurnThatCannotStartSoThatTheNextTurnRuns(Runnable failure) throws Exception {
        createScanSteps();
        api.addRows(1);
        streams.failNextTurn(failure);

        Turn failed = runTurn();

        assertThat(failed.ids).isEmpty();
        assertThat(failed.scan.report().isClean()).isFalse();
        assertThat(failed.scan.isAborted()).isTrue();
        assertThat(runTurn().ids).containsExactly("1");
    }

    @Test
    void sweepsTheDayOfAPendingRecordAndExpiresTheRecordsOfOtherDaysBeforeTheLookBack() throws Exception {
        createScanSteps();
        runTurn();
        storeState("open", LocalDate.of(2026, 1, 10), true);
        storeState("sibling", LocalDate.of(2026, 1, 10), false);
        storeState("older", LocalDate.of(2026, 1, 9), false);
        storeState("closed", LocalDate.of(2026, 1, 20), false);
        clock.advance(Duration.ofMinutes(15));
        api.requests.clear();

        runTurn();

        assertThat(api.requests).containsExactly(SWEEP + 1, "2026-01-10..2026-01-10 page 1");
        assertThat(state("open")).isNotNull();
        assertThat(state("closed")).isNull();
        assertThat(state("sibling")).as("of the day of the pending record").isNotNull();
        assertThat(state("older")).isNull();
    }

    @Test
    void expiresARecordThatIsPendingForTooLong() throws Exception {
        createScanSteps("bangwo8.max-look-back", "10d");
        runTurn();
        storeState("open", LocalDate.of(2026, 1, 10), true);
        clock.advance(Duration.ofMinutes(15));
        api.requests.clear();

        runTurn();

        assertThat(api.requests).containsExactly(SWEEP + 1);
        assertThat(state("open")).isNull();
    }

    @Test
    void doesNotExpireAListedRecordWhoseStoredDayOfCreationIsOld() throws Exception {
        createScanSteps();
        api.addRows(1);
        runTurn();
        storeState("1", LocalDate.of(2000, 1, 1), false);
        clock.advance(Duration.ofMinutes(15));

        runTurn();

        assertThat(state("1")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P30D", "P365D", "-P30D", "-P9000D"})
    void expiresNothingWhileTheClockIsWrongAndGoesOnScanning(Duration jump) throws Exception {
        createScanSteps();
        runTurn();
        String scannedBefore = scannedDays();
        storeState("closed", LocalDate.of(2026, 1, 30), false);
        storeState("open", LocalDate.of(2026, 1, 30), true);
        clock.jump(jump);
        clock.advance(Duration.ofMinutes(15));

        Turn turn = runTurn();

        assertThat(state("closed")).isNotNull();
        assertThat(state("open")).isNotNull();
        assertThat(scannedDays()).as("no day counts as over").isEqualTo(scannedBefore);
        assertThat(turn.scan.report().isClean()).isFalse();
        assertThat(meters.counter("bangwo8.scan.incomplete", "source", "remote-records", "reason", "clock-not-trusted")
                        .count())
                .isPositive();
        api.addRows(5);
        assertThat(runTurn().ids).as("a new record").contains("5");

        clock.jump(jump.negated());
        clock.advance(Duration.ofMinutes(15));
        assertThat(runTurn().scan.report().isClean()).isTrue();
        assertThat(state("closed")).isNotNull();
    }

    @Test
    void recordsASuccessOnceBothOfTheNewestDaysAreScanned() throws Exception {
        createScanSteps();
        api.addRows(1);

        runTurn();

        assertThat(status().sinceSuccess()).contains(Duration.ofSeconds(30));
        assertThat(status().failure()).isEmpty();
    }

    @Test
    void statesSinceWhenTheNewestDaysAreCompleteByTheBeginningOfTheirScan() throws Exception {
        createScanSteps();
        api.beforeEachResponse(() -> clock.advance(Duration.ofSeconds(7)));
        api.addRows(1);

        runTurn();

        assertThat(status().sinceSuccess()).contains(Duration.ofSeconds(30));
        assertThat(status().completeFor()).contains(Duration.ofSeconds(37));
    }

    @Test
    void recordsWhyAScanOfTheNewestDaysFailedUntilOneSucceeds() throws Exception {
        createScanSteps();
        runTurn();
        // The list of both days, and then that of each.
        api.failNext(9);
        runTurn();

        assertThat(status().sinceSuccess()).contains(Duration.ofSeconds(60));
        assertThat(status().failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("answered 500"));

        runTurn();

        assertThat(status().failure()).isEmpty();
    }

    @Test
    void recordsNoSuccessForATurnInWhichNothingWasDue() throws Exception {
        createScanSteps();
        runTurn();

        Scan idle = scanSteps.begin("remote-records");
        while (scanSteps.nextWindow(idle)) {
            readAllPages(idle);
        }
        Duration before = status().sinceSuccess().orElseThrow();
        scanSteps.end(idle);
        clock.advance(Duration.ofSeconds(1));
        Scan again = scanSteps.begin("remote-records");
        assertThat(scanSteps.nextWindow(again)).isFalse();
        scanSteps.end(again);

        assertThat(status().sinceSuccess()).contains(before.plusSeconds(1));
    }

    @Test
    void recordsTheReasonOfATurnThatFailsUnexpectedly() throws Exception {
        createScanSteps();
        api.addRows(1);
        Scan scan = scanSteps.begin("remote-records");
        scanSteps.nextWindow(scan);
        scanSteps.failed(scan, new IllegalStateException("unforeseen"));

        assertThat(scanSteps.nextWindow(scan)).isFalse();
        scanSteps.end(scan);
        assertThat(scan.report().isClean()).isFalse();
        assertThat(status().sinceSuccess()).isEmpty();
        assertThat(status().failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("unforeseen"));
    }

    private ScanTimes.Status status() {
        return monitor.times().of(source).orElseThrow();
    }

    @Test
    void expiresNoRecordWhoseDayOfCreationIsUnknown() throws Exception {
        source = TestSource.with("created", "");
        createScanSteps();
        runTurn();
        storeState("1", LocalDate.of(2000, 1, 1), false);
        clock.advance(Duration.ofMinutes(15));

        runTurn();

        assertThat(state("1")).isNotNull();
    }

    @Test
    void endsAWindowWithOneEmptyPageWhenNoRecordIsLate() throws InterruptedException {
        createScanSteps();
        api.addRows(1, 2);
        Scan scan = scanSteps.begin("remote-records");
        scanSteps.nextWindow(scan);
        Iterator<FetchedPage> pages = scan.pages();

        FetchedPage page = pages.next();
        assertThat(page.records()).hasSize(2);
        assertThat(pages.hasNext()).isTrue();
        scan.ended(page);
        assertThat(pages.hasNext()).as("the same answer").isTrue();

        assertThat(pages.next().records()).isEmpty();
        // Camel asks before it processes the page, which is not committed yet then.
        assertThat(pages.hasNext()).isFalse();
    }

    @Test
    void continuesAWindowUntilItsLateRecordsAreCommitted() throws InterruptedException {
        createScanSteps();
        api.addRows(1, 2);
        Scan scan = scanSteps.begin("remote-records");
        scanSteps.nextWindow(scan);
        Iterator<FetchedPage> pages = scan.pages();
        FetchedPage first = pages.next();
        FetchedRecord late = first.records().get(0);
        late.join().due(0, null);
        late.join().start();
        scan.lateRecords().takes(late, () -> {});
        scan.ended(first);
        scan.lateRecords().ended(late);

        FetchedPage second = pages.next();
        assertThat(pages.hasNext()).isTrue();
        assertThat(scan.lateRecords().takeEnded()).containsExactly(late);
        scan.ended(second);
        pages.next();
        assertThat(pages.hasNext()).isFalse();
    }

    /** A turn that was run as the route does; the ids and notes are those of the fetched records, in order. */
    private record Turn(Scan scan, List<String> ids, List<String> notes) {}

    private Turn runTurn() throws InterruptedException {
        Scan scan = scanSteps.begin("remote-records");
        Turn turn = new Turn(scan, new ArrayList<>(), new ArrayList<>());
        while (scanSteps.nextWindow(scan)) {
            for (FetchedRecord record : readAllPages(scan)) {
                turn.ids.add(record.id());
                turn.notes.add(record.payload().path("note").asText());
            }
        }
        scanSteps.end(scan);
        clock.advance(Duration.ofSeconds(30));
        return turn;
    }

    private static List<FetchedRecord> readAllPages(Scan scan) {
        List<FetchedRecord> records = new ArrayList<>();
        scan.pages().forEachRemaining(page -> {
            records.addAll(page.records());
            scan.ended(page);
        });
        return records;
    }

    private void storeState(String id, LocalDate day, boolean open) throws InterruptedException {
        streams.of("remote-records").commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.storeState(id, new RecordState(1, 1, 1, (int) day.toEpochDay(), open, 0, 0, 0, false));
            return batch;
        });
    }

    private RecordState state(String id) {
        return streams.of("remote-records").state(id);
    }

    private String scannedDays() {
        return streams.of("remote-records").scannedDays("remote-records").toString();
    }
}
