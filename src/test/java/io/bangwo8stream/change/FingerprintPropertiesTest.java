package io.bangwo8stream.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.fuzz.FuzzTime;
import io.bangwo8stream.record.LenientJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Two documents have the same fingerprint exactly when they have the same content. */
@AddLifecycleHook(FuzzTime.class)
@PropertyDefaults(tries = FuzzTime.UNLIMITED, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
class FingerprintPropertiesTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Provide
    Arbitrary<JsonNode> documents() {
        return document(2);
    }

    /** Generates documents from a few small values, so that two of them are often nearly equal. */
    private static Arbitrary<JsonNode> document(int depth) {
        Arbitrary<JsonNode> scalar = Arbitraries.of(
                NODES.nullNode(),
                NODES.textNode(""),
                NODES.textNode("a"),
                NODES.textNode("5"),
                NODES.textNode("5.00"),
                NODES.textNode("05"),
                NODES.textNode("1"),
                NODES.numberNode(5),
                NODES.numberNode(100),
                NODES.numberNode(new BigDecimal("1.00")),
                NODES.numberNode(new BigInteger("12345678901234567890")),
                NODES.booleanNode(true));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<JsonNode> array = document(depth - 1)
                .list()
                .ofMaxSize(3)
                .map(elements -> NODES.arrayNode().addAll(elements));
        Arbitrary<JsonNode> object = Arbitraries.maps(Arbitraries.of("", "a", "b", "5"), document(depth - 1))
                .ofMaxSize(3)
                .map(FingerprintPropertiesTest::object);
        return Arbitraries.oneOf(scalar, array, object);
    }

    @Property
    void ignoresTheFormOfADocument(@ForAll("documents") JsonNode document, @ForAll Random random) {
        assertThat(Fingerprint.of(otherForm(document, random))).isEqualTo(Fingerprint.of(document));
    }

    @Property
    void differsForDocumentsWithDifferentContent(
            @ForAll("documents") JsonNode one, @ForAll("documents") JsonNode other) {
        assertThat(Fingerprint.of(one).equals(Fingerprint.of(other)))
                .as("%s and %s", one, other)
                .isEqualTo(canonicalText(one).equals(canonicalText(other)));
    }

    private static JsonNode otherForm(JsonNode node, Random random) {
        if (node.isObject()) {
            List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
            Collections.shuffle(members, random);
            ObjectNode object = NODES.objectNode();
            members.forEach(member -> object.set(member.getKey(), otherForm(member.getValue(), random)));
            if (random.nextBoolean()) {
                object.set("absent", nothing(random));
            }
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = NODES.arrayNode();
            node.forEach(element -> array.add(otherForm(element, random)));
            return array;
        }
        if (node.isNull() || node.isTextual() && node.textValue().isEmpty()) {
            return nothing(random);
        }
        if (node.isNumber() && random.nextBoolean()) {
            return NODES.textNode(canonicalText(node));
        }
        return node.isNumber() ? NODES.numberNode(node.decimalValue().setScale(3 + random.nextInt(3))) : node;
    }

    private static JsonNode nothing(Random random) {
        return random.nextBoolean() ? NODES.nullNode() : NODES.textNode("");
    }

    /** The content of a document as text that is the same for every form. */
    private static String canonicalText(JsonNode node) {
        if (node.isObject()) {
            List<String> members = new ArrayList<>();
            node.properties().stream()
                    .filter(member -> !canonicalText(member.getValue()).equals("nothing"))
                    .forEach(member -> members.add(quoted(member.getKey()) + ":" + canonicalText(member.getValue())));
            Collections.sort(members);
            return members.toString().replaceAll("^\\[|]$", "|");
        }
        if (node.isArray()) {
            List<String> elements = new ArrayList<>();
            node.forEach(element -> elements.add(
                    element.isValueNode() && !canonicalText(element).equals("nothing")
                            ? quoted(canonicalText(element))
                            : canonicalText(element)));
            return elements.toString();
        }
        if (node.isNumber() || node.asText().matches("(0|[1-9]\\d*)(\\.\\d+)?")) {
            return new BigDecimal(node.asText()).stripTrailingZeros().toPlainString();
        }
        return node.isNull() || node.asText().isEmpty() ? "nothing" : node.asText();
    }

    private static String quoted(String text) {
        return new String(LenientJson.write(NODES.textNode(text)), StandardCharsets.UTF_8);
    }

    private static ObjectNode object(Map<String, JsonNode> members) {
        ObjectNode object = NODES.objectNode();
        members.forEach(object::set);
        return object;
    }
}
