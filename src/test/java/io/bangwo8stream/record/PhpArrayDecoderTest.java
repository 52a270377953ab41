package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhpArrayDecoderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a:0:{}                                              | []",
                "a:2:{i:0;s:1:\"a\";i:1;s:1:\"b\";}                  | [\"a\",\"b\"]",
                "a:2:{i:1;s:1:\"b\";i:0;s:1:\"a\";}                  | {\"1\":\"b\",\"0\":\"a\"}",
                "a:1:{i:1;N;}                                        | {\"1\":null}",
                "a:1:{s:1:\"0\";N;}                                  | {\"0\":null}",
                "a:2:{i:0;i:1;s:1:\"k\";i:2;}                        | {\"0\":1,\"k\":2}",
                "a:3:{i:0;b:1;i:1;b:0;i:2;N;}                        | [true,false,null]",
                "a:3:{i:0;i:-5;i:1;i:9223372036854775807;i:2;i:0;}   | [-5,9223372036854775807,0]",
                "a:4:{i:0;d:0.5;i:1;d:-1.50;i:2;d:1.0E+25;i:3;d:3;}  | [0.5,-1.50,10000000000000000000000000,3]",
                "a:1:{s:6:\"网络\";s:4:\"😀\";}                      | {\"网络\":\"😀\"}",
                "a:1:{s:4:\"a\";b\";s:2:\"\"}\";}                    | {\"a\\\";b\":\"\\\"}\"}",
                "a:1:{s:0:\"\";a:1:{i:-1;a:0:{}}}                    | {\"\":{\"-1\":[]}}",
            })
    void decodesArrays(String serialised, String json) {
        assertThat(PhpArrayDecoder.decode(serialised)).map(JsonNode::toString).hasValue(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a:",
                "a:0",
                "a:0:",
                "a:0:{",
                "a:0:}",
                "a:{}",
                "a:-1:{}",
                "a:1:{}",
                "a:0:{}}",
                "a:0:{};",
                "a:0:{i:0;N;}",
                "a:1:{i:0;N}",
                "a:1:{i:0;s:2:\"a\";}",
                "a:1:{i:0;s:0:\"a\";}",
                "a:1:{i:0;s:99:\"a\";}",
                "a:1:{i:0;s:1:\"é\";}",
                "a:1:{i:0;s:2:\"网\";}",
                "a:1:{i:0;s:1:\"a\"}",
                "a:1:{i:0;s:1:a;}",
                "a:1:{N;N;}",
                "a:1:{b:1;N;}",
                "a:1:{a:0:{}N;}",
                "a:1:{i:0;}",
                "a:1:{i:;N;}",
                "a:1:{i:0;b:2;}",
                "a:1:{i:0;i:;}",
                "a:1:{i:0;i:5.0;}",
                "a:1:{i:0;i: 5;}",
                "a:1:{i:0;i:9223372036854775808;}",
                "a:1:{i:0;d:NAN;}",
                "a:1:{i:0;d:INF;}",
                "a:1:{i:0;d:-INF;}",
                "a:1:{i:0;d:1e999999999;}",
                "a:1:{i:0;d:;}",
                "a:1:{i:0;O:8:\"stdClass\":0:{}}",
                "a:2:{i:0;a:0:{}i:1;R:2;}",
                "a:2:{i:0;a:0:{}i:1;r:2;}",
                "a:1:{i:0;C:1:\"X\":0:{}}",
                "a:1:{i:0;E:3:\"A:B\";}",
                "a:99999999999999999999:{}",
                "i:5;",
                "N;",
                "b:1;",
                "d:0.5;",
                "s:1:\"a\";",
                "O:8:\"stdClass\":0:{}",
                "a:1:{i:0;s:3:\"\uD83D\";}"
            })
    void returnsNothingForTextThatIsNotASerialisedArray(String text) {
        assertThat(PhpArrayDecoder.decode(text)).isEmpty();
    }

    @Test
    void limitsDepthAndSize() {
        assertThat(PhpArrayDecoder.decode(nested(64))).isPresent();
        assertThat(PhpArrayDecoder.decode(nested(66))).isEmpty();
        assertThat(PhpArrayDecoder.decode(nested(100_000))).isEmpty();
        assertThat(PhpArrayDecoder.decode(withOneString(1_000_000))).isPresent();
        assertThat(PhpArrayDecoder.decode(withOneString(1_050_000))).isEmpty();
        assertThat(PhpArrayDecoder.decode("a:9999999:{i:0;N;}")).isEmpty();
    }

    private static String nested(int levels) {
        return "a:1:{i:0;".repeat(levels - 1) + "a:0:{}" + "}".repeat(levels - 1);
    }

    private static String withOneString(int length) {
        return "a:1:{i:0;s:" + length + ":\"" + "x".repeat(length) + "\";}";
    }
}
