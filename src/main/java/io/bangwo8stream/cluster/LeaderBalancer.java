package io.bangwo8stream.cluster;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses one leader for all namespaces of a group. The leader gets namespaces only when no other member holds any, so
 * two members never work for the same account at the same time.
 */
final class LeaderBalancer {

    private final Collection<Claim> claims;
    private final Map<String, Claim> holders = new HashMap<>();

    private LeaderBalancer(Collection<Claim> claims) {
        this.claims = claims;
        // A member that the group has removed meanwhile claims with an older generation than its replacement.
        claims.forEach(claim -> claim.held()
                .forEach(namespace -> holders.merge(
                        namespace, claim, (one, other) -> one.generation() >= other.generation() ? one : other)));
    }

    /**
     * Decides on the leader from the claims alone, so that every member would reach the same decision. When the lead
     * has to move, the holder gets nothing at first: it releases its namespaces and claims again, and the decision
     * after its last release assigns them to the new leader.
     */
    static LeaderAssignment decide(Collection<Claim> claims) {
        return new LeaderBalancer(claims).decide();
    }

    private LeaderAssignment decide() {
        int stateFormat = stateFormat();
        Optional<Claim> leader = claims.stream()
                .filter(claim -> !claim.wanted().isEmpty())
                .filter(claim -> claim.report().format() >= stateFormat)
                .min(firstIsBest());
        Set<String> unwanted = wantedByAny();
        leader.ifPresent(claim -> unwanted.removeAll(claim.wanted()));
        return new LeaderAssignment(leader.map(this::assignedTo).orElse(Map.of()), members(), unwanted, stateFormat);
    }

    /** The newest format in the state topic; a holder may have written its own. */
    private int stateFormat() {
        return claims.stream()
                .mapToInt(claim -> heldBy(claim).isEmpty()
                        ? claim.report().stateFormat()
                        : Math.max(claim.report().stateFormat(), claim.report().format()))
                .max()
                .orElse(0);
    }

    private Comparator<Claim> firstIsBest() {
        return Comparator.comparing(this::isAble, Comparator.reverseOrder())
                .thenComparing(Claim::mostWanted, Comparator.reverseOrder())
                .thenComparing(claim -> claim.report().routesRevision(), Comparator.reverseOrder())
                .thenComparing(this::generationHeldIn, Comparator.reverseOrder())
                .thenComparing(claim -> heldBy(claim).size(), Comparator.reverseOrder())
                .thenComparing(Claim::member);
    }

    /** A login that the API refuses to the holder is refused to every other member that uses it. */
    private boolean isAble(Claim claim) {
        return claim.report().isAnswered()
                && claims.stream()
                        .filter(other -> other.report().isLoginRefused()
                                && !heldBy(other).isEmpty())
                        .noneMatch(other ->
                                other.report().login().equals(claim.report().login()));
    }

    private int generationHeldIn(Claim claim) {
        return heldBy(claim).isEmpty() ? Integer.MIN_VALUE : claim.generation();
    }

    private Map<String, String> assignedTo(Claim leader) {
        Set<String> held = heldBy(leader);
        boolean othersHold = holders.size() > held.size();
        return leader.wanted().stream()
                .filter(namespace -> !othersHold || held.contains(namespace))
                .collect(Collectors.toMap(Function.identity(), namespace -> leader.member()));
    }

    private Set<String> heldBy(Claim claim) {
        return holders.entrySet().stream()
                .filter(entry -> entry.getValue().member().equals(claim.member()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Set<String> wantedByAny() {
        return claims.stream().flatMap(claim -> claim.wanted().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> members() {
        return claims.stream().map(Claim::member).collect(Collectors.toSet());
    }
}
