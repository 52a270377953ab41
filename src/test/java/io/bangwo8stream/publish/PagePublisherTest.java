package io.bangwo8stream.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.api.EndpointHealth;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.kafka.InMemoryEventStreams;
import io.bangwo8stream.scan.FetchedPage;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.scan.LateJoins;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PagePublisherTest {

    private final Settings settings = TestSettings.of();
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScanMonitor monitor = TestSource.monitor(meters, clock);
    private final InMemoryEventStreams streams = new InMemoryEventStreams(settings);
    private final Scan scan = TestSource.scan(TestSource.remoteRecords());
    private final Set<String> down = new HashSet<>();
    private final EndpointHealth health = new EndpointHealth() {
        @Override
        public boolean isDown(String endpoint) {
            return down.contains(endpoint);
        }
    };
    private final LateJoins lateJoins = new LateJoins();
    private final PagePublisher publisher = new PagePublisher(
            streams,
            new RevisitPolicy(
                    settings.scanning().revisitAfter(), settings.scanning().pollInterval(), settings.once()),
            new EventRecords(settings, clock),
            new PublishMeters(meters),
            monitor,
            health,
            lateJoins,
            clock.watch());

    @BeforeEach
    void lockStream() throws InterruptedException {
        streams.of("remote-records").lock();
    }

    @Test
    void commitsAPageAndCountsTheRecordsByOutcome() throws InterruptedException {
        publisher.publish(new FetchedPage(scan, 1, List.of(joined(7), joined(8), failed(9))));

        assertThat(streams.committed("bangwo8.remote-records")).containsExactly("7", "8");
        assertThat(streams.committed("bangwo8.dead-letters")).containsExactly("9");
        assertThat(streams.committed("bangwo8.state"))
                .containsExactlyInAnyOrder(
                        "default/remote-records/7", "default/remote-records/8", "default/remote-records/9");
        assertThat(scan.report()).hasToString("seen=0 published=2 unchanged=0 dead-lettered=1 failed=1 complete=true");
        assertThat(List.of(
                        count("seen"), count("published"), count("dead-lettered"), count("failed"), count("unchanged")))
                .containsExactly(3.0, 2.0, 1.0, 1.0, 0.0);
        assertThat(meters.get("bangwo8.dead.letters")
                        .tag("reason", "untypable")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(monitor.times().all()).containsOnlyKeys(scan.source());
    }

    @Test
    void abortsTheScanWhenAnotherInstanceHasTakenOver() throws InterruptedException {
        streams.fenceNextCommit();

        publisher.publish(new FetchedPage(scan, 1, List.of(joined(7))));

        assertThat(scan.isAborted()).isTrue();
        assertThat(scan.report().isClean()).isFalse();
        assertThat(monitor.times().of(scan.source()).orElseThrow().sinceCommit())
                .isEmpty();
        assertThat(streams.of("remote-records").state("7")).isNull();
    }

    /** During an outage of the broker each page of a turn is abandoned after minutes. */
    @Test
    void recordsThatAnAbandonedPageIsNoStandstill() throws InterruptedException {
        monitor.committed(scan);
        clock.advance(Duration.ofMinutes(9));
        streams.fenceNextCommit();

        publisher.publish(new FetchedPage(scan, 1, List.of(joined(7))));

        assertThat(monitor.times().of(scan.source()).orElseThrow().sinceProgress())
                .isZero();
    }

    @Test
    void defersTheRecordsOfAnEndpointThatIsDown() throws InterruptedException {
        down.add("/servicesummary/{id}.json");
        FetchedRecord waiting = TestSource.fetched(TestSource.row(9, 5, "note"));
        waiting.fail("join-failed", "answered 403", "/servicesummary/{id}.json");

        publisher.publish(new FetchedPage(scan, 1, List.of(joined(7), waiting)));

        assertThat(streams.committed("bangwo8.remote-records")).containsExactly("7");
        assertThat(streams.committed("bangwo8.dead-letters")).isEmpty();
        assertThat(count("deferred")).isEqualTo(1);
        assertThat(streams.of("remote-records").state("9"))
                .as("it is due again")
                .isNull();
        assertThat(scan.report().isClean()).isFalse();
    }

    @Test
    void recordsNoCommitOfAPageThatTheApiDidNotSend() throws InterruptedException {
        publisher.publish(new FetchedPage(scan, 0, List.of()));

        assertThat(monitor.times().all()).isEmpty();
    }

    @Test
    void recordsTheCommitOfAnEmptyPage() throws InterruptedException {
        publisher.publish(new FetchedPage(scan, 1, List.of()));

        assertThat(monitor.times().all()).containsOnlyKeys(scan.source());
    }

    @Test
    void publishesARecordWhoseJoinIsLateInALaterTransaction() throws InterruptedException {
        FetchedRecord late = TestSource.fetched(TestSource.row(2, 5, "note"));
        late.join().due(0, null);
        late.join().start();

        publisher.publish(new FetchedPage(scan, 1, List.of(joined(1), late)));
        assertThat(count("published")).isEqualTo(1);

        end(late);
        publisher.publish(new FetchedPage(scan, 2, List.of()));
        assertThat(count("published")).isEqualTo(2);
        assertThat(lateJoins.isRunning(scan.source(), late)).isFalse();
    }

    @Test
    void startsNoSecondJoinWhileALateOneIsRunning() throws InterruptedException {
        FetchedRecord late = TestSource.fetched(TestSource.row(2, 5, "note"));
        late.join().due(0, null);
        late.join().start();
        publisher.publish(new FetchedPage(scan, 1, List.of(late)));

        assertThat(lateJoins.isRunning(scan.source(), TestSource.fetched(TestSource.row(2, 5, "another note"))))
                .isTrue();
    }

    @Test
    void dropsALateJoinWhoseRecordWasPublishedSinceItBegan() throws InterruptedException {
        FetchedRecord late = TestSource.fetched(TestSource.row(2, 5, "older note"));
        late.join().due(0, null);
        late.join().start();
        publisher.publish(new FetchedPage(scan, 1, List.of(late)));
        publisher.publish(new FetchedPage(scan, 2, List.of(joined(2))));

        end(late);
        publisher.publish(new FetchedPage(scan, 3, List.of()));

        assertThat(count("published")).isEqualTo(1);
    }

    @Test
    void keepsTheFailureOfALateJoinForTheNextScan() throws InterruptedException {
        FetchedRecord late = TestSource.fetched(TestSource.row(2, 5, "note"));
        late.join().due(0, null);
        late.join().start();
        publisher.publish(new FetchedPage(scan, 1, List.of(late)));
        TestSource.deferLateRecords(scan);

        late.fail("join-failed", "no response");
        late.join().end();
        lateJoins.ended(scan, late);

        assertThat(lateJoins.takeFailure(scan.source(), TestSource.fetched(TestSource.row(2, 5, "note"))))
                .get()
                .extracting(FetchedRecord.Failure::error)
                .isEqualTo("no response");
        assertThat(scan.report().isClean()).isFalse();
    }

    private void end(FetchedRecord late) {
        late.joined();
        late.join().end();
        lateJoins.ended(scan, late);
    }

    private double count(String outcome) {
        return meters.get("bangwo8.records")
                .tag("source", "remote-records")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static FetchedRecord joined(int id) {
        FetchedRecord record = TestSource.fetched(TestSource.row(id, 5, "note"));
        record.joined();
        return record;
    }

    private static FetchedRecord failed(int id) {
        FetchedRecord record = TestSource.fetched(TestSource.row(id, 5, "note"));
        record.fail("untypable", "it failed");
        return record;
    }
}
