package io.bangwo8stream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class EventLineTest {

    @Test
    void showsARemoteRecordWithItsTimeInChina() {
        assertThat(line("bangwo8.remote-records", "bangwo8.remote-record.created", "10234", """
                {"record": {"companyName": "金万维科技\\n有限公司"}, "labels": {"csStat": "服务中"},
                 "chatRecords": [{}, {}], "serviceSummary": {"status": "not_filled"}}"""))
                .isEqualTo("10:21:10  created  remote-record  10234  金万维科技 有限公司 | 服务中 | 聊天 2 条 | 总结未填写");
    }

    @Test
    void showsATicketWithItsViews() {
        assertThat(line("bangwo8.tickets", "bangwo8.ticket.updated", "7", """
                {"record": {"subject": "测试工单"}, "labels": {"ticketStatus": "新建"}, "views": [2, 15]}"""))
                .isEqualTo("10:21:10  updated  ticket  7  测试工单 | 新建 | 视图 2,15");
    }

    @Test
    void showsATicketView() {
        assertThat(line("bangwo8.ticket-views", "bangwo8.ticket-view.updated", "15", """
                {"record": {"title": "售中"}, "labels": {"active": "启用"}, "ticket_count": 7}"""))
                .isEqualTo("10:21:10  updated  ticket-view  15  售中 | 启用 | 工单 7 张");
    }

    @Test
    void showsADeadLetterWithItsReason() {
        assertThat(line("bangwo8.dead-letters", "", null, """
                {"source": "remote-records", "id": "8", "reason": "typing", "error": "no csId", "payload": "{}"}"""))
                .isEqualTo("10:21:10  dead-letter  remote-records  8  typing | no csId");
    }

    @Test
    void showsADashForEachMissingField() {
        assertThat(line(
                        "bangwo8.remote-records",
                        "bangwo8.remote-record.updated",
                        null,
                        "{\"record\": {\"companyName\": null}}"))
                .isEqualTo("10:21:10  updated  remote-record  -  - | - | 聊天 0 条 | -");
    }

    private static String line(String topic, String type, String key, String value) {
        ConsumerRecord<String, byte[]> event =
                new ConsumerRecord<>(topic, 0, 0, key, value.getBytes(StandardCharsets.UTF_8));
        event.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        event.headers().add("ce_time", "2026-03-05T02:21:10.5Z".getBytes(StandardCharsets.UTF_8));
        return EventLine.of(event);
    }

    @Test
    void readsTheNumberOfEventsFromTheArgumentOfTheDemo() {
        assertThat(Demo.events("events=20")).isEqualTo(20);
        assertThat(Demo.events()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> Demo.events("event=20")).hasMessageContaining("event=20");
    }
}
