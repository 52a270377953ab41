package io.bangwo8stream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LeaderBalancerTest {

    private static final Set<String> ALL = Set.of("records", "tickets", "views");
    private static final MemberReport WORKING = new MemberReport("login", 1, 0, false, 1, 1, 0);
    private static final String[] EVERYTHING = {"records", "tickets", "views"};

    @Test
    void assignsEveryNamespaceToTheOnlyMember() {
        assertThat(decide(claim("a")).ledBy("a")).isEqualTo(ALL);
    }

    @Test
    void assignsEveryNamespaceToOneOfThreeMembers() {
        assertThat(decide(claim("c"), claim("a"), claim("b")).ledBy("a")).isEqualTo(ALL);
    }

    @Test
    void keepsEveryNamespaceWithTheHolderWhenMembersJoin() {
        LeaderAssignment leaders = decide(claim("a"), claim("b", EVERYTHING), claim("c"));

        assertThat(leaders.ledBy("b")).isEqualTo(ALL);
    }

    @Test
    void assignsEveryNamespaceToTheNextMemberWhenTheLeaderHasLeft() {
        LeaderAssignment leaders = decide(claim("c"), claim("b"));

        assertThat(leaders.ledBy("b")).isEqualTo(ALL);
    }

    @Test
    void prefersTheMemberThatWantsMoreNamespacesToTheHolder() {
        Claim old = new Claim("a", Set.of("records", "tickets"), 2, Set.of("records", "tickets"), 4, WORKING);
        Claim updated = new Claim("b", ALL, 3, Set.of(), -1, WORKING);

        LeaderAssignment first = decide(old, updated);
        assertThat(first.byNamespace())
                .as("the holder releases every namespace before any is assigned")
                .isEmpty();

        LeaderAssignment afterOneRelease =
                decide(new Claim("a", old.wanted(), 2, Set.of("tickets"), 5, WORKING), updatedIn(updated, 5));
        assertThat(afterOneRelease.byNamespace()).isEmpty();

        LeaderAssignment afterAllReleases =
                decide(new Claim("a", old.wanted(), 2, Set.of(), 6, WORKING), updatedIn(updated, 6));
        assertThat(afterAllReleases.ledBy("b")).isEqualTo(ALL);
    }

    @Test
    void keepsTheHolderThatWantsAsManyOtherNamespaces() {
        Claim holder = new Claim("b", Set.of("records", "tickets"), 2, Set.of("records", "tickets"), 4, WORKING);
        Claim other = new Claim("a", Set.of("records", "views"), 2, Set.of(), -1, WORKING);

        LeaderAssignment leaders = decide(holder, other);

        assertThat(leaders.ledBy("b")).containsExactlyInAnyOrder("records", "tickets");
        assertThat(leaders.ledBy("a")).isEmpty();
        assertThat(leaders.unwanted()).containsExactly("views");
    }

    @Test
    void assignsTheNamespacesOfTheRemainingMemberAfterTheLeaderWithOtherNamespacesHasLeft() {
        Claim remaining = new Claim("a", Set.of("records", "views"), 2, Set.of(), 5, WORKING);

        assertThat(decide(remaining).ledBy("a")).containsExactlyInAnyOrder("records", "views");
    }

    @Test
    void keepsTheHolderThatHasFinishedWithOneOfItsNamespaces() {
        Claim holder = new Claim("b", Set.of("tickets"), 3, Set.of("tickets"), 4, WORKING);

        LeaderAssignment leaders = decide(claim("a"), holder);

        assertThat(leaders.byNamespace()).isEqualTo(Map.of("tickets", "b"));
        assertThat(leaders.unwanted()).containsExactlyInAnyOrder("records", "views");
    }

    @Test
    void doesNotChooseAMemberThatWantsNothingAnyMore() {
        Claim finished = new Claim("a", Set.of(), 3, Set.of(), 4, WORKING);

        assertThat(decide(finished, claim("b")).ledBy("b")).isEqualTo(ALL);
    }

    @Test
    void treatsTheMemberWithTheNewestGenerationAsTheHolder() {
        Claim pausedMember = new Claim("a", ALL, 3, ALL, 4, WORKING);
        Claim replacement = new Claim("b", ALL, 3, Set.of("records"), 5, WORKING);

        LeaderAssignment leaders = decide(pausedMember, replacement);

        assertThat(leaders.of("records")).contains("b");
        assertThat(leaders.ledBy("a")).isEmpty();
    }

    @Test
    void assignsNothingWhileAFormerLeaderHasNotReleasedEveryNamespace() {
        Claim formerLeader = new Claim("a", Set.of(), 1, Set.of("records"), 3, WORKING);

        LeaderAssignment leaders = decide(formerLeader, claim("b"));

        assertThat(leaders.byNamespace()).isEmpty();
        assertThat(leaders.members()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void assignsANamespaceOnlyToAMemberThatWantsTheNamespace() {
        Claim ticketsOnly = new Claim("a", Set.of("tickets"), 1, Set.of(), -1, WORKING);

        LeaderAssignment leaders =
                decide(ticketsOnly, new Claim("b", Set.of("records", "views"), 2, Set.of(), -1, WORKING));

        assertThat(leaders.byNamespace()).isEqualTo(Map.of("records", "b", "views", "b"));
        assertThat(leaders.unwanted()).containsExactly("tickets");
    }

    @Test
    void unitesNamespacesThatSeveralMembersHold() {
        Claim one = claim("a", "tickets");
        Claim other = claim("b", "records", "views");

        LeaderAssignment first = decide(one, other);
        assertThat(first.byNamespace())
                .as("what the leader holds already is not interrupted")
                .isEqualTo(Map.of("records", "b", "views", "b"));

        assertThat(decide(claim("a"), other).ledBy("b")).isEqualTo(ALL);
    }

    @Test
    void takesTheLeadFromAMemberThatTheApiDoesNotAnswer() {
        Claim holder = reporting("a", silent("login"), EVERYTHING);

        assertThat(decide(holder, claim("b")).byNamespace())
                .as("the holder releases every namespace first")
                .isEmpty();
        assertThat(decide(reporting("a", silent("login")), claim("b")).ledBy("b"))
                .isEqualTo(ALL);
    }

    @Test
    void keepsTheHolderWhenTheApiAnswersNobody() {
        Claim holder = reporting("b", silent("login"), EVERYTHING);
        MemberReport unproven = new MemberReport("login", -1, 0, false, 1, 1, 0);

        assertThat(decide(holder, reporting("a", silent("login")), reporting("c", unproven))
                        .ledBy("b"))
                .isEqualTo(ALL);
    }

    @Test
    void doesNotReturnTheLeadToAMemberThatTheApiAnswersAgain() {
        assertThat(decide(claim("a"), claim("b", EVERYTHING)).ledBy("b")).isEqualTo(ALL);
    }

    @Test
    void keepsTheHolderWhoseLoginIsRefusedBesideMembersWithTheSameLogin() {
        Claim holder = reporting("b", refused("login"), EVERYTHING);

        assertThat(decide(holder, claim("a")).ledBy("b")).isEqualTo(ALL);
    }

    @Test
    void takesTheLeadFromAMemberWhoseLoginIsRefusedWhenAnotherLoginIsAccepted() {
        Claim holder = reporting("a", refused("old"), EVERYTHING);
        Claim other = reporting("b", new MemberReport("new", 4, 0, false, 1, 1, 0));

        assertThat(decide(holder, other).byNamespace()).isEmpty();
        assertThat(decide(reporting("a", refused("old")), other).ledBy("b")).isEqualTo(ALL);
    }

    @Test
    void prefersAMemberThatTheApiAnswersToOneThatWantsMoreNamespaces() {
        Claim wantsMore = new Claim("a", ALL, 3, Set.of(), -1, silent("login"));
        Claim answered = new Claim("b", Set.of("records"), 1, Set.of("records"), 2, WORKING);

        assertThat(decide(wantsMore, answered).ledBy("b")).containsExactly("records");
    }

    @Test
    void prefersNewerRoutesToTheHolderAndMoreNamespacesToNewerRoutes() {
        Claim holder = reporting("a", WORKING, EVERYTHING);
        Claim newer = reporting("b", new MemberReport("login", 1, 0, false, 1, 1, 7));
        assertThat(decide(holder, newer).byNamespace()).isEmpty();
        assertThat(decide(reporting("a", WORKING), newer).ledBy("b")).isEqualTo(ALL);

        Claim newerWithLess =
                new Claim("b", Set.of("records"), 1, Set.of(), -1, new MemberReport("login", 1, 0, false, 1, 1, 7));
        assertThat(decide(holder, newerWithLess).ledBy("a")).isEqualTo(ALL);
    }

    @Test
    void assignsNothingToAMemberThatDoesNotReadTheStates() {
        MemberReport reads1Found2 = new MemberReport("login", 1, 0, false, 1, 2, 0);
        LeaderAssignment alone = decide(reporting("a", reads1Found2, EVERYTHING));
        assertThat(alone.byNamespace()).isEmpty();
        assertThat(alone.stateFormat()).isEqualTo(2);

        MemberReport writes2 = new MemberReport("login", 1, 0, false, 2, 1, 0);
        LeaderAssignment besideNewer = decide(claim("a"), reporting("b", writes2, EVERYTHING));
        assertThat(besideNewer.ledBy("b")).isEqualTo(ALL);
        assertThat(besideNewer.stateFormat()).as("the holder writes its own").isEqualTo(2);
        assertThat(decide(claim("a"), reporting("b", writes2)).stateFormat())
                .as("nobody has written it yet")
                .isEqualTo(1);
    }

    private static Claim reporting(String member, MemberReport report, String... held) {
        return new Claim(member, ALL, ALL.size(), Set.of(held), 1, report);
    }

    private static MemberReport silent(String login) {
        return new MemberReport(login, 90, 3, false, 1, 1, 0);
    }

    private static MemberReport refused(String login) {
        return new MemberReport(login, 90, 3, true, 1, 1, 0);
    }

    @Property(tries = 200)
    void assignsEveryNamespaceToOneMemberAfterThreeDecisionsFromAnyStart(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 9) Integer> holderOfNamespace,
            @ForAll @IntRange(min = 1, max = 10) int members) {
        List<Claim> claims = claims(holderOfNamespace, members);
        LeaderAssignment leaders = LeaderBalancer.decide(claims);
        for (int round = 0; round < 2; round++) {
            claims = claimsAfter(leaders, claims);
            leaders = LeaderBalancer.decide(claims);
        }

        assertThat(leaders.byNamespace().keySet()).isEqualTo(claims.get(0).wanted());
        assertThat(Set.copyOf(leaders.byNamespace().values())).hasSize(1);
    }

    @Property(tries = 200)
    void neverMovesANamespaceBetweenMembersWithinOneDecision(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 9) Integer> holderOfNamespace,
            @ForAll @IntRange(min = 1, max = 10) int members) {
        List<Claim> claims = claims(holderOfNamespace, members);
        LeaderAssignment leaders = LeaderBalancer.decide(claims);

        for (Claim claim : claims) {
            for (String held : claim.held()) {
                assertThat(leaders.of(held))
                        .satisfiesAnyOf(
                                leader -> assertThat(leader).isEmpty(),
                                leader -> assertThat(leader).contains(claim.member()));
            }
        }
    }

    @Property(tries = 200)
    void neverAssignsANewNamespaceWhileAnotherMemberHoldsAny(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 9) Integer> holderOfNamespace,
            @ForAll @IntRange(min = 1, max = 10) int members) {
        List<Claim> claims = claims(holderOfNamespace, members);
        LeaderAssignment leaders = LeaderBalancer.decide(claims);

        for (Claim claim : claims) {
            boolean anotherHolds = claims.stream()
                    .anyMatch(other -> !other.equals(claim) && !other.held().isEmpty());
            if (anotherHolds) {
                assertThat(claim.held()).containsAll(leaders.ledBy(claim.member()));
            }
        }
    }

    @Property(tries = 200)
    void choosesTheSameLeaderWhateverTheOrderOfTheClaims(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 9) Integer> holderOfNamespace,
            @ForAll @IntRange(min = 1, max = 10) int members) {
        List<Claim> claims = claims(holderOfNamespace, members);
        List<Claim> reversed = new ArrayList<>();
        claims.forEach(claim -> reversed.add(0, claim));

        assertThat(LeaderBalancer.decide(reversed)).isEqualTo(LeaderBalancer.decide(claims));
    }

    /** A number in {@code holderOfNamespace} that no member has means that nobody holds the namespace. */
    private static List<Claim> claims(List<Integer> holderOfNamespace, int members) {
        Set<String> wanted = new TreeSet<>();
        IntStream.range(0, holderOfNamespace.size()).forEach(n -> wanted.add("n" + n));
        List<Claim> claims = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            Set<String> held = new TreeSet<>();
            for (int n = 0; n < holderOfNamespace.size(); n++) {
                if (holderOfNamespace.get(n) == member) {
                    held.add("n" + n);
                }
            }
            claims.add(new Claim("m" + member, wanted, wanted.size(), held, 1, WORKING));
        }
        return claims;
    }

    private static List<Claim> claimsAfter(LeaderAssignment leaders, List<Claim> claims) {
        return claims.stream()
                .map(claim -> new Claim(
                        claim.member(), claim.wanted(), claim.mostWanted(), leaders.ledBy(claim.member()), 2, WORKING))
                .toList();
    }

    private static Claim updatedIn(Claim claim, int generation) {
        return new Claim(claim.member(), claim.wanted(), claim.mostWanted(), claim.held(), generation, WORKING);
    }

    private static Claim claim(String member, String... held) {
        return new Claim(member, ALL, ALL.size(), Set.of(held), 1, WORKING);
    }

    private static LeaderAssignment decide(Claim... claims) {
        return LeaderBalancer.decide(List.of(claims));
    }
}
