package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.fuzz.FuzzTime;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Tests properties of the decoder with arbitrary text and with any array that PHP can serialise. */
@AddLifecycleHook(FuzzTime.class)
@PropertyDefaults(tries = FuzzTime.UNLIMITED, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
class PhpArrayDecoderPropertiesTest {
    private static final int MAX_DEPTH = 3;
    private static final BigDecimal LARGEST = BigDecimal.TEN.pow(20);

    @Provide
    Arbitrary<JsonNode> arrays() {
        return Arbitraries.oneOf(lists(MAX_DEPTH), maps(MAX_DEPTH));
    }

    @Provide
    Arbitrary<String> nearlySerialised() {
        Arbitrary<Double> places = Arbitraries.doubles().between(0, 1);
        Arbitrary<String> changes =
                Arbitraries.strings().withChars("a:{}isdbNORC;\"0123456789-网").ofMaxLength(3);
        return Combinators.combine(arrays(), places, changes).as((array, place, change) -> {
            String serialised = serialised(array);
            int position = (int) (place * (serialised.length() - 1));
            return serialised.substring(0, position) + change + serialised.substring(position + 1);
        });
    }

    @Property
    void decodesEverySerialisedArray(@ForAll("arrays") JsonNode array) {
        assertThat(PhpArrayDecoder.decode(serialised(array)))
                .map(JsonNode::toString)
                .hasValue(array.toString());
    }

    @Property
    void neverThrowsAnException(@ForAll String text, @ForAll("nearlySerialised") String nearly) {
        assertThatCode(() -> PhpArrayDecoder.decode("a:1:{" + text)).doesNotThrowAnyException();
        assertThatCode(() -> PhpArrayDecoder.decode(nearly)).doesNotThrowAnyException();
    }

    private static Arbitrary<JsonNode> lists(int depth) {
        return values(depth)
                .list()
                .ofMaxSize(4)
                .map(values -> LenientJson.NODES.arrayNode().addAll(values));
    }

    private static Arbitrary<JsonNode> maps(int depth) {
        // Keys begin with a letter because PHP turns keys of digits into integers.
        Arbitrary<String> keys =
                Arbitraries.strings().withChars("aé网络\"}").ofMaxLength(4).map(key -> "k" + key);
        return Arbitraries.maps(keys, values(depth))
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(members -> LenientJson.object().setAll(members));
    }

    private static Arbitrary<JsonNode> values(int depth) {
        return depth == 0 ? scalars() : Arbitraries.oneOf(scalars(), lists(depth - 1), maps(depth - 1));
    }

    private static Arbitrary<JsonNode> scalars() {
        return Arbitraries.oneOf(
                Arbitraries.just(TypingResult.EMPTY),
                Arbitraries.of(true, false).map(LenientJson.NODES::booleanNode),
                Arbitraries.integers().map(LenientJson.NODES::numberNode),
                Arbitraries.bigDecimals()
                        .between(LARGEST.negate(), LARGEST)
                        .ofScale(2)
                        .map(LenientJson.NODES::numberNode),
                Arbitraries.strings()
                        .withChars("aé网\";:{}")
                        .ofMaxLength(6)
                        .map(text -> LenientJson.NODES.textNode(text + "😀")));
    }

    /** Returns the output of PHP's serialize() for a value. */
    private static String serialised(JsonNode value) {
        if (value.isContainerNode()) {
            StringBuilder members = new StringBuilder("a:" + value.size() + ":{");
            if (value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    members.append("i:").append(i).append(';').append(serialised(value.get(i)));
                }
            } else {
                value.properties()
                        .forEach(member -> members.append(text(member.getKey())).append(serialised(member.getValue())));
            }
            return members.append('}').toString();
        }
        if (value.isTextual()) {
            return text(value.textValue());
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "b:1;" : "b:0;";
        }
        return value.isNull()
                ? "N;"
                : (value.isInt() ? "i:" : "d:") + value.decimalValue().toPlainString() + ";";
    }

    private static String text(String text) {
        return "s:" + text.getBytes(StandardCharsets.UTF_8).length + ":\"" + text + "\";";
    }
}
