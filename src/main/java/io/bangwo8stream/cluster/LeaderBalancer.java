package io.bangwo8stream.cluster;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Distributes namespaces over members: each goes to one member that wants it, stays there while the distribution is
 * even, and never moves from one member to another within one decision.
 */
final class LeaderBalancer {

    private final Map<String, Set<String>> candidates = new TreeMap<>();
    private final Map<String, Claim> holders = new HashMap<>();
    private final Map<String, Integer> loads = new TreeMap<>();
    private final Map<String, String> target = new TreeMap<>();

    private LeaderBalancer(Collection<Claim> claims) {
        for (Claim claim : claims) {
            loads.put(claim.member(), 0);
            claim.wanted()
                    .forEach(namespace -> candidates
                            .computeIfAbsent(namespace, any -> new TreeSet<>())
                            .add(claim.member()));
            // A member that the group has removed meanwhile claims with an older generation than its replacement.
            claim.held()
                    .forEach(namespace -> holders.merge(
                            namespace, claim, (one, other) -> one.generation() >= other.generation() ? one : other));
        }
    }

    /**
     * Decides on the leaders from the claims alone, so that every member would reach the same decision. A namespace
     * that has to move has no leader at first: its holder releases it and claims again, and the next decision assigns
     * it to the new leader.
     */
    static LeaderAssignment decide(Collection<Claim> claims) {
        LeaderBalancer balancer = new LeaderBalancer(claims);
        balancer.keepHolders();
        balancer.assignUnheld();
        balancer.balanceLoads();
        return balancer.assignmentWithoutMoves();
    }

    private void keepHolders() {
        holders.forEach((namespace, claim) -> {
            if (claim.wanted().contains(namespace)) {
                assign(namespace, claim.member());
            }
        });
    }

    private void assignUnheld() {
        for (String namespace : candidates.keySet()) {
            if (!target.containsKey(namespace)) {
                assign(namespace, leastLoaded(namespace));
            }
        }
    }

    /** Every move narrows the difference between two members, so the loop ends. */
    private void balanceLoads() {
        Optional<String> misplaced = namespaceToMove();
        while (misplaced.isPresent()) {
            String namespace = misplaced.get();
            loads.merge(target.get(namespace), -1, Integer::sum);
            assign(namespace, leastLoaded(namespace));
            misplaced = namespaceToMove();
        }
    }

    private Optional<String> namespaceToMove() {
        return target.keySet().stream()
                .filter(namespace -> loads.get(target.get(namespace)) - loads.get(leastLoaded(namespace)) > 1)
                .max(Comparator.comparing(namespace -> loads.get(target.get(namespace))));
    }

    private String leastLoaded(String namespace) {
        return candidates.get(namespace).stream()
                .min(Comparator.comparing(loads::get))
                .orElseThrow();
    }

    private void assign(String namespace, String member) {
        target.put(namespace, member);
        loads.merge(member, 1, Integer::sum);
    }

    private LeaderAssignment assignmentWithoutMoves() {
        Map<String, String> unmoved = target.entrySet().stream()
                .filter(entry -> !holders.containsKey(entry.getKey())
                        || holders.get(entry.getKey()).member().equals(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new LeaderAssignment(unmoved, loads.keySet());
    }
}
