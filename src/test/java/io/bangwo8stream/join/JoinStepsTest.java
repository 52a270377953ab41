package io.bangwo8stream.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.api.Refusals;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.kafka.InMemoryEventStreams;
import io.bangwo8stream.scan.FetchedPage;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.scan.LateJoins;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinStepsTest {

    private final Settings settings = TestSettings.of();
    private final JoinSteps joinSteps = new JoinSteps(
            new InMemoryEventStreams(settings),
            new RevisitPolicy(List.of(), Duration.ofSeconds(1), false),
            new LateJoins(),
            new TestClock("2026-01-31T04:00:00Z").watch());

    private final Scan scan = TestSource.scan(TestSource.remoteRecords());
    private final FetchedRecord record = TestSource.fetched(TestSource.row(1, 5, "note"));

    @Test
    void startsTheJoinOfARecordOnlyWhenItIsHandedOut() throws InterruptedException {
        FetchedRecord second = TestSource.fetched(TestSource.row(2, 5, "note"));
        Iterator<FetchedRecord> due = joinSteps.due(new FetchedPage(scan, 1, List.of(record, second)));

        due.next();
        assertThat(due.hasNext()).isTrue();

        assertThat(record.join().isWaiting()).isFalse();
        assertThat(second.join().isWaiting())
                .as("the page may be committed now")
                .isTrue();
    }

    @Test
    void defersARecordWhileNoTokenCanBeFetched() {
        joinSteps.failed(scan, record, Refusals.tokenUnavailable(), null);

        assertThat(record.isDeferred()).isTrue();
        assertThat(record.failure().endpoint()).isEqualTo("/token.php");
        assertThat(scan.isAborted()).as("the next request may get a token").isFalse();
    }

    @Test
    void endsTheScanWhenTheClientIsRefusedAToken() {
        joinSteps.failed(scan, record, Refusals.ofToken(), null);

        assertThat(record.isDeferred()).isTrue();
        assertThat(scan.isAborted()).isTrue();
    }
}
