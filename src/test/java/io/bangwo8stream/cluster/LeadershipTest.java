package io.bangwo8stream.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.scan.TestClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeadershipTest {

    private final TestClock clock = new TestClock("2024-05-01T00:00:00Z");
    private final Candidacy candidacy = new Candidacy("login", 1);
    private final Leadership leadership = new Leadership("me", new Lease(Duration.ofSeconds(6), clock), candidacy);

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
    void neitherLosesNorProlongsItsLeadWhenTheWallClockIsSet() {
        clock.jump(Duration.ofHours(10));
        assertThat(leadership.leads("records")).as("set forward").isTrue();
        clock.jump(Duration.ofHours(-20));
        assertThat(leadership.leads("records")).as("set back").isTrue();

        clock.advance(Duration.ofSeconds(7));
        assertThat(leadership.leads("records")).as("without a response").isFalse();
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
    void wakesTheKafkaThreadWhenTheWantedNamespacesChangedDuringAJoin() {
        AtomicInteger wakeUps = new AtomicInteger();
        leadership.claim();
        leadership.want("tickets");
        leadership.onChange(wakeUps::incrementAndGet);

        leadership.apply(leaders("records", "me"), 2);

        assertThat(wakeUps).hasValue(1);
        assertThat(leadership.takeRejoinRequest()).isTrue();

        leadership.claim();
        leadership.apply(leaders("records", "me"), 3);

        assertThat(wakeUps).as("nothing changed during this join").hasValue(1);
    }

    @Test
    void claimsAgainWhenTheApiDoesNotAnswerAnyMoreAndAgainWhenItDoes() {
        candidacy.succeeded();
        leadership.claim();
        leadership.apply(leaders("records", "me"), 2);
        candidacy.onChange(leadership::reconsider);
        AtomicInteger wakeUps = new AtomicInteger();
        leadership.onChange(wakeUps::incrementAndGet);

        candidacy.failed("timeout");
        candidacy.failed("timeout");
        assertThat(leadership.takeRejoinRequest()).isFalse();
        candidacy.failed("timeout");

        assertThat(wakeUps).hasValue(1);
        assertThat(leadership.takeRejoinRequest()).isTrue();
        assertThat(leadership.claim().report().isAnswered()).isFalse();
        leadership.apply(leaders("records", "other"), 3);
        leadership.claim();
        leadership.apply(leaders("records", "other"), 4);
        candidacy.failed("timeout");
        assertThat(leadership.takeRejoinRequest()).as("nothing new").isFalse();

        candidacy.succeeded();

        assertThat(leadership.takeRejoinRequest()).isTrue();
        assertThat(leadership.claim().report().isAnswered()).isTrue();
    }

    @Test
    void doesNotClaimAgainInAGroupOfOne() {
        leadership.claim();
        leadership.apply(new LeaderAssignment(Map.of("records", "me"), Set.of("me"), Set.of(), 1), 2);

        candidacy.succeeded();

        assertThat(leadership.takeRejoinRequest()).isFalse();
    }

    @Test
    void letsGoOfAStreamWhoseStatesAreNewerAlsoInAGroupOfOne() {
        leadership.claim();
        leadership.apply(new LeaderAssignment(Map.of("records", "me"), Set.of("me"), Set.of(), 1), 2);

        candidacy.foundStateFormat(2);

        assertThat(leadership.takeRejoinRequest()).isTrue();
        leadership.claim();
        leadership.apply(new LeaderAssignment(Map.of(), Set.of("me"), Set.of("records"), 2), 3);
        assertThat(leadership.status("records").reason()).isEqualTo(LeadershipStatus.Reason.STATE_FORMAT_NEWER);
        assertThat(leadership.status("records").detail()).contains("format 2", "formats up to 1");
    }

    @Test
    void statesWhoLeadsOrWhyNobodyDoes() {
        assertThat(leadership.status("records"))
                .isEqualTo(new LeadershipStatus(LeadershipStatus.Reason.LED, Optional.of("me"), true, ""));

        leadership.claim();
        leadership.apply(leaders("records", "other"), 2);
        assertThat(leadership.status("records").leader()).contains("other");
        assertThat(leadership.status("records").local()).isFalse();
        assertThat(leadership.status("tickets").reason()).isEqualTo(LeadershipStatus.Reason.ELECTING);

        leadership.claim();
        leadership.apply(new LeaderAssignment(Map.of(), Set.of("me", "other"), Set.of("tickets"), 1), 3);
        assertThat(leadership.status("tickets").reason()).isEqualTo(LeadershipStatus.Reason.STREAM_UNLED);

        leadership.markLeft();
        GroupDiagnosis.Explanation noRight =
                new GroupDiagnosis.Explanation(LeadershipStatus.Reason.GROUP_REFUSED, "READ is missing");
        assertThat(leadership.groupFailed(noRight)).isTrue();
        assertThat(leadership.groupFailed(noRight)).as("the same again").isFalse();
        assertThat(leadership.status("records"))
                .isEqualTo(LeadershipStatus.unled(LeadershipStatus.Reason.GROUP_REFUSED, "READ is missing"));
        assertThat(LeadershipStatus.Reason.GROUP_REFUSED).hasToString("group-refused");
    }

    @Test
    void claimsTheMostNamespacesThatTheInstanceHasWantedSinceItJoined() {
        leadership.want("tickets");
        leadership.release("records");

        assertThat(leadership.claim().wanted()).containsExactly("tickets");
        assertThat(leadership.claim().mostWanted()).isEqualTo(2);

        leadership.release("tickets");
        leadership.want("views");

        assertThat(leadership.claim().mostWanted()).isEqualTo(1);
    }

    @Test
    void warnsOnceOfAStreamThatTheLeaderDoesNotWant() {
        LogLines logLines = LogLines.of(Leadership.class);
        LeaderAssignment unled =
                new LeaderAssignment(Map.of("tickets", "other"), Set.of("me", "other"), Set.of("records"), 1);

        leadership.claim();
        leadership.apply(unled, 2);
        leadership.claim();
        leadership.apply(unled, 3);

        assertThat(logLines.containing("stream-unled")).isEqualTo(1);
        logLines.close();
    }

    @Test
    void readsTheClaimOfAnInstanceThatDoesNotStateHowManyNamespacesItHasWanted() {
        ByteBuffer older = ByteBuffer.wrap("{\"member\":\"a\",\"wanted\":[\"records\",\"tickets\"]}".getBytes(UTF_8));

        assertThat(Claim.of(older).mostWanted()).isEqualTo(2);
    }

    @Test
    void doesNotLeadAReleasedNamespace() {
        leadership.release("records");

        assertThat(leadership.leads("records")).isFalse();
        assertThat(leadership.isIdle()).isTrue();
    }

    @Test
    void serializesClaimsAndAssignmentsWithoutLoss() {
        Claim claim = new Claim(
                "host-1-ab",
                Set.of("records", "\u5de5\u5355"),
                3,
                Set.of("records"),
                7,
                new MemberReport("ab12", 30, 2, true, 3, 2, 99));
        LeaderAssignment leaders =
                new LeaderAssignment(Map.of("\u5de5\u5355", "host-1-ab"), Set.of("host-1-ab", "b"), Set.of("views"), 3);

        assertThat(Claim.of(claim.toBytes())).isEqualTo(claim);
        assertThat(LeaderAssignment.of(leaders.toBytes())).isEqualTo(leaders);
        assertThat(Claim.of((ByteBuffer) null).wanted()).isEmpty();
    }

    private static LeaderAssignment leaders(String namespace, String member) {
        return new LeaderAssignment(Map.of(namespace, member), Set.of("me", "other"), Set.of(), 1);
    }
}
