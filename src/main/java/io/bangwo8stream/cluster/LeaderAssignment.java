package io.bangwo8stream.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The leaders that the group decided on; every member receives the same assignment.
 *
 * @param byNamespace the leading member of each namespace; a namespace that moves between members has none
 * @param members     the ids of all instances
 * @param unwanted    the namespaces that nobody leads, because the leader of the group does not want them
 * @param stateFormat the newest format of states that any member has found or writes
 */
record LeaderAssignment(Map<String, String> byNamespace, Set<String> members, Set<String> unwanted, int stateFormat) {

    static final LeaderAssignment NONE = new LeaderAssignment(Map.of(), Set.of(), Set.of(), 0);

    LeaderAssignment {
        byNamespace = Map.copyOf(byNamespace);
        members = Set.copyOf(members);
        unwanted = Set.copyOf(unwanted);
    }

    Optional<String> of(String namespace) {
        return Optional.ofNullable(byNamespace.get(namespace));
    }

    Set<String> ledBy(String member) {
        return byNamespace.entrySet().stream()
                .filter(entry -> entry.getValue().equals(member))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    ByteBuffer toBytes() {
        ObjectNode json = ClaimCodec.object();
        ObjectNode leaders = json.putObject("leaders");
        new TreeMap<>(byNamespace).forEach(leaders::put);
        ClaimCodec.put(json, "members", members);
        ClaimCodec.put(json, "unwanted", unwanted);
        json.put("stateFormat", stateFormat);
        return ClaimCodec.toBytes(json);
    }

    static LeaderAssignment of(ByteBuffer bytes) {
        JsonNode json = ClaimCodec.read(bytes);
        Map<String, String> leaders = new TreeMap<>();
        json.path("leaders")
                .properties()
                .forEach(entry -> leaders.put(entry.getKey(), entry.getValue().asText()));
        return new LeaderAssignment(
                leaders,
                ClaimCodec.strings(json.path("members")),
                ClaimCodec.strings(json.path("unwanted")),
                json.path("stateFormat").asInt());
    }
}
