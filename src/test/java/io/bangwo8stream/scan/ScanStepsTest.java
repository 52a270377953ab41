package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
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
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns of a source against an API and streams in memory; two rows a page. */
@Timeout(60)
class ScanStepsTest {

    private static final String SWEEP = "2026-01-24..2026-01-31 page ";

    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScanMonitor monitor = new ScanMonitor(meters, clock);
    private final AtomicBoolean leading = new AtomicBoolean(true);
    private final FakeApi api = new FakeApi();
    private Source source = TestSource.remoteRecords();
    private InMemoryEventStreams streams;
    private ScanSteps scans;

    private void with(String... settings) {
        List<String> all = new ArrayList<>(List.of("bangwo8.per-page", "2"));
        all.addAll(List.of(settings));
        Settings read = TestSettings.of(all.toArray(String[]::new));
        streams = new InMemoryEventStreams(read);
        SourceRegistry sources = new SourceRegistry(null, null, read) {
            @Override
            public Set<String> on() {
                return Set.of(source.name());
            }

            @Override
            public Source get(String name) {
                return source;
            }
        };
        ScanScheduleRegistry schedules = new ScanScheduleRegistry(sources, streams, read, clock);
        LabelResolver labels = new LabelResolver(api, sources, read, clock);
        PageSequenceFactory pageSequences =
                new PageSequenceFactory(null, api, read, labels, new RecordTyper(read.zone()));
        scans = new ScanSteps(
                sources,
                streams,
                pageSequences,
                schedules,
                new ScanCompletion(streams, schedules, labels, monitor),
                monitor,
                stream -> leading.get(),
                clock);
    }

    @Test
    void listsEachRecordOnceAndAsksForEachPageOnce() throws Exception {
        with();
        api.add(1, 2, 3);

        Turn turn = turn();

        assertThat(turn.listed).containsExactly("1", "2", "3");
        assertThat(api.asked).containsExactly(SWEEP + 1, SWEEP + 2);
        assertThat(turn.scan.report())
                .hasToString("seen=3 published=0 unchanged=0 dead-lettered=0 failed=0 complete=true");
    }

    @Test
    void pollsInTheNextTurn() throws Exception {
        with();
        turn();
        api.asked.clear();

        turn();

        assertThat(api.asked).containsExactly("2026-01-30..2026-01-31 page 1");
    }

    @Test
    void scansAWindowAgainWhoseCountMovedAndListsWhatIsNewAlone() throws Exception {
        with();
        api.add(1, 2, 3);
        insertAfterTheFirstPage();

        Turn turn = turn();

        assertThat(turn.listed).containsExactly("1", "2", "3", "4");
        assertThat(api.asked).hasSize(4);
        assertThat(turn.scan.report().isClean()).isTrue();
        assertThat(meters.find("bangwo8.scan.incomplete").counters()).isEmpty();
    }

    private void insertAfterTheFirstPage() {
        api.before(() -> {
            if (api.asked.size() == 2) {
                api.add(4);
            }
        });
    }

    @Test
    void listsTheNewerVersionOfARowThatCameInTwoWhenItScansAgain() throws Exception {
        with();
        api.add(1, 2, 3);
        api.before(() -> {
            if (api.asked.size() == 2) {
                // Inserted above: the last row of the page before slides down, and was changed meanwhile.
                api.rows.clear();
                api.add(9, 1);
                api.rows.add(TestSource.row(2, 5, "changed"));
            }
        });

        Turn turn = turn();

        assertThat(turn.listed).containsExactly("1", "2", "9", "2");
        assertThat(turn.notes).containsExactly("note 1", "note 2", "note 9", "changed");
        assertThat(turn.scan.report().isClean()).isTrue();
    }

    @Test
    void listsARowOnceThatTheVendorRepeats() throws Exception {
        with();
        api.add(1, 2, 2, 3);
        api.count(3);

        assertThat(turn().listed).containsExactly("1", "2", "3");
        assertThat(api.asked).as("nothing is missing, and nothing changed").hasSize(2);
    }

    @Test
    void countsRowsWithoutAnIdByTheirContent() throws Exception {
        with();
        api.rows.add(LenientJson.object().put("note", "a"));
        api.rows.add(LenientJson.object().put("note", "b"));
        api.rows.add(NullNode.instance);
        api.rows.add(LenientJson.object().put("note", "a"));

        Turn turn = turn();

        assertThat(turn.listed).hasSize(3).containsOnlyNulls();
        assertThat(api.asked).as("nothing is missing").hasSize(2);
    }

    @Test
    void saysThatAPageIsRepeated() throws Exception {
        with();
        api.add(1, 2, 1, 2, 3);

        Turn turn = turn();

        assertThat(turn.listed).containsExactly("1", "2");
        assertThat(api.asked).hasSize(6);
        assertThat(meters.get("bangwo8.scan.incomplete")
                        .tag("reason", "repeated-page")
                        .counter()
                        .count())
                .isOne();
        assertThat(turn.scan.report().isClean()).isFalse();
    }

    @Test
    void saysWhatStaysMissingAfterThreeScans() throws Exception {
        with();
        api.add(1, 2, 3);
        api.count(5);

        Turn turn = turn();

        assertThat(turn.listed).containsExactly("1", "2", "3");
        assertThat(api.asked).filteredOn(page -> page.endsWith("page 1")).hasSize(3);
        assertThat(turn.scan.report().isClean()).isFalse();
        assertThat(meters.get("bangwo8.scan.incomplete")
                        .tag("reason", "records-missing")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void givesUpAWindowThatNeverStandsStill() throws Exception {
        with();
        api.add(1, 2, 3);
        api.before(() -> api.count(api.asked.size() % 3 + 1));

        Turn turn = turn();

        assertThat(api.asked).filteredOn(page -> page.endsWith("page 1")).hasSize(3);
        assertThat(turn.scan.isAborted()).isFalse();
        assertThat(meters.get("bangwo8.scan.incomplete")
                        .tag("reason", "pages-shifted")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void endsAtAFailedCallWithThePagesBeforeIt() throws Exception {
        with();
        api.add(1, 2, 3);
        api.before(() -> api.fail(1));

        Turn turn = turn();

        assertThat(turn.listed).containsExactly("1", "2");
        assertThat(api.asked).containsExactly(SWEEP + 1, SWEEP + 2);
        assertThat(turn.scan.report().isClean()).isFalse();
        assertThat(meters.get("bangwo8.scan.incomplete")
                        .tag("reason", "call-failed")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void scansTheNextTurnAfterAFailedOne() throws Exception {
        with();
        api.add(1);
        api.fail(1);
        turn();

        assertThat(turn().listed).containsExactly("1");
    }

    @Test
    void doesNotAskOnceTheLeadIsLost() throws Exception {
        with();
        api.add(1, 2, 3);
        api.before(() -> leading.set(false));

        Turn turn = turn();

        assertThat(turn.listed).containsExactly("1", "2");
        assertThat(api.asked).hasSize(1);
        assertThat(turn.scan.report().isClean()).isFalse();
    }

    @Test
    void endsWithThePageThatIsUnderWayWhenTheProcessStops() throws Exception {
        with();
        api.add(1, 2, 3);
        api.before(() -> scans.stop(null));

        assertThat(turn().listed).containsExactly("1", "2");
        assertThat(turn().listed).as("nor does another turn begin").isEmpty();
    }

    @Test
    void remembersHowFarItHasBackfilled() throws Exception {
        with("bangwo8.start-date", "2026-01-22");
        api.add(1);

        turn();

        assertThat(api.asked)
                .containsExactly(SWEEP + 1, "2026-01-22..2026-01-22 page 1", "2026-01-23..2026-01-23 page 1");
        assertThat(api.lowPriority)
                .as("asked for when nothing else is")
                .containsExactly("2026-01-22..2026-01-22 page 1", "2026-01-23..2026-01-23 page 1");
        assertThat(backfilledTo()).isEqualTo(LocalDate.of(2026, 1, 24));
        assertThat(meters.get("bangwo8.backfill.days.left").gauge().value()).isZero();
        api.asked.clear();
        assertThat(turn().listed).containsExactly("1");
        assertThat(api.asked).containsExactly("2026-01-30..2026-01-31 page 1");
    }

    @Test
    void doesNotRememberADayOfWhichAPageFailed() throws Exception {
        with("bangwo8.start-date", "2026-01-22");
        api.add(1);
        api.before(() -> api.fail(api.asked.size() == 2 ? 1 : 0));

        turn();

        assertThat(backfilledTo()).isEqualTo(LocalDate.of(2026, 1, 23));
        turn();
        assertThat(api.asked).endsWith("2026-01-30..2026-01-31 page 1", "2026-01-23..2026-01-23 page 1");
        assertThat(backfilledTo()).isEqualTo(LocalDate.of(2026, 1, 24));
    }

    @Test
    void doesNotRememberADayOfWhichAPageWasNotCommitted() throws Exception {
        with("bangwo8.start-date", "2026-01-22");
        api.add(1);

        Scan scan = scans.begin("remote-records");
        while (scans.nextWindow(scan)) {
            drain(scan);
            if (scan.mode() == ScanMode.BACKFILL) {
                scan.abort();
            }
        }
        scans.end(scan);

        assertThat(backfilledTo()).isNull();
    }

    @Test
    void aDayThatCouldNotBeRememberedIsNoScanThatEndedWell() throws Exception {
        with("bangwo8.start-date", "2026-01-22", "bangwo8.once", "true");
        api.add(1);
        api.before(() -> {
            if (api.asked.size() == 2) {
                streams.fenceNextCommit();
            }
        });

        Turn turn = turn();

        assertThat(turn.scan.isAborted()).isTrue();
        assertThat(turn.scan.report().isClean()).isFalse();
        assertThat(backfilledTo()).isNull();
    }

    @Test
    void letsThePollPassBetweenThePagesOfABackfill() throws Exception {
        with("bangwo8.start-date", "2026-01-23");
        api.add(1, 2, 3);
        api.before(() -> {
            if (api.asked.get(api.asked.size() - 1).equals("2026-01-23..2026-01-23 page 1")) {
                clock.move(Duration.ofSeconds(30));
            }
        });

        turn();

        assertThat(api.asked)
                .containsExactly(
                        SWEEP + 1,
                        SWEEP + 2,
                        "2026-01-23..2026-01-23 page 1",
                        "2026-01-30..2026-01-31 page 1",
                        "2026-01-30..2026-01-31 page 2",
                        "2026-01-23..2026-01-23 page 2");
        assertThat(backfilledTo()).isEqualTo(LocalDate.of(2026, 1, 24));
    }

    @Test
    void aTurnThatCannotBeginEndsAndLetsTheNextOneIn() throws Exception {
        with();
        api.add(1);
        streams.breakNextTurn();

        Turn broken = turn();

        assertThat(broken.listed).isEmpty();
        assertThat(broken.scan.report().isClean()).isFalse();
        assertThat(turn().listed).containsExactly("1");
    }

    @Test
    void stretchesASweepToAPendingRecordAndForgetsThoseBeforeIt() throws Exception {
        with();
        turn();
        remember("open", LocalDate.of(2026, 1, 10), true);
        remember("older", LocalDate.of(2026, 1, 9), false);
        remember("closed", LocalDate.of(2026, 1, 20), false);
        clock.move(Duration.ofMinutes(15));
        api.asked.clear();

        turn();

        assertThat(api.asked).containsExactly("2026-01-10..2026-01-31 page 1");
        assertThat(state("open")).isNotNull();
        assertThat(state("closed")).isNotNull();
        assertThat(state("older")).isNull();
    }

    @Test
    void givesUpARecordThatIsPendingForTooLong() throws Exception {
        with("bangwo8.max-look-back", "10d");
        turn();
        remember("open", LocalDate.of(2026, 1, 10), true);
        clock.move(Duration.ofMinutes(15));
        api.asked.clear();

        turn();

        assertThat(api.asked).containsExactly("2026-01-21..2026-01-31 page 1");
        assertThat(state("open")).isNull();
    }

    @Test
    void doesNotForgetWhatItListsWhateverDayOfCreationThatNames() throws Exception {
        with();
        api.add(1);
        turn();
        remember("1", LocalDate.of(2000, 1, 1), false);
        clock.move(Duration.ofMinutes(15));

        turn();

        assertThat(state("1")).isNotNull();
    }

    @Test
    void aTurnInWhichNothingWasDueIsNoSuccess() throws Exception {
        with();
        api.fail(1);
        Scan failing = scans.begin("remote-records");
        while (scans.nextWindow(failing)) {
            drain(failing);
        }
        scans.end(failing);
        Instant before = monitor.succeeded().get(source);
        clock.move(Duration.ofSeconds(1));

        Scan idle = scans.begin("remote-records");
        assertThat(scans.nextWindow(idle)).isFalse();
        scans.end(idle);

        assertThat(monitor.succeeded().get(source)).isEqualTo(before);
    }

    @Test
    void aScanThatMetWhatNobodyForesawHasNotEndedWell() throws Exception {
        with();
        api.add(1);
        Scan scan = scans.begin("remote-records");
        scans.nextWindow(scan);
        scans.failed(scan, new IllegalStateException("unforeseen"));

        assertThat(scans.nextWindow(scan)).isFalse();
        scans.end(scan);
        assertThat(scan.report().isClean()).isFalse();
        assertThat(monitor.succeeded())
                .allSatisfy((source, time) -> assertThat(time).isEqualTo(scan.begun()));
    }

    @Test
    void forgetsNoRecordWhoseAgeIsUnknown() throws Exception {
        source = TestSource.with("created", "none");
        with();
        turn();
        remember("1", LocalDate.of(2000, 1, 1), false);
        clock.move(Duration.ofMinutes(15));

        turn();

        assertThat(state("1")).isNotNull();
    }

    /** A turn as the route takes it. */
    private record Turn(Scan scan, List<String> listed, List<String> notes) {}

    private Turn turn() throws InterruptedException {
        Scan scan = scans.begin("remote-records");
        Turn turn = new Turn(scan, new ArrayList<>(), new ArrayList<>());
        while (scans.nextWindow(scan)) {
            for (FetchedRecord record : drain(scan)) {
                turn.listed.add(record.id());
                turn.notes.add(record.payload().path("note").asText());
            }
        }
        scans.end(scan);
        clock.move(Duration.ofSeconds(30));
        return turn;
    }

    private static List<FetchedRecord> drain(Scan scan) {
        List<FetchedRecord> records = new ArrayList<>();
        scan.pages().forEachRemaining(page -> records.addAll(page.records()));
        return records;
    }

    private void remember(String id, LocalDate day, boolean open) throws InterruptedException {
        streams.of("remote-records").commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.storeState(id, new RecordState(1, 1, 1, (int) day.toEpochDay(), open, 0, 0, 0, false));
            return batch;
        });
    }

    private RecordState state(String id) {
        return streams.of("remote-records").state(id);
    }

    private LocalDate backfilledTo() {
        return streams.of("remote-records").backfilledTo("remote-records");
    }
}
