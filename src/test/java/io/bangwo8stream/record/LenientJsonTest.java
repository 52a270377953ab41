package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientJsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"234.00", "0.10", "0", "-7", "9223372036854775808", "123456789012345678901234567890.50"})
    void writesNumbersExactlyAsRead(String number) throws IOException {
        assertThat(written(read(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "1e999999999", "-1.5E-999999999"})
    void keepsANumberWithAnExtremeExponentAsAString(String number) throws IOException {
        assertThat(read("{\"a\": " + number + "}").get("a").textValue()).isEqualTo(number);
    }

    @Test
    void keepsANumberOfMoreThan400DigitsAsAStringAndReadsALongString() throws IOException {
        String longest = "9".repeat(400);
        String text = "长".repeat(5_000_000);

        JsonNode page = read("[" + longest + ", 9" + longest + ", 9." + longest + ", \"" + text + "\"]");

        assertThat(page.get(0).bigIntegerValue()).hasToString(longest);
        assertThat(page.get(1).textValue()).isEqualTo("9" + longest);
        assertThat(page.get(2).textValue()).isEqualTo("9." + longest);
        assertThat(page.get(3).textValue()).isEqualTo(text);
    }

    @Test
    void readsThreeMegabytesOfLongDecimalsInLinearTime() {
        String page = "[" + ("1." + "7".repeat(10_000) + ",").repeat(300) + "[NaN]]";

        assertThat(assertTimeout(Duration.ofSeconds(10), () -> read(page))).hasSize(301);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            {"a": "x\ty"}            | {"a":"x\\ty"}
            {"a": "x\\'y"}           | {"a":"x'y"}
            {'a': 'x"y'}             | {"a":"x\\"y"}
            {"a": +7}                | {"a":7}
            {"a": [+7.50, .5, 5.]}   | {"a":[7.50,0.5,5]}
            {"a": 007}               | {"a":"007"}
            {"a": [-007.50, +00, 0]} | {"a":["-007.50","+00",0]}
            {"a": NaN}               | {"a":"NaN"}
            [Infinity, -Infinity]    | ["Infinity","-Infinity"]
            """)
    void readsWhatIsNoJsonButHasOneMeaning(String sent, String read) throws IOException {
        assertThat(written(read("\n" + sent))).isEqualTo(read);
    }

    @Test
    void readsALineEndInAText() throws IOException {
        assertThat(read("[\"a\r\nb\"]").get(0).textValue()).isEqualTo("a\r\nb");
    }

    @Test
    void marksWhatJsonCannotRepresent() throws IOException {
        assertThat(read("[NaN]").get(0)).isInstanceOf(UnusableValue.class);
        assertThat(read("[007]").get(0)).isNotInstanceOf(UnusableValue.class);
    }

    @Test
    void ignoresByteOrderMarksAfterBlankLines() throws IOException {
        assertThat(written(read("\r\n \uFEFF\n\uFEFF{\"a\":007}"))).isEqualTo("{\"a\":\"007\"}");
    }

    @Test
    void stopsReadingWhenTheLimitsDoNotPermitMore() {
        byte[] page = ("[" + "{},".repeat(10_000) + "1]").getBytes(StandardCharsets.UTF_8);
        long[] read = new long[1];
        IOException refusal = new IOException("too many values");

        assertThatThrownBy(() -> LenientJson.read(page, values -> {
                    read[0] = values;
                    if (values > 5_000) {
                        throw refusal;
                    }
                }))
                .isSameAs(refusal);
        assertThat(read[0]).isLessThan(7_000);
    }

    @Test
    void readsCommentsAndTrailingCommas() throws IOException {
        JsonNode document = read("/* a */ {\"a\": [1, 2,], // b\n \"c\": null,} // end");

        assertThat(written(document)).isEqualTo("{\"a\":[1,2],\"c\":null}");
    }

    @Test
    void keepsTheLastValueOfARepeatedMember() throws IOException {
        assertThat(written(read("{\"a\": 1, \"b\": 2, \"a\": 3}"))).isEqualTo("{\"a\":3,\"b\":2}");
    }

    @Test
    void ignoresAByteOrderMark() throws IOException {
        assertThat(written(read("\uFEFF[true]"))).isEqualTo("[true]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                       | is empty",
                "// only a comment        | is empty",
                "{\"secret\": \"secr      | is truncated",
                "[1, 2                    | is truncated",
                "<html>secret</html>      | is not JSON, line 1, column 1",
                "{\"a\": secret}          | is not JSON, line 1",
                "{\"a\": 1} secret        | is not JSON",
                "{\"a\": 1} {\"secret\":1}| continues after its end, line 1, column 10",
                "[1 2]                    | is not JSON",
            })
    void reportsThePositionButNotTheContentOfAnError(String document, String error) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(UnreadableJsonException.class)
                .hasMessageContaining(error)
                .hasMessageNotContainingAny("secret", "secr", "html")
                .hasNoCause();
    }

    @Test
    void marksAValueThatIsNestedTooDeepAndReadsTheRest() throws IOException {
        JsonNode deepest = read("[" + "[".repeat(99) + "]".repeat(99) + ", 1]");
        JsonNode tooDeep = read("[" + "[".repeat(600) + "]".repeat(600) + ", 1]");

        assertThat(UnusableValue.isIn(deepest)).isFalse();
        assertThat(UnusableValue.isIn(tooDeep)).isTrue();
        assertThat(tooDeep.get(1).intValue()).isEqualTo(1);
    }

    @Test
    void rejectsExcessiveNesting() {
        assertThatThrownBy(() -> read("[".repeat(20_000) + "]".repeat(20_000)))
                .isInstanceOf(UnreadableJsonException.class)
                .hasMessageContaining("limit");
    }

    @Test
    void rejectsBytesThatAreNotUtf8() {
        byte[] latin1 = "[\"secrét\"]".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> LenientJson.read(latin1))
                .isInstanceOf(UnreadableJsonException.class)
                .hasMessageNotContaining("secr");
    }

    @Test
    void rethrowsAnExceptionOfTheStream() {
        IOException failure = new IOException("connection reset");
        InputStream in = new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }
        };

        assertThatThrownBy(() -> LenientJson.read(in)).isSameAs(failure);
    }

    @Test
    void leavesTheStreamOpen() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream in = new ByteArrayInputStream("[1]".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };

        LenientJson.read(in);

        assertThat(closed).isFalse();
    }

    @Test
    void writesAgainANameInMalformedUtf8ThatTheParserAccepts() throws IOException {
        // Four bytes beyond the last code point, which Jackson decodes to two halves of pairs.
        byte[] document = {'{', '"', 'a', -9, -65, -65, -65, '"', ':', '1', '}'};

        byte[] written = LenientJson.write(LenientJson.read(document));

        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo("{\"a\uFFFD\uFFFD\":1}");
        assertThat(LenientJson.write(LenientJson.read(written))).isEqualTo(written);
        assertThat(LenientJson.read("{\"😀\":1}".getBytes(StandardCharsets.UTF_8))
                        .has("😀"))
                .isTrue();
    }

    @Test
    void readsHalvesOfSurrogatePairsAsWritten() throws IOException {
        JsonNode text = LenientJson.NODES.textNode("a\uD83D b\uDE00 😀");

        assertThat(LenientJson.read(LenientJson.write(text))).isEqualTo(text);
    }

    private static JsonNode read(String document) throws IOException {
        return LenientJson.read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
    }

    private static String written(JsonNode node) {
        return new String(LenientJson.write(node), StandardCharsets.UTF_8);
    }
}
