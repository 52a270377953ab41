package io.bangwo8stream.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.Source;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeadershipTimeoutTest {

    private static final Source RECORDS = TestSource.remoteRecords();
    private static final Source CALLS = TestSource.with("source", "calls", "stream", "calls");
    private static final Duration LEADERSHIP_TIMEOUT = Duration.ofSeconds(60);

    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");
    private final Set<String> led = new HashSet<>();
    private final LeadershipTimeout timeout = new LeadershipTimeout(led::contains, clock);

    @Test
    void findsASourceAfterAMinuteWithoutLeadership() {
        assertThat(timeout.among(List.of(RECORDS))).isEmpty();
        clock.advance(LEADERSHIP_TIMEOUT.minusMillis(1));
        assertThat(timeout.among(List.of(RECORDS))).isEmpty();

        clock.advance(Duration.ofMillis(1));
        assertThat(timeout.among(List.of(RECORDS))).containsExactly(RECORDS);
    }

    @Test
    void countsNoJumpOfTheWallClockAsWaiting() {
        timeout.among(List.of(RECORDS));
        clock.jump(Duration.ofHours(10));
        assertThat(timeout.among(List.of(RECORDS))).as("set forward").isEmpty();

        clock.jump(Duration.ofHours(-20));
        clock.advance(LEADERSHIP_TIMEOUT);
        assertThat(timeout.among(List.of(RECORDS))).as("set back").containsExactly(RECORDS);
    }

    @Test
    void findsOnlyTheSourceWhoseStreamAnotherInstanceLeads() {
        led.add("remote-records");
        timeout.among(List.of(RECORDS, CALLS));
        clock.advance(LEADERSHIP_TIMEOUT);

        assertThat(timeout.among(List.of(RECORDS, CALLS))).containsExactly(CALLS);
    }

    @Test
    void findsNoSourceWhoseStreamThisInstanceLeads() {
        led.add("remote-records");
        timeout.among(List.of(RECORDS));
        clock.advance(Duration.ofDays(1));

        assertThat(timeout.among(List.of(RECORDS))).isEmpty();
    }

    @Test
    void restartsTheTimeoutWhenTheLeadershipIsLost() {
        timeout.among(List.of(RECORDS));
        clock.advance(LEADERSHIP_TIMEOUT.minusSeconds(1));
        led.add("remote-records");
        timeout.among(List.of(RECORDS));
        led.clear();
        clock.advance(Duration.ofSeconds(1));
        assertThat(timeout.among(List.of(RECORDS))).isEmpty();

        clock.advance(LEADERSHIP_TIMEOUT);
        assertThat(timeout.among(List.of(RECORDS))).containsExactly(RECORDS);
    }

    @Test
    void findsNoSourceThatIsNoLongerWaiting() {
        timeout.among(List.of(RECORDS));
        clock.advance(LEADERSHIP_TIMEOUT);

        assertThat(timeout.among(List.of())).isEmpty();
    }
}
