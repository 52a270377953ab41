package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingRecordTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'7\n2026-01-31 ERROR forged' | 7\\n2026-01-31 ERROR forged",
                "7\u001b[2J                   | 7\\u001b[2J",
                "7\u202e                      | 7\\u202e",
                "张三 7                       | 张三 7",
            })
    void escapesControlCharactersInHeaders(String subject, String written) {
        ProducerRecord<String, byte[]> record =
                new OutgoingRecord("events", "7", null, Map.of("ce_subject", subject)).toProducerRecord();

        assertThat(new String(record.headers().lastHeader("ce_subject").value(), StandardCharsets.UTF_8))
                .isEqualTo(written);
    }
}
