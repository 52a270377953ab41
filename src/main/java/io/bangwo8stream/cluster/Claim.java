package io.bangwo8stream.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one instance tells the group when it joins.
 *
 * @param member     the instance's id
 * @param wanted     the namespaces it could lead
 * @param held       the namespaces it leads, or is still letting go of
 * @param generation the group's generation in which it was given them; -1 before the first
 */
record Claim(String member, Set<String> wanted, Set<String> held, int generation) {

    Claim {
        wanted = Set.copyOf(wanted);
        held = Set.copyOf(held);
    }

    Claim holdingAlso(Set<String> more) {
        Set<String> all = new TreeSet<>(held);
        all.addAll(more);
        return new Claim(member, wanted, all, generation);
    }

    ByteBuffer toBytes() {
        ObjectNode json = ClaimCodec.object().put("member", member).put("generation", generation);
        ClaimCodec.put(json, "wanted", new TreeSet<>(wanted));
        ClaimCodec.put(json, "held", new TreeSet<>(held));
        return ClaimCodec.bytes(json);
    }

    static Claim of(ByteBuffer bytes) {
        JsonNode json = ClaimCodec.read(bytes);
        return new Claim(
                json.path("member").asText(),
                ClaimCodec.texts(json.path("wanted")),
                ClaimCodec.texts(json.path("held")),
                json.path("generation").asInt(-1));
    }
}
