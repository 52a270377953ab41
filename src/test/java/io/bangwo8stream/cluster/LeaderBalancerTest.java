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
        Claim old = new Claim("a", Set.of("records", "tickets"), 2, Set.of("records", "tickets"), 4);
        Claim updated = new Claim("b", ALL, 3, Set.of(), -1);

        LeaderAssignment first = decide(old, updated);
        assertThat(first.byNamespace())
                .as("the holder releases every namespace before any is assigned")
                .isEmpty();

        LeaderAssignment afterOneRelease =
                decide(new Claim("a", old.wanted(), 2, Set.of("tickets"), 5), updatedIn(updated, 5));
        assertThat(afterOneRelease.byNamespace()).isEmpty();

        LeaderAssignment afterAllReleases = decide(new Claim("a", old.wanted(), 2, Set.of(), 6), updatedIn(updated, 6));
        assertThat(afterAllReleases.ledBy("b")).isEqualTo(ALL);
    }

    @Test
    void keepsTheHolderThatWantsAsManyOtherNamespaces() {
        Claim holder = new Claim("b", Set.of("records", "tickets"), 2, Set.of("records", "tickets"), 4);
        Claim other = new Claim("a", Set.of("records", "views"), 2, Set.of(), -1);

        LeaderAssignment leaders = decide(holder, other);

        assertThat(leaders.ledBy("b")).containsExactlyInAnyOrder("records", "tickets");
        assertThat(leaders.ledBy("a")).isEmpty();
        assertThat(leaders.unwanted()).containsExactly("views");
    }

    @Test
    void assignsTheNamespacesOfTheRemainingMemberAfterTheLeaderWithOtherNamespacesHasLeft() {
        Claim remaining = new Claim("a", Set.of("records", "views"), 2, Set.of(), 5);

        assertThat(decide(remaining).ledBy("a")).containsExactlyInAnyOrder("records", "views");
    }

    @Test
    void keepsTheHolderThatHasFinishedWithOneOfItsNamespaces() {
        Claim holder = new Claim("b", Set.of("tickets"), 3, Set.of("tickets"), 4);

        LeaderAssignment leaders = decide(claim("a"), holder);

        assertThat(leaders.byNamespace()).isEqualTo(Map.of("tickets", "b"));
        assertThat(leaders.unwanted()).containsExactlyInAnyOrder("records", "views");
    }

    @Test
    void doesNotChooseAMemberThatWantsNothingAnyMore() {
        Claim finished = new Claim("a", Set.of(), 3, Set.of(), 4);

        assertThat(decide(finished, claim("b")).ledBy("b")).isEqualTo(ALL);
    }

    @Test
    void treatsTheMemberWithTheNewestGenerationAsTheHolder() {
        Claim pausedMember = new Claim("a", ALL, 3, ALL, 4);
        Claim replacement = new Claim("b", ALL, 3, Set.of("records"), 5);

        LeaderAssignment leaders = decide(pausedMember, replacement);

        assertThat(leaders.of("records")).contains("b");
        assertThat(leaders.ledBy("a")).isEmpty();
    }

    @Test
    void assignsNothingWhileAFormerLeaderHasNotReleasedEveryNamespace() {
        Claim formerLeader = new Claim("a", Set.of(), 1, Set.of("records"), 3);

        LeaderAssignment leaders = decide(formerLeader, claim("b"));

        assertThat(leaders.byNamespace()).isEmpty();
        assertThat(leaders.members()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void assignsANamespaceOnlyToAMemberThatWantsTheNamespace() {
        Claim ticketsOnly = new Claim("a", Set.of("tickets"), 1, Set.of(), -1);

        LeaderAssignment leaders = decide(ticketsOnly, new Claim("b", Set.of("records", "views"), 2, Set.of(), -1));

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
            claims.add(new Claim("m" + member, wanted, wanted.size(), held, 1));
        }
        return claims;
    }

    private static List<Claim> claimsAfter(LeaderAssignment leaders, List<Claim> claims) {
        return claims.stream()
                .map(claim ->
                        new Claim(claim.member(), claim.wanted(), claim.mostWanted(), leaders.ledBy(claim.member()), 2))
                .toList();
    }

    private static Claim updatedIn(Claim claim, int generation) {
        return new Claim(claim.member(), claim.wanted(), claim.mostWanted(), claim.held(), generation);
    }

    private static Claim claim(String member, String... held) {
        return new Claim(member, ALL, ALL.size(), Set.of(held), 1);
    }

    private static LeaderAssignment decide(Claim... claims) {
        return LeaderBalancer.decide(List.of(claims));
    }
}
