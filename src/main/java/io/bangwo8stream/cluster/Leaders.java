package io.bangwo8stream.cluster;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the group decided: the same for every member.
 *
 * @param byNamespace the leading member of each namespace; a namespace on its way from one to another has none
 * @param members     the ids of all instances
 */
record Leaders(Map<String, String> byNamespace, Set<String> members) {

    static final Leaders NONE = new Leaders(Map.of(), Set.of());

    Leaders {
        byNamespace = Map.copyOf(byNamespace);
        members = Set.copyOf(members);
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
        ObjectNode json = Wire.object();
        ObjectNode leaders = json.putObject("leaders");
        new TreeMap<>(byNamespace).forEach(leaders::put);
        Wire.put(json, "members", members);
        return Wire.bytes(json);
    }

    static Leaders of(ByteBuffer bytes) {
        JsonNode json = Wire.read(bytes);
        Map<String, String> leaders = new TreeMap<>();
        json.path("leaders").properties().forEach(entry -> leaders.put(entry.getKey(), entry.getValue().asText()));
        return new Leaders(leaders, Wire.texts(json.path("members")));
    }
}
