package io.bangwo8stream.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CustomFieldDecoderTest {
    private final AtomicInteger malformed = new AtomicInteger();
    private final CustomFieldDecoder customFields = new CustomFieldDecoder(malformed::incrementAndGet);

    @Test
    void countsValuesThatLookSerialisedButAreMalformed() {
        customFields.decode(fields("a:1:{i:0;s:2:\"网络\";}", "a:0:{}", "a: b", "N;"));

        assertThat(malformed).hasValue(1);
    }

    @Test
    void doesNotChangeTheGivenFields() {
        ArrayNode sent = fields("a:0:{}", "text");
        JsonNode before = sent.deepCopy();

        JsonNode decoded = customFields.decode(sent);

        assertThat(decoded).hasToString("[{\"value\":[]},{\"value\":\"text\"}]");
        assertThat(sent).isEqualTo(before);
    }

    private static ArrayNode fields(String... values) {
        ArrayNode fields = LenientJson.NODES.arrayNode();
        for (String value : values) {
            fields.addObject().put("value", value);
        }
        return fields;
    }
}
