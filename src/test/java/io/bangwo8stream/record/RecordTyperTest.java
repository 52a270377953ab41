package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTyperTest {
    private static final FieldTable TABLE = FieldTable.bundled("remote-record");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "5, 5",
        "' 5 ', 5",
        "05, 5",
        "5.0, 5",
        "5., 5",
        "+5, 5",
        "-0, 0",
        "1e3, 1000",
        "50e-1, 5",
        "0000000000000000005, 5",
        "2147483648, 2147483648",
        "99999999999999999999, 99999999999999999999"
    })
    void parsesIntegersInStrings(String sent, String integer) {
        TypedRecord typed = typed(SHANGHAI, "csSId", sent);

        assertThat(typed.record().get("csSId").isIntegralNumber()).isTrue();
        assertThat(typed.record().get("csSId")).hasToString(integer);
        assertThat(typed.unparsed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5.5", "5 6", "--5", "+", ".", "e5", "5e", "5e+", "0x10", "1_000", "1,000", "\uFF15", "\u0665",
                "5e1000", "1e101", "NaN", "null"
            })
    void movesAStringThatIsNotAnIntegerToUnparsed(String sent) {
        assertUnparsed(typed(SHANGHAI, "csSId", sent), "csSId", sent);
    }

    @ParameterizedTest
    @CsvSource({"234.00, 234.00", "' 0.10 ', 0.10", "234, 234", "-1.50, -1.50", ".5, 0.5", "2.34E+2, 234", "1e2, 100"})
    void keepsTheScaleOfPricesInStrings(String sent, String price) {
        assertThat(typed(SHANGHAI, "csPrice", sent).record().get("csPrice")).hasToString(price);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-101", "234.00元", "1,234.00", "1.2.3", "免费"})
    void movesAStringThatIsNotAPriceToUnparsed(String sent) {
        assertUnparsed(typed(SHANGHAI, "csPrice", sent), "csPrice", sent);
    }

    @Test
    void limitsTheDigitsOfNumbers() {
        String longest = "9".repeat(100);

        assertThat(typed(SHANGHAI, "csPrice", longest).record().get("csPrice")).hasToString(longest);
        assertUnparsed(typed(SHANGHAI, "csPrice", longest + "9"), "csPrice", longest + "9");
        assertUnparsed(typed(SHANGHAI, "csSId", "0".repeat(1000)), "csSId", "0".repeat(1000));
    }

    @ParameterizedTest
    @CsvSource({
        "2017-8-27 10:21:10,  2017-08-27T10:21:10+08:00",
        "2016-02-29 23:59:59, 2016-02-29T23:59:59+08:00",
        "2017-12-31 00:00:00, 2017-12-31T00:00:00+08:00",
        // China had summer time from 1986 to 1991.
        "1988-07-01 12:00:00, 1988-07-01T12:00:00+09:00",
    })
    void addsTheOffsetOfTheZoneToTimes(String sent, String time) {
        assertThat(typed(SHANGHAI, "csBTime", sent).record().get("csBTime").textValue())
                .isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2017-02-29 10:00:00",
                "2017-04-31 10:00:00",
                "2017-00-10 10:00:00",
                "2017-01-00 10:00:00",
                "2017-01-01 10:60:00",
                "2017-01-01 10:00:60",
                "2017-01-01T10:00:00",
                "2017-01-01  10:00:00",
                "17-01-01 10:00:00",
                "12017-01-01 10:00:00",
                "2017-001-01 10:00:00",
                "2017-01-01 10:00",
                "2017/01/01 10:00:00",
                "2017-01-01 10:00:00Z",
                "2017-01-01 1o:00:00",
                "0000-01-01 00:00:00",
                "0000-00-00 00:00:01",
                "-",
                "2017-",
                "2017-01-01 10:00:"
            })
    void movesAStringThatIsNotATimeToUnparsed(String sent) {
        assertUnparsed(typed(SHANGHAI, "csBTime", sent), "csBTime", sent);
    }

    @Test
    void movesATimeThatSummerTimeSkipsToUnparsed() {
        assertUnparsed(typed(BERLIN, "csBTime", "2024-03-31 02:30:00"), "csBTime", "2024-03-31 02:30:00");
    }

    @Test
    void usesTheFirstOffsetOfATimeThatOccursTwice() {
        assertThat(typed(BERLIN, "csBTime", "2024-10-27 02:30:00")
                        .record()
                        .get("csBTime")
                        .textValue())
                .isEqualTo("2024-10-27T02:30:00+02:00");
    }

    @Test
    void convertsFloatingPointNodes() {
        JsonNode row = LenientJson.object()
                .put("csSId", 5.0)
                .put("csServicerId", Double.NaN)
                .put("csPrice", 0.5f)
                .put("uniqueNumber", Double.POSITIVE_INFINITY);

        TypedRecord typed = new RecordTyper(SHANGHAI).type(row.deepCopy(), TABLE);

        assertThat(typed.record())
                .hasToString("{\"csSId\":5,\"csServicerId\":null,\"csPrice\":0.5,\"uniqueNumber\":\"Infinity\"}");
    }

    private static TypedRecord typed(ZoneId zone, String field, String sent) {
        return new RecordTyper(zone).type(LenientJson.object().put(field, sent), TABLE);
    }

    private static void assertUnparsed(TypedRecord typed, String field, String sent) {
        assertThat(typed.record().get(field).isNull()).isTrue();
        assertThat(typed.unparsed().get(field).textValue()).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csPrice", "csSId", "csStat", "note", "csBTime", "newField"})
    void movesAnInfinityOfAnyFieldToUnparsed(String field) throws Exception {
        TypedRecord typed = typed("{\"csId\":7,\"" + field + "\":-Infinity}");

        assertThat(typed.record()).hasToString("{\"csId\":7,\"" + field + "\":null}");
        assertThat(typed.unparsed()).hasToString("{\"" + field + "\":\"-Infinity\"}");
        assertThat(typed.labels()).isEmpty();
    }

    @Test
    void movesANumberThatIsNoneInsideAFieldToUnparsedUnderItsPath() throws Exception {
        TypedRecord typed = typed("{\"new\":{\"list\":[1,{\"a\":NaN,\"b\":2}]}}");

        assertThat(typed.record()).hasToString("{\"new\":{\"list\":[1,{\"a\":null,\"b\":2}]}}");
        assertThat(typed.unparsed()).hasToString("{\"new.list[1].a\":\"NaN\"}");
    }

    @Test
    void replacesAFieldThatIsNestedTooDeepWithAMarkerUnderUnparsed() throws Exception {
        TypedRecord typed = typed("{\"csId\":7,\"new\":{\"a\":" + "[".repeat(600) + "]".repeat(600) + "},\"csSId\":1}");

        assertThat(typed.record()).hasToString("{\"csId\":7,\"new\":null,\"csSId\":1}");
        assertThat(typed.unparsed()).hasToString("{\"new\":\"nested deeper than 100 levels\"}");
    }

    @Test
    void readsALeadingZeroAsANumberWhereTheTypeIsANumberAndAsATextElsewhere() throws Exception {
        assertThat(typed("{\"csSId\":007,\"csPrice\":07.50,\"new\":007}").record())
                .hasToString("{\"csSId\":7,\"csPrice\":7.50,\"new\":\"007\"}");
    }

    private static TypedRecord typed(String row) throws Exception {
        return new RecordTyper(SHANGHAI)
                .type((ObjectNode) LenientJson.read(row.getBytes(StandardCharsets.UTF_8)), TABLE);
    }
}
