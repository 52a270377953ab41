package io.bangwo8stream.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.UnreadableJsonException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'a': 1, 'b': {'c': 2, 'd': 3}} | {'b': {'d': 3, 'c': 2}, 'a': 1}
            {'a': 5}                        | {'a': '5'}
            {'a': 234.00}                   | {'a': 234.0}
            {'a': 234.00}                   | {'a': 234}
            {'a': 100.00}                   | {'a': 100}
            {'a': 1e2}                      | {'a': 100}
            {'a': 0.00}                     | {'a': 0}
            {'a': 0.50}                     | {'a': '0.5'}
            {'a': 100.00}                   | {'a': '100'}
            {'a': 12345678901234567890}     | {'a': '12345678901234567890'}
            {'a': true}                     | {'a': 'true'}
            """)
    void isEqualForDocumentsThatDifferOnlyInForm(String one, String other) {
        assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'a': 1}               | {'a': 2}
            {'a': 1}               | {'b': 1}
            {'a': 1}               | {'a': 1, 'b': 1}
            {'a': null}            | {}
            {'a': null}            | {'a': ''}
            {'a': null}            | {'a': 'null'}
            {'a': 0}               | {'a': null}
            {'a': 0}               | {'a': false}
            {'a': '05'}            | {'a': '5'}
            {'a': ' 5'}            | {'a': '5'}
            {'a': 100}             | {'a': 1000}
            {'a': 0.1}             | {'a': 0.01}
            {'a': -1}              | {'a': 1}
            {'a': [1, 2]}          | {'a': [2, 1]}
            {'a': [1, 2]}          | {'a': [12]}
            {'a': [[1], 2]}        | {'a': [[1, 2]]}
            {'a': []}              | {'a': {}}
            {'a': []}              | {'a': [null]}
            {'a': ['b', 'c']}      | {'a': {'b': 'c'}}
            {'a': 'b', 'c': 'd'}   | {'a': 'bc', 'd': ''}
            {'a': {'b': 1}, 'c': 2} | {'a': {'b': 1, 'c': 2}}
            {'a': '网络'}          | {'a': '网洛'}
            """)
    void differsForDocumentsWithDifferentContent(String one, String other) {
        assertThat(fingerprint(one)).isNotEqualTo(fingerprint(other));
    }

    @Test
    void isTheSameInEveryRun() {
        assertThat(fingerprint("{'record': {'csId': 123, 'csPrice': 234.00}, 'labels': {'csStat': '服务完成'}}")
                        .hex())
                .isEqualTo("ac50de5c84448ac816afe0d6d9c69f75");
    }

    @Test
    void isFormattedAs32HexadecimalDigits() {
        assertThat(new Fingerprint(1, -1).hex()).isEqualTo("0000000000000001ffffffffffffffff");
    }

    @Test
    void isEqualForRowsThatDifferOnlyInTheFormsOfTheVendor() {
        assertThat(rowFingerprint(
                        "{'csId': 7, 'csStat': '5', 'csPrice': '234.0', 'csBTime': '2017-8-7 1:02:03', 'new': '1'}"))
                .isEqualTo(
                        rowFingerprint("{'new': 1, 'csBTime': '2017-08-07 01:02:03', 'csPrice': 234.00, 'csStat': 5, "
                                + "'csId': '7'}"));
    }

    @Test
    void differsForRowsWithAnotherLabelOrAnotherUnparsedValue() {
        assertThat(rowFingerprint("{'ptId': '网络'}")).isNotEqualTo(rowFingerprint("{'ptId': '电脑'}"));
        assertThat(rowFingerprint("{'payDateTime': '昨天'}")).isNotEqualTo(rowFingerprint("{'payDateTime': '今天'}"));
        assertThat(rowFingerprint("{'payDateTime': '昨天'}")).isNotEqualTo(rowFingerprint("{'payDateTime': ''}"));
    }

    private static long rowFingerprint(String row) {
        return Fingerprint.ofRow(new RecordTyper(ZoneId.of("Asia/Shanghai"))
                .type((ObjectNode) json(row), FieldTable.bundled("remote-record")));
    }

    private static Fingerprint fingerprint(String document) {
        return Fingerprint.of(json(document));
    }

    private static JsonNode json(String text) {
        try {
            return LenientJson.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJsonException wrongTest) {
            throw new AssertionError(text, wrongTest);
        }
    }
}
