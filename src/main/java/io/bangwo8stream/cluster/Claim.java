package io.bangwo8stream.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one instance sends to the group when it joins.
 *
 * @param member     id of the instance
 * @param wanted     the namespaces that the instance can lead
 * @param mostWanted the most namespaces that the instance has wanted at once since it joined: a single run that has
 *                   finished with one of its streams must not lose the others, whose scans are in progress
 * @param held       the namespaces that the instance leads, or has lost but not yet confirmed as released
 * @param generation the generation of the group in which {@code held} was assigned; -1 before the first
 * @param report     what makes the instance able or unable to lead
 */
record Claim(String member, Set<String> wanted, int mostWanted, Set<String> held, int generation, MemberReport report) {

    Claim {
        wanted = Set.copyOf(wanted);
        held = Set.copyOf(held);
    }

    Claim withHeld(Set<String> more) {
        Set<String> all = new TreeSet<>(held);
        all.addAll(more);
        return new Claim(member, wanted, mostWanted, all, generation, report);
    }

    ByteBuffer toBytes() {
        ObjectNode json = ClaimCodec.object()
                .put("member", member)
                .put("mostWanted", mostWanted)
                .put("generation", generation);
        ClaimCodec.put(json, "wanted", new TreeSet<>(wanted));
        ClaimCodec.put(json, "held", new TreeSet<>(held));
        json.set("report", report.toJson());
        return ClaimCodec.toBytes(json);
    }

    static Claim of(ByteBuffer bytes) {
        JsonNode json = ClaimCodec.read(bytes);
        Set<String> wanted = ClaimCodec.strings(json.path("wanted"));
        return new Claim(
                json.path("member").asText(),
                wanted,
                json.path("mostWanted").asInt(wanted.size()),
                ClaimCodec.strings(json.path("held")),
                json.path("generation").asInt(-1),
                MemberReport.of(json.path("report")));
    }
}
