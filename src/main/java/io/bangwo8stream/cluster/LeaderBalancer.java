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
 * Spreads namespaces over members: each goes to one member that wants it, stays where it is while that is fair, and
 * never passes from one member to another within one decision.
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
            // A member that was thrown out meanwhile claims by an older generation than the one that replaced it.
            claim.held()
                    .forEach(namespace -> holders.merge(
                            namespace, claim, (one, other) -> one.generation() >= other.generation() ? one : other));
        }
    }

    /**
     * The leaders that follow from the claims, the same whoever works it out. A namespace that has to move has no
     * leader yet: its holder lets go of it and claims again, and the next decision gives it away.
     */
    static LeaderAssignment decide(Collection<Claim> claims) {
        LeaderBalancer balance = new LeaderBalancer(claims);
        balance.keep();
        balance.fill();
        balance.level();
        return balance.withoutMoves();
    }

    private void keep() {
        holders.forEach((namespace, claim) -> {
            if (claim.wanted().contains(namespace)) {
                give(namespace, claim.member());
            }
        });
    }

    private void fill() {
        for (String namespace : candidates.keySet()) {
            if (!target.containsKey(namespace)) {
                give(namespace, idlest(namespace));
            }
        }
    }

    /** Every move narrows the gap between two members, so that this ends. */
    private void level() {
        Optional<String> uneven = uneven();
        while (uneven.isPresent()) {
            String namespace = uneven.get();
            loads.merge(target.get(namespace), -1, Integer::sum);
            give(namespace, idlest(namespace));
            uneven = uneven();
        }
    }

    private Optional<String> uneven() {
        return target.keySet().stream()
                .filter(namespace -> loads.get(target.get(namespace)) - loads.get(idlest(namespace)) > 1)
                .max(Comparator.comparing(namespace -> loads.get(target.get(namespace))));
    }

    private String idlest(String namespace) {
        return candidates.get(namespace).stream()
                .min(Comparator.comparing(loads::get))
                .orElseThrow();
    }

    private void give(String namespace, String member) {
        target.put(namespace, member);
        loads.merge(member, 1, Integer::sum);
    }

    private LeaderAssignment withoutMoves() {
        Map<String, String> settled = target.entrySet().stream()
                .filter(entry -> !holders.containsKey(entry.getKey())
                        || holders.get(entry.getKey()).member().equals(entry.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new LeaderAssignment(settled, loads.keySet());
    }
}
