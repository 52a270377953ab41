package io.bangwo8stream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.scan.TestClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeadershipTest {

    private final TestClock clock = new TestClock("2024-05-01T00:00:00Z");
    private final Leadership leadership = new Leadership("me", new Lease(Duration.ofSeconds(6), clock));

    @BeforeEach
    void joinAndLeadRecords() {
        leadership.want("records");
        leadership.startWaiting();
        leadership.claim();
        leadership.apply(leaders("records", "me"), 1);
    }

    @Test
    void leadsTheNamespacesThatTheGroupAssigned() {
        assertThat(leadership.leads("records")).isTrue();
        assertThat(leadership.leads("tickets")).isFalse();
        assertThat(leadership.takeRejoinRequest()).isFalse();
    }

    @Test
    void stopsLeadingWhenTheGroupDoesNotRespond() {
        clock.advance(Duration.ofSeconds(7));

        assertThat(leadership.leads("records")).isFalse();
        assertThat(leadership.leaderOf("records")).isEmpty();
    }

    @Test
    void keepsLeadingWhileTheGroupResponds() {
        for (int i = 0; i < 5; i++) {
            leadership.startWaiting();
            clock.advance(Duration.ofSeconds(2));
            leadership.renewLease();
        }

        assertThat(leadership.leads("records")).isTrue();
    }

    @Test
    void doesNotTreatAResponseFromBeforeAPauseAsNew() {
        leadership.startWaiting();
        clock.advance(Duration.ofMinutes(1));
        leadership.renewLease();

        assertThat(leadership.leads("records")).isFalse();
    }

    @Test
    void leadsAgainOnlyAfterTheGroupHasDecidedAgain() {
        clock.advance(Duration.ofSeconds(7));
        leadership.startWaiting();
        leadership.renewLease();

        assertThat(leadership.leads("records")).isFalse();
        assertThat(leadership.takeRejoinRequest()).isTrue();
        assertThat(leadership.claim().held()).isEmpty();

        leadership.apply(leaders("records", "me"), 2);

        assertThat(leadership.leads("records")).isTrue();
    }

    @Test
    void stopsLeadingWhenTheClockIsSetBack() {
        clock.advance(Duration.ofSeconds(-1));

        assertThat(leadership.leads("records")).isFalse();
    }

    @Test
    void holdsALostNamespaceUntilEveryListenerIsNotified() {
        assertThat(leadership.leaderToReport("records")).contains("me");
        leadership.claim();
        leadership.apply(leaders("tickets", "other"), 2);

        assertThat(leadership.leads("records")).isFalse();
        assertThat(leadership.takeRejoinRequest()).isFalse();
        assertThat(leadership.claim().held()).containsExactly("records");

        leadership.apply(leaders("tickets", "other"), 3);
        leadership.confirmReleased("records");

        assertThat(leadership.takeRejoinRequest()).isTrue();
        assertThat(leadership.claim().held()).isEmpty();
    }

    @Test
    void requestsARejoinOnceForEveryChangeOfTheWantedNamespaces() {
        leadership.want("tickets");

        assertThat(leadership.takeRejoinRequest()).isTrue();
        assertThat(leadership.takeRejoinRequest()).isFalse();
        assertThat(leadership.claim().wanted()).containsExactlyInAnyOrder("records", "tickets");
    }

    @Test
    void doesNotLeadAReleasedNamespace() {
        leadership.release("records");

        assertThat(leadership.leads("records")).isFalse();
        assertThat(leadership.isIdle()).isTrue();
    }

    @Test
    void serializesClaimsAndAssignmentsWithoutLoss() {
        Claim claim = new Claim("host-1-ab", Set.of("records", "\u5de5\u5355"), Set.of("records"), 7);
        LeaderAssignment leaders = new LeaderAssignment(Map.of("\u5de5\u5355", "host-1-ab"), Set.of("host-1-ab", "b"));

        assertThat(Claim.of(claim.toBytes())).isEqualTo(claim);
        assertThat(LeaderAssignment.of(leaders.toBytes())).isEqualTo(leaders);
        assertThat(Claim.of((ByteBuffer) null).wanted()).isEmpty();
    }

    private static LeaderAssignment leaders(String namespace, String member) {
        return new LeaderAssignment(Map.of(namespace, member), Set.of("me", "other"));
    }
}
