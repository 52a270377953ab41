package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/** The irregular values that the API returns, or documents, in rows of remote-assistance records. */
final class VendorIrregularities {

    private static final String PHP_ARRAY =
            "a:4:{s:2:\"SN\";s:16:\"xpt87wm7u4a64lv4\";s:5:\"total\";i:0;s:4:\"data\";a:0:{}s:10:\"isAppraise\";i:0;}";
    private static final String PHP_CHINESE = "a:2:{s:6:\"名称\";s:9:\"打印机\";s:4:\"okay\";b:1;}";

    private static final List<Consumer<ObjectNode>> IRREGULARITIES = List.of(
            VendorIrregularities::numbersAsText,
            VendorIrregularities::emptyNumbers,
            row -> unpad(row, "csBTime"),
            row -> unpad(row, "csETime"),
            row -> row.put("payDateTime", ""),
            row -> row.put("payDateTime", "0000-00-00 00:00:00"),
            row -> row.putNull("payDateTime"),
            row -> row.put("payDateTime", "昨天"),
            row -> row.put("csPrice", "1234.50"),
            row -> row.put("csPrice", ""),
            row -> row.put("csPrice", "面议"),
            row -> row.put("isFinish", "已解决"),
            row -> row.put("payStat", "支付成功"),
            row -> row.put("contactMethod", "0571-88001234"),
            row -> row.put("contactMethod", 13240138478L),
            row -> row.put("uniqueNumber", "000123456"),
            row -> row.put("vipLevel", "金牌").putObject("extra").put("channel", "微信"),
            row -> row.remove("csServicerAgentId"),
            row -> row.remove("comment"),
            row -> row.putNull("note"),
            row -> row.put("custom_fields", ""),
            row -> row.remove("custom_fields"),
            row -> row.put("FileCount", 3.0),
            row -> row.remove("contents"),
            row -> customField(row, "field_25").put("value", PHP_ARRAY),
            row -> customField(row, "field_26").put("value", PHP_CHINESE),
            row -> customField(row, "field_27").put("value", "a:1:{s:2:\"SN\";s:99:\"短\";}"),
            row -> customField(row, "field_28").put("value", 7),
            row -> customField(row, "field_16")
                    .putArray("value")
                    .addObject()
                    .put("name", "截图 1.jpg")
                    .put("uri", "386279/snNyQASjsh.jpg")
                    .put("datetime", "2019-12-19 14:28:48"));

    private VendorIrregularities() {}

    /** Adds one or two irregularities to 35 % of the rows. */
    static void addTo(ObjectNode row, SeededRandom random) {
        if (random.percent(35)) {
            random.pick(IRREGULARITIES).accept(row);
            random.pick(IRREGULARITIES).accept(row);
        }
    }

    private static void numbersAsText(ObjectNode row) {
        List.of("csId", "csStat", "csServicerId", "payStat", "ptId", "commentScore", "isFinish", "ChatRecord", "Remote")
                .forEach(field -> row.put(field, row.path(field).asText("")));
    }

    private static void emptyNumbers(ObjectNode row) {
        List.of("csSId", "ptThird", "FileCount").forEach(field -> row.put(field, ""));
    }

    private static void unpad(ObjectNode row, String field) {
        row.put(field, row.path(field).asText("").replaceAll("-0(\\d)", "-$1"));
    }

    private static ObjectNode customField(ObjectNode row, String key) {
        // Another irregularity may have replaced the array by a text.
        ArrayNode fields = row.path("custom_fields") instanceof ArrayNode array ? array : row.putArray("custom_fields");
        return fields.addObject().put("key", key);
    }
}
