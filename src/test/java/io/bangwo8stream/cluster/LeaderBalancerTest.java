package io.bangwo8stream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
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

    @Test
    void assignsEveryNamespaceToTheOnlyMember() {
        assertThat(decide(claim("a")).ledBy("a")).isEqualTo(ALL);
    }

    @Test
    void assignsOneOfThreeNamespacesToEachOfThreeMembers() {
        LeaderAssignment leaders = decide(claim("a"), claim("b"), claim("c"));

        assertThat(leaders.byNamespace().values()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void keepsNamespacesWithTheirHoldersWhileTheDistributionIsEven() {
        LeaderAssignment leaders = decide(claim("a", "tickets"), claim("b", "records", "views"), claim("c"));

        assertThat(leaders.of("tickets")).contains("a");
        assertThat(leaders.ledBy("b")).hasSize(1);
    }

    @Test
    void assignsAMovingNamespaceToNobodyUntilItsHolderReleasesTheNamespace() {
        LeaderAssignment first = decide(claim("a", "records", "tickets", "views"), claim("b"));
        Set<String> kept = first.ledBy("a");

        assertThat(kept).hasSize(2);
        assertThat(first.ledBy("b")).isEmpty();

        LeaderAssignment second = decide(claim("a", kept.toArray(String[]::new)), claim("b"));

        assertThat(second.ledBy("a")).isEqualTo(kept);
        assertThat(second.ledBy("b")).hasSize(1).doesNotContainAnyElementsOf(kept);
    }

    @Test
    void treatsTheMemberWithTheNewestGenerationAsTheHolder() {
        Claim pausedMember = new Claim("a", ALL, ALL, 4);
        Claim replacement = new Claim("b", ALL, Set.of("records"), 5);

        assertThat(decide(pausedMember, replacement).of("records")).contains("b");
    }

    @Test
    void assignsNobodyANamespaceThatItsFormerLeaderHasNotReleased() {
        Claim formerLeader = new Claim("a", Set.of(), Set.of("records"), 3);

        LeaderAssignment leaders = decide(formerLeader, claim("b"));

        assertThat(leaders.of("records")).isEmpty();
        assertThat(leaders.ledBy("b")).containsExactlyInAnyOrder("tickets", "views");
    }

    @Test
    void assignsANamespaceOnlyToAMemberThatWantsTheNamespace() {
        Claim ticketsOnly = new Claim("a", Set.of("tickets"), Set.of(), -1);

        LeaderAssignment leaders = decide(ticketsOnly, new Claim("b", Set.of("records", "views"), Set.of(), -1));

        assertThat(leaders.byNamespace()).isEqualTo(Map.of("tickets", "a", "records", "b", "views", "b"));
    }

    @Property(tries = 200)
    void distributesNamespacesEvenlyAfterThreeDecisionsFromAnyStart(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 9) Integer> holderOfNamespace,
            @ForAll @IntRange(min = 1, max = 10) int members) {
        List<Claim> claims = claims(holderOfNamespace, members);
        LeaderAssignment leaders = LeaderBalancer.decide(claims);
        for (int round = 0; round < 2; round++) {
            claims = claimsAfter(leaders, claims);
            leaders = LeaderBalancer.decide(claims);
        }

        assertThat(leaders.byNamespace().keySet()).isEqualTo(claims.get(0).wanted());
        List<Integer> loads = new ArrayList<>();
        for (Claim claim : claims) {
            loads.add(leaders.ledBy(claim.member()).size());
        }
        assertThat(Collections.max(loads) - Collections.min(loads)).isLessThanOrEqualTo(1);
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
            claims.add(new Claim("m" + member, wanted, held, 1));
        }
        return claims;
    }

    private static List<Claim> claimsAfter(LeaderAssignment leaders, List<Claim> claims) {
        return claims.stream()
                .map(claim -> new Claim(claim.member(), claim.wanted(), leaders.ledBy(claim.member()), 2))
                .toList();
    }

    private static Claim claim(String member, String... held) {
        return new Claim(member, ALL, Set.of(held), 1);
    }

    private static LeaderAssignment decide(Claim... claims) {
        return LeaderBalancer.decide(List.of(claims));
    }
}
