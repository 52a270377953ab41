package io.bangwo8stream.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.EventValue;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.record.UnreadableJsonException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {

    private static final FieldTable REMOTE_RECORD = FieldTable.bundled("remote-record");

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
            {'a': '123.00'}                 | {'a': 123.00}
            {'a': '123.00'}                 | {'a': 123}
            {'a': '123.00'}                 | {'a': '123'}
            {'a': '-0.50'}                  | {'a': -0.5}
            {'a': '0.00'}                   | {'a': 0}
            {'a': '-0'}                     | {'a': 0}
            {'a': '1.0E+25'}                | {'a': 1.0e+25}
            {'a': 1e999999}                 | {'a': '10e999998'}
            {'a': 1e9999}                   | {'a': '1E+9999'}
            {'a': 1e-9999}                  | {'a': '1.0E-9999'}
            {'a': null}                     | {}
            {'a': null}                     | {'a': ''}
            {'a': {'b': ''}}                | {'a': {}}
            {'a': [{'b': 1, 'c': null}]}    | {'a': [{'b': '1.0'}]}
            {'a': [null]}                   | {'a': ['']}
            """)
    void isEqualForDocumentsThatDifferOnlyInForm(String one, String other) {
        assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'a': 1}               | {'a': 2}
            {'a': 1}               | {'b': 1}
            {'a': 1}               | {'a': 1, 'b': 1}
            {'a': null}            | {'a': 'null'}
            {'a': null}            | {'a': []}
            {'a': null}            | {'a': {}}
            {'a': ''}              | {'a': ' '}
            {'a': ['']}            | {'a': []}
            {'a': 0}               | {'a': null}
            {'a': 0}               | {'a': false}
            {'a': '05'}            | {'a': '5'}
            {'a': '007'}           | {'a': 7}
            {'a': '00.5'}          | {'a': 0.5}
            {'a': '+8613240138478'} | {'a': '8613240138478'}
            {'a': '.5'}            | {'a': 0.5}
            {'a': '5.'}            | {'a': 5}
            {'a': '1e'}            | {'a': 1}
            {'a': '0x10'}          | {'a': 16}
            {'a': '５'}            | {'a': 5}
            {'a': 1e999999}        | {'a': 1e999998}
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'custom_fields': [{'key': 'a', 'value': '123.00'}]} | {'custom_fields': [{'key': 'a', 'value': 123.00}]}
            {'custom_fields': [{'key': 'a', 'value': '123.00'}]} | {'custom_fields': [{'key': 'a', 'value': 123}]}
            {'custom_fields': [{'key': 'a', 'value': null}]}     | {'custom_fields': [{'key': 'a', 'value': ''}]}
            {'custom_fields': [{'key': 'a', 'value': null}]}     | {'custom_fields': [{'key': 'a'}]}
            {'custom_fields': {'note': '1.0'}}                   | {'custom_fields': {'note': 1}}
            {'new': '1.50'}                                      | {'new': 1.5}
            {'new': null}                                        | {}
            {'new': ''}                                          | {}
            {'csSId': null}                                      | {}
            {'csSId': ''}                                        | {}
            {'note': null}                                       | {}
            {'note': 1.50}                                       | {'note': '1.50'}
            """)
    void isEqualForRowsWithTheSameValueInAnotherForm(String one, String other) {
        assertThat(rowFingerprint(one)).isEqualTo(rowFingerprint(other));
        assertThat(documentHash(one, "{}")).isEqualTo(documentHash(other, "{}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'note': '1.0'}                                   | {'note': '1.00'}
            {'note': '1.0'}                                   | {'note': 1}
            {'contactMethod': '1e2'}                          | {'contactMethod': '100'}
            {'note': ''}                                      | {}
            {'uniqueNumber': '028978980'}                     | {'uniqueNumber': '28978980'}
            {'custom_fields': [{'key': 'a', 'value': '007'}]} | {'custom_fields': [{'key': 'a', 'value': '7'}]}
            {'custom_fields': [{'key': 'a', 'value': '+86'}]} | {'custom_fields': [{'key': 'a', 'value': '86'}]}
            {'ptId': '1.0.'}                                  | {'ptId': '1.00.'}
            """)
    void differsForRowsWithAnotherText(String one, String other) {
        assertThat(rowFingerprint(one)).isNotEqualTo(rowFingerprint(other));
        assertThat(documentHash(one, "{}")).isNotEqualTo(documentHash(other, "{}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'serviceSummary': {'custom_fields': [{'value': '123.00'}]}} | {'serviceSummary': {'custom_fields': [{'value': 123}]}}
            {'serviceSummary': {'new': null}}                            | {'serviceSummary': {}}
            {'chatRecords': [{'msg': 'a', 'new': '5.0'}]}                | {'chatRecords': [{'msg': 'a', 'new': 5}]}
            {'ticket_count': '5'}                                        | {'ticket_count': 5}
            {'unparsed': {'custom_fields': {'a': '5.0'}}}                | {'unparsed': {'custom_fields': {'a': 5}}}
            {'unparsed': {'serviceSummary.custom_fields': {'a': '5.0'}}} | {'unparsed': {'serviceSummary.custom_fields': {'a': 5}}}
            """)
    void isEqualForDocumentsWhosePartsHaveTheSameValueInAnotherForm(String one, String other) {
        assertThat(documentHash("{}", one)).isEqualTo(documentHash("{}", other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'chatRecords': [{'msg': '1.0'}]}                 | {'chatRecords': [{'msg': '1.00'}]}
            {'chatRecords': [{'msg': ''}]}                    | {'chatRecords': [{}]}
            {'chatRecords': [{'spokesman': '1e2'}]}           | {'chatRecords': [{'spokesman': '100'}]}
            {'serviceSummary': {'ticketTemplateName': '1.0'}} | {'serviceSummary': {'ticketTemplateName': '1'}}
            {'labels': {'ptId': '1.0'}}                       | {'labels': {'ptId': '1.00'}}
            {'unparsed': {'note': ['1.0']}}                   | {'unparsed': {'note': ['1.00']}}
            {'unparsed': {'chatRecords[0].msg': ['1.0']}}     | {'unparsed': {'chatRecords[0].msg': ['1.00']}}
            """)
    void differsForDocumentsWithAnotherTextInAPart(String one, String other) {
        assertThat(documentHash("{}", one)).isNotEqualTo(documentHash("{}", other));
    }

    @Test
    void keepsANumberWithMoreThan400DigitsAsText() {
        String digits = "1" + "0".repeat(399);

        assertThat(fingerprint("{'a': '" + digits + ".0'}")).isNotEqualTo(fingerprint("{'a': '" + digits + "'}"));
        assertThat(fingerprint("{'a': '" + digits + "'}")).isEqualTo(fingerprint("{'a': 1e399}"));
        assertThat(fingerprint("{'a': '" + digits + "0'}")).isNotEqualTo(fingerprint("{'a': 1e400}"));
        assertThat(fingerprint("{'a': '" + digits + "0'}")).isEqualTo(fingerprint("{'a': " + digits + "0}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999", "-1.5e-999999999", "1e9999", "1e-9999", "12345678901234567890e999999999"})
    void neverExpandsAnExponent(String number) {
        for (TextComparison texts : List.of(TextComparison.EXACT, TextComparison.UNTYPED)) {
            assertThat(new CanonicalJson()
                            .add(json("[" + number + ", '" + number + "']"), texts)
                            .toBytes())
                    .hasSizeLessThan(100);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'csId': '7', 'csBTime': '2026-01-05 10:00:00', 'note': '', 'b': [1.50, null, {'z': 1, 'a': '1.0'}]}",
                "{'csStat': '已解决', 'csBTime': 'soon', 'unknown': {'deep': ['007']}, 'note': '网络'}"
            })
    void hashesADocumentTheSameWhenTheContentOfItsRowIsKnown(String row) {
        TypedRecord typed = typed(row);
        ObjectNode document = new EventValue(typed)
                .add("serviceSummary", json("{'id': '1.0', 'custom_fields': [1.0]}"))
                .toJson();

        assertThat(DocumentHash.of(document, REMOTE_RECORD, RowContent.of(typed, REMOTE_RECORD)))
                .isEqualTo(DocumentHash.of(document, REMOTE_RECORD));
    }

    private static long rowFingerprint(String row) {
        return RowContent.of(typed(row), REMOTE_RECORD).fingerprint();
    }

    /** The hash of a document with a typed row, and with {@code parts} in addition. */
    private static Fingerprint documentHash(String row, String parts) {
        ObjectNode document = new EventValue(typed(row)).toJson();
        document.setAll((ObjectNode) json(parts));
        return DocumentHash.of(document, REMOTE_RECORD).content();
    }

    private static TypedRecord typed(String row) {
        return new RecordTyper(ZoneId.of("Asia/Shanghai")).type((ObjectNode) json(row), REMOTE_RECORD);
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
