package io.bangwo8stream.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.api.EndpointHealth;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.InMemoryEventStreams;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.scan.LateJoins;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.ScannedWindow;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Takes the ends of windows and sweeps as the scans report them. The look-back is that of the default: seven days. */
class GoneRecordsTest {

    private static final String TOPIC = "bangwo8.remote-records";
    private static final String ALL = "/remoterecord/histories.json";
    private static final String OF_AGENT = "/remoterecord/histories/223.json";
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 31);
    private static final LocalDate FIRST = TODAY.minusDays(7);

    private final Source source = TestSource.remoteRecords();
    private final Source agents = TestSource.with(
            "source", "agent-records", "path", "/remoterecord/histories/{listId}.json", "listIds", "223,224");
    private final Map<String, Source> on = new TreeMap<>(Map.of(source.name(), source));
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private HeldDeletions held;
    private final Scan scan = TestSource.scan(source);
    private InMemoryEventStreams streams;
    private GoneRecords gone;
    private int sweep;

    @BeforeEach
    void start() throws InterruptedException {
        start("bangwo8.deletions", "true");
    }

    private void start(String... keysAndValues) throws InterruptedException {
        Settings settings = TestSettings.of(keysAndValues);
        streams = new InMemoryEventStreams(settings);
        held = new HeldDeletions(streams, meters);
        SourceRegistry sources = new SourceRegistry(null, null, settings) {
            @Override
            public Set<String> on() {
                return on.keySet();
            }

            @Override
            public Source get(String name) {
                return on.get(name);
            }
        };
        EventRecords events = new EventRecords(settings, clock);
        PublishMeters publishMeters = new PublishMeters(meters);
        PagePublisher pages = new PagePublisher(
                streams,
                new RevisitPolicy(List.of(), Duration.ofSeconds(1), false),
                events,
                publishMeters,
                TestSource.monitor(meters, clock),
                new EndpointHealth(),
                new LateJoins(),
                clock.watch());
        gone = new GoneRecords(
                sources,
                streams,
                new GoneRecordPublisher(streams, events, pages, publishMeters, held, null),
                held,
                settings,
                clock.watch());
        stream().lock();
    }

    @Test
    void publishesADeletionAfterTwoCompleteSweepsThatAreOneIntervalApart() throws InterruptedException {
        published("7", TODAY, ALL);
        published("8", TODAY, ALL);

        sweep("8");
        assertThat(missingSince("7")).isEqualTo(clock.millis());
        clock.advance(Duration.ofMinutes(14));
        sweep("8");
        assertThat(streams.events(TOPIC)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        sweep("8");
        sweep("8");

        assertThat(streams.events(TOPIC)).containsExactly("7 bangwo8.remote-record.deleted");
        assertThat(stream().state("7")).isNull();
        assertThat(stream().state("8").presence().missingSince()).isZero();
        assertThat(stream().lastEvents("7").eventId())
                .as("the id of the deletion")
                .isEqualTo(EventRecords.NOTHING.nextEventId(new Fingerprint(1, 2)));
    }

    @Test
    void forgetsAMissingRecordThatWasNeverPublishedWithoutAnEvent() throws InterruptedException {
        store("7", new RecordState(1, 0, 0, day(TODAY), false, 0, 0, 1, true).seenAlsoIn(List.of(ALL)));

        sweepTwice();

        assertThat(streams.events(TOPIC)).isEmpty();
        assertThat(stream().state("7")).isNull();
    }

    @Test
    void publishesNoDeletionWhenTheRecordIsSeenOnAnotherDayInTheSameSweep() throws InterruptedException {
        published("7", TODAY.minusDays(3), ALL);
        published("8", TODAY.minusDays(1), ALL);
        for (int sweeps = 0; sweeps < 3; sweeps++) {
            sweep++;
            // The state of a record that could not be published keeps its day.
            window(TODAY, TODAY, "7");
            window(TODAY.minusDays(2), TODAY.minusDays(1));
            window(FIRST, TODAY.minusDays(3), "8");
            endSweep();
            next();
        }

        assertThat(streams.events(TOPIC)).isEmpty();
        assertThat(List.of(missingSince("7"), missingSince("8"))).containsOnly(0L);
    }

    @Test
    void beginsAnewAfterASweepWithAnIncompleteWindow() throws InterruptedException {
        published("7", TODAY, ALL);
        sweep();
        next();

        sweep++;
        window(TODAY, TODAY);
        gone.windowEnded(window(source, FIRST, TODAY.minusDays(1), false, Set.of(ALL), Set.of(), Set.of()));
        endSweep();
        assertThat(missingSince("7")).isZero();
        next();
        sweep();
        assertThat(streams.events(TOPIC)).isEmpty();
        next();
        sweep();

        assertThat(streams.events(TOPIC)).hasSize(1);
    }

    @Test
    void beginsAnewAfterASweepThatDidNotEnd() throws InterruptedException {
        published("7", TODAY, ALL);
        sweep();
        next();
        sweep++;
        window(TODAY, TODAY);
        next();

        sweep();

        assertThat(streams.events(TOPIC)).isEmpty();
        assertThat(missingSince("7")).isEqualTo(clock.millis());
    }

    @Test
    void beginsAnewAfterASweepWithoutAnyWindow() throws InterruptedException {
        published("7", TODAY, ALL);
        sweep();
        next();
        sweep++;

        sweep();

        assertThat(streams.events(TOPIC)).isEmpty();
    }

    @Test
    void decidesNothingWhenADayOfTheLookBackWasNotScanned() throws InterruptedException {
        published("7", TODAY, ALL);
        for (int sweeps = 0; sweeps < 3; sweeps++) {
            sweep++;
            window(TODAY.minusDays(1), TODAY);
            window(FIRST, TODAY.minusDays(3));
            endSweep();
            next();
        }

        assertThat(streams.events(TOPIC)).isEmpty();
    }

    @Test
    void decidesNothingFromAListWhosePagesShifted() throws InterruptedException {
        published("7", TODAY, ALL);
        sweep();
        next();

        sweep++;
        gone.windowEnded(window(source, FIRST, TODAY, true, Set.of(ALL), Set.of(), Set.of()));
        endSweep();
        assertThat(streams.events(TOPIC)).isEmpty();
        next();
        sweep();

        assertThat(streams.events(TOPIC)).as("the window was complete").hasSize(1);
    }

    @Test
    void publishesTheDeletionOfARecordOnAnEarlierDayThatTheSweepsVisit() throws InterruptedException {
        published("7", TODAY.minusDays(40), ALL);
        for (int sweeps = 0; sweeps < 2; sweeps++) {
            sweep++;
            window(FIRST, TODAY);
            window(TODAY.minusDays(40), TODAY.minusDays(40));
            endSweep();
            next();
        }

        assertThat(streams.events(TOPIC)).containsExactly("7 bangwo8.remote-record.deleted");
    }

    @Test
    void publishesNoDeletionWhileAnotherSourceOfTheStreamMayListTheRecord() throws InterruptedException {
        on.put(agents.name(), agents);
        published("7", TODAY, ALL, OF_AGENT);
        published("8", TODAY, ALL);
        sweepTwice();
        assertThat(streams.events(TOPIC))
                .as("8 was never an agent's")
                .containsExactly("8 bangwo8.remote-record.deleted");
        assertThat(missingSince("7")).isZero();

        for (int sweeps = 1; sweeps <= 2; sweeps++) {
            agentSweep(sweeps, "/remoterecord/histories/224.json", OF_AGENT);
            next();
            sweep();
            next();
        }

        assertThat(streams.events(TOPIC)).hasSize(2);
    }

    @Test
    void needsNoListThatIsNotFollowedAnyMoreWhereAListOfAllIs() throws InterruptedException {
        on.put(agents.name(), agents);
        published("7", TODAY, ALL, OF_AGENT);
        published("9", TODAY, OF_AGENT);
        agentSweep(1, "/remoterecord/histories/224.json");

        sweepTwice();

        assertThat(streams.events(TOPIC)).containsExactly("7 bangwo8.remote-record.deleted");
        assertThat(missingSince("9")).as("no list would contain it").isZero();
    }

    @Test
    void publishesNoDeletionOfARecordThatAListMayContainWhichIsNotFollowedAnyMore() throws InterruptedException {
        String otherAgent = "/remoterecord/histories/224.json";
        on.clear();
        on.put(agents.name(), agents);
        published("7", TODAY, OF_AGENT, otherAgent);
        published("8", TODAY, ALL, otherAgent);
        published("9", TODAY, otherAgent);

        for (int sweeps = 1; sweeps <= 3; sweeps++) {
            agentSweep(sweeps, otherAgent);
            next();
        }

        assertThat(streams.events(TOPIC)).containsExactly("9 bangwo8.remote-record.deleted");
        assertThat(missingSince("7")).isZero();
    }

    @Test
    void endsAllAbsencesWhenTheClockHasJumped() throws InterruptedException {
        published("7", TODAY, ALL);
        sweep();
        clock.jump(Duration.ofDays(3));
        clock.watch().apiDate(clock.instant());

        sweep();

        assertThat(streams.events(TOPIC)).isEmpty();
        assertThat(missingSince("7")).isEqualTo(clock.millis());
    }

    @Test
    void decidesNothingWhileTheClockIsWrong() throws InterruptedException {
        published("7", TODAY, ALL);
        clock.jump(Duration.ofDays(3));

        sweepTwice();

        assertThat(streams.events(TOPIC)).isEmpty();
        assertThat(missingSince("7")).isZero();
    }

    @Test
    void holdsBackTheDeletionsOfAMassDisappearanceUntilTheyAreConfirmed() throws InterruptedException {
        held.register(source.name());
        String[] present = publish(100);
        String[] left = Arrays.copyOf(present, 70);
        sweepTwice(left);

        assertThat(streams.events(TOPIC)).isEmpty();
        assertThat(held.counts()).containsExactly(Map.entry("remote-records", 30));
        assertThat(meters.get("bangwo8.deletions.held").gauge().value()).isEqualTo(30);
        assertThat(scan.report().isClean()).isFalse();
        assertThat(release(agents)).isZero();
        assertThat(release(source)).isEqualTo(30);
        sweep(left);

        assertThat(streams.events(TOPIC)).hasSize(30);
        assertThat(held.counts()).isEmpty();
        next();
        sweepTwice(Arrays.copyOf(present, 40));
        assertThat(streams.events(TOPIC))
                .as("the confirmation was for those only")
                .hasSize(30);
    }

    @Test
    void publishesConfirmedDeletionsAlsoOfRecordsThatWereMissingOnlyOnceThen() throws InterruptedException {
        String[] present = publish(100);
        sweep(Arrays.copyOf(present, 70));
        next();
        String[] left = Arrays.copyOf(present, 45);
        sweep(left);
        assertThat(release(source)).isEqualTo(55);

        sweep(left);
        assertThat(streams.events(TOPIC)).hasSize(30);
        next();
        sweep(left);

        assertThat(streams.events(TOPIC)).hasSize(55);
    }

    private int release(Source which) throws InterruptedException {
        int[] records = new int[1];
        stream().commit(() -> {
            WriteBatch batch = new WriteBatch();
            records[0] = held.release(which, batch);
            return batch;
        });
        return records[0];
    }

    @Test
    void holdsNothingBackWhenFewOrASmallPartOfTheRecordsAreMissing() throws InterruptedException {
        String[] present = publish(300);

        sweepTwice(Arrays.copyOf(present, 270));
        assertThat(streams.events(TOPIC)).as("a tenth").hasSize(30);
        on.clear();
        on.put(source.name(), source);
        start();
        present = publish(20);
        sweepTwice();
        assertThat(streams.events(TOPIC)).as("20 of 20").hasSize(20);
    }

    @Test
    void publishesNothingWhenDeletionsAreOff() throws InterruptedException {
        start("bangwo8.deletions", "false");
        published("7", TODAY, ALL);

        sweepTwice();

        assertThat(streams.events(TOPIC)).isEmpty();
        assertThat(missingSince("7")).isZero();
    }

    private String[] publish(int count) throws InterruptedException {
        String[] ids =
                IntStream.range(1000, 1000 + count).mapToObj(Integer::toString).toArray(String[]::new);
        for (String id : ids) {
            published(id, TODAY, ALL);
        }
        return ids;
    }

    private void published(String id, LocalDate day, String... lists) throws InterruptedException {
        store(
                id,
                new RecordState(1, 1, 1, day(day), false, 0, 0, 0, false)
                        .continuing(new RecordState.Chain(
                                new Fingerprint(1, 2), RecordState.Chain.EMPTY.parts(), null, false))
                        .seenAlsoIn(List.of(lists)));
    }

    private void store(String id, RecordState state) throws InterruptedException {
        stream().commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.storeState(id, state);
            return batch;
        });
    }

    private void sweepTwice(String... listed) throws InterruptedException {
        sweep(listed);
        next();
        sweep(listed);
        next();
    }

    /** A complete sweep of one window. */
    private void sweep(String... listed) throws InterruptedException {
        sweep++;
        window(FIRST, TODAY, listed);
        endSweep();
    }

    private void endSweep() throws InterruptedException {
        gone.sweepEnded(scan);
    }

    private void agentSweep(int number, String... lists) throws InterruptedException {
        Set<String> names = Set.of(lists);
        gone.windowEnded(new ScannedWindow(
                agents,
                ScanMode.SWEEP,
                new DateRange(FIRST, TODAY),
                number,
                TODAY,
                FIRST,
                names,
                names,
                Set.of(),
                true));
        gone.sweepEnded(TestSource.scan(agents));
    }

    private void window(LocalDate from, LocalDate to, String... listed) throws InterruptedException {
        gone.windowEnded(
                window(source, from, to, true, Set.of(ALL), Set.of(ALL), new HashSet<>(Arrays.asList(listed))));
    }

    private ScannedWindow window(
            Source of,
            LocalDate from,
            LocalDate to,
            boolean complete,
            Set<String> names,
            Set<String> proved,
            Set<String> listed) {
        return new ScannedWindow(
                of, ScanMode.SWEEP, new DateRange(from, to), sweep, TODAY, FIRST, names, proved, listed, complete);
    }

    private void next() {
        clock.advance(Duration.ofMinutes(15));
    }

    private EventStream stream() {
        return streams.of("remote-records");
    }

    private long missingSince(String id) {
        return stream().state(id).presence().missingSince();
    }

    private static int day(LocalDate day) {
        return (int) day.toEpochDay();
    }
}
