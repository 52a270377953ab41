package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTableTest {
    @Test
    void readsFieldsTypesAndCodes() throws IOException {
        FieldTable table = read("""
                // comments are allowed
                {
                  "a": {"type": "tinyint", "codes": {"0": "无效", "-1": " 服务中 "}},
                  "b": {"type": "int", "codes": {}},
                  "c": {"type": "varchar"},
                }
                """);

        assertThat(table.fields()).extracting(Field::name).containsExactly("a", "b", "c");
        assertThat(table.find("a").codes()).isEqualTo(Map.of(0, "无效", -1, "服务中"));
        assertThat(table.find("b").isCoded()).isTrue();
        assertThat(table.find("c").isCoded()).isFalse();
        assertThat(table.find("c").type()).isEqualTo(FieldType.VARCHAR);
        assertThat(table.find("d")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                              | it must be one JSON object",
                "{}                                              | it must be one JSON object",
                "{\"a\": {\"type\": \"int\"                      | The JSON document is truncated",
                "{\"a\": \"int\"}                                | field a must be an object",
                "{\"a\": {}}                                     | field a needs a \"type\", one of int, tinyint, decimal",
                "{\"a\": {\"type\": 5}}                          | field a needs a \"type\"",
                "{\"a\": {\"type\": \"INT\"}}                    | field a has the type \"INT\", which is not one of int",
                "{\"a\": {\"type\": \"int\", \"code\": {}}}      | field a has \"code\"; only \"type\" and \"codes\"",
                "{\"a\": {\"type\": \"char\", \"codes\": {}}}    | field a has codes, which only int and tinyint can have",
                "{\"a\": {\"type\": \"int\", \"codes\": []}}     | field a must have \"codes\" such as",
                "{\"a\": {\"type\": \"int\", \"codes\": {\"x\": \"y\"}}} | field a has the code \"x\", which is not an integer",
                "{\"a\": {\"type\": \"int\", \"codes\": {\"1\": 2}}}     | field a must have a label for the code 1",
                "{\"a\": {\"type\": \"int\", \"codes\": {\"1\": \" \"}}} | field a must have a label for the code 1",
                "{\"a\": {\"type\": \"int\", \"codes\": {\"1\": \"x\", \"2\": \"x\"}}} | field a has the label \"x\" for two",
                "{\"a\": {\"type\": \"int\", \"codes\": {\"1\": \"x\", \"01\": \"y\"}}} | field a has the code 01 twice",
            })
    void namesTheFileTheFieldAndTheError(String content, String error) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(InvalidFieldTableException.class)
                .hasMessageStartingWith("Field table my-fields.json: ")
                .hasMessageContaining(error);
    }

    @Test
    void namesATableThatTheProductDoesNotContain() {
        assertThatThrownBy(() -> FieldTable.bundled("faxes"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fields/faxes.json");
    }

    private static FieldTable read(String content) throws IOException {
        return FieldTable.read("my-fields.json", new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }
}
