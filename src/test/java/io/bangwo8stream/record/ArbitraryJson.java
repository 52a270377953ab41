package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generates JSON of every type; the vendor's irregular strings occur far more often than in uniformly random data. */
final class ArbitraryJson {
    private static final List<String> IRREGULAR_STRINGS = List.of(
            "",
            " ",
            "0",
            "5",
            " 5 ",
            "05",
            "5.0",
            "234.00",
            "1e999999999",
            "NaN",
            "null",
            "-",
            "0000-00-00",
            "0000-00-00 00:00:00",
            "2017-8-27 10:21:10",
            "2017-08-27 10:21:10",
            "2017-02-30 10:00:00",
            "1900-01-01 00:00:00",
            "昨天",
            "服务完成",
            "网络",
            "启用",
            "新建",
            "工单工作台",
            "客服",
            "a:0:{}",
            "a:1:{i:0;s:6:\"网络\";}",
            "a:1:{i:0;s:2:\"网络\";}",
            "N;",
            "\uD83D",
            "\u0000");

    private static final int MAX_DEPTH = 3;

    private ArbitraryJson() {}

    /** Generates rows with a valid id, and arbitrary JSON in fields of the table and in other fields. */
    static Arbitrary<ObjectNode> row(FieldTable table, String id) {
        List<String> tableFields = table.fields().stream()
                .map(Field::name)
                .filter(name -> !name.equals(id))
                .toList();
        Arbitrary<String> names = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.of(tableFields)),
                Tuple.of(1, Arbitraries.strings().alpha().ofMinLength(1).map(name -> "new_" + name)));
        return Arbitraries.maps(names, value())
                .ofMaxSize(12)
                .map(fields -> object(fields).put(id, 7));
    }

    static Arbitrary<JsonNode> value() {
        return value(MAX_DEPTH);
    }

    static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.of(IRREGULAR_STRINGS), Arbitraries.strings().ofMaxLength(12), time());
    }

    private static Arbitrary<JsonNode> value(int depth) {
        if (depth == 0) {
            return scalar();
        }
        return Arbitraries.frequencyOf(
                Tuple.of(5, scalar()),
                Tuple.of(1, array(depth - 1)),
                Tuple.of(1, customFields(depth - 1)),
                Tuple.of(1, object(depth - 1)));
    }

    private static Arbitrary<JsonNode> scalar() {
        return Arbitraries.oneOf(
                Arbitraries.just(TypingResult.EMPTY),
                Arbitraries.of(true, false).map(LenientJson.NODES::booleanNode),
                Arbitraries.integers().between(-1, 9).map(LenientJson.NODES::numberNode),
                Arbitraries.longs().map(LenientJson.NODES::numberNode),
                Arbitraries.bigIntegers()
                        .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40))
                        .map(LenientJson.NODES::numberNode),
                Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(-400, 400))
                        .as((digits, scale) ->
                                LenientJson.NODES.numberNode(new BigDecimal(BigInteger.valueOf(digits), scale))),
                text().map(LenientJson.NODES::textNode));
    }

    private static Arbitrary<String> time() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 62);
        return Combinators.combine(
                        Arbitraries.integers().between(1899, 2040),
                        number,
                        number,
                        number,
                        number,
                        Arbitraries.of("%d-%d-%d %d:%d:10", "%d-%02d-%02d %02d:%02d:05"))
                .as((year, month, day, hour, minute, form) ->
                        String.format(form, year, month % 14, day % 33, hour % 25, minute));
    }

    private static Arbitrary<JsonNode> array(int depth) {
        return value(depth).list().ofMaxSize(3).map(ArbitraryJson::array);
    }

    private static Arbitrary<JsonNode> customFields(int depth) {
        return value(depth)
                .list()
                .ofMaxSize(3)
                .map(values -> array(values.stream()
                        .<JsonNode>map(value ->
                                LenientJson.object().put("key", "field_1").set("value", value))
                        .toList()));
    }

    private static Arbitrary<JsonNode> object(int depth) {
        return Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(5), value(depth))
                .ofMaxSize(3)
                .map(ArbitraryJson::object);
    }

    private static ArrayNode array(List<JsonNode> values) {
        return LenientJson.NODES.arrayNode().addAll(values);
    }

    private static ObjectNode object(Map<String, JsonNode> fields) {
        ObjectNode object = LenientJson.object();
        fields.forEach(object::set);
        return object;
    }
}
