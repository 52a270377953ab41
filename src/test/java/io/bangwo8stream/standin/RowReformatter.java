package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Writes a row in another form of the same content: members in another order, numbers as text, unpadded dates. */
final class RowReformatter {

    private static final Set<String> NUMBERS = Set.of(
            "csId",
            "csStat",
            "csServicerId",
            "csServicerAgentId",
            "csSId",
            "csPrice",
            "payStat",
            "ptId",
            "ptChildId",
            "ptThird",
            "commentScore",
            "isFinish",
            "ChatRecord",
            "Remote",
            "TransferFile",
            "FileCount",
            "spokesman_identity");
    private static final Set<String> TIMES = Set.of("csBTime", "csETime", "payDateTime", "time");

    private RowReformatter() {}

    static byte[] reformat(byte[] row, long seed) {
        Random random = new Random(seed);
        ObjectNode original = Json.readObject(new String(row, StandardCharsets.UTF_8));
        List<String> names = new ArrayList<>();
        original.fieldNames().forEachRemaining(names::add);
        Collections.shuffle(names, random);
        ObjectNode shuffled = Json.object();
        for (String name : names) {
            shuffled.set(name, random.nextBoolean() ? otherForm(name, original.get(name)) : original.get(name));
        }
        return Json.write(shuffled);
    }

    private static JsonNode otherForm(String name, JsonNode value) {
        if (NUMBERS.contains(name) && value.isNumber()) {
            // The text keeps the scale of the decimal.
            return TextNode.valueOf(value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText());
        }
        if (NUMBERS.contains(name) && value.asText().matches("0|[1-9]\\d{0,8}")) {
            return LongNode.valueOf(value.asLong());
        }
        if (TIMES.contains(name) && VendorTime.day(value.asText()).isPresent()) {
            return TextNode.valueOf(value.asText().replaceAll("-0(\\d)", "-$1"));
        }
        return value;
    }
}
