package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.SampleSummaries;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the parts that are joined to a record: the chat and the service summary. */
class JoinsIT {

    private static TestTenant tenant;
    private static Product run;
    private static List<Event> events;

    @BeforeAll
    static void scanOnce() {
        tenant = TestTenant.of(JoinsIT.class).with("bangwo8.per-page", "2");
        tenant.desk().add(tenant.oldRecord(1).put("ChatRecord", 1));
        IntStream.rangeClosed(1, 5)
                .forEach(i ->
                        tenant.desk().addChat("1", SampleRows.message(true, "第 " + i + " 句", "2018-10-24 15:14:12")));
        tenant.desk().setSummary("1", SampleSummaries.filled("远程服务总结", "field_1", "4334"));
        tenant.desk().add(tenant.oldRecord(2));
        tenant.desk().add(tenant.oldRecord(3));
        tenant.desk().setSummary("3", SampleSummaries.noTemplate());
        addRecordWhoseChatChanges("4", Fault.of(Fault.Kind.WITHDRAWN_MESSAGE));
        addRecordWhoseChatChanges("5", Fault.of(Fault.Kind.INSERTED_MESSAGE, "插入"));
        run = tenant.runOnce();
        events = tenant.events();
    }

    /** The chat changes while its pages are read for the first time. */
    private static void addRecordWhoseChatChanges(String id, Fault fault) {
        tenant.desk().add(tenant.oldRecord(Long.parseLong(id)).put("ChatRecord", 1));
        IntStream.rangeClosed(1, 5)
                .forEach(i -> tenant.desk().addChat(id, SampleRows.message(true, "句 " + i, "2018-10-24 15:14:12")));
        tenant.addFault(
                fault.on("chatrecords").matching("/" + id + "\\.json\\?page=2").times(1));
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void joinsAllPagesOfAChatInOrder() {
        assertThat(texts(value("1").path("chatRecords"), "msg"))
                .containsExactly("第 1 句", "第 2 句", "第 3 句", "第 4 句", "第 5 句");
        assertThat(tenant.requests().entries("chatrecords"))
                .extracting(RequestLog.Entry::target)
                .filteredOn(target -> target.contains("/1.json"))
                .containsExactly(chatPage(1), chatPage(2), chatPage(3));
    }

    @Test
    void publishesOnceAndCompletelyAChatThatChangedWhileItsPagesWereRead() {
        assertThat(texts(value("4").path("chatRecords"), "msg")).containsExactly("句 2", "句 3", "句 4", "句 5");
        assertThat(texts(value("5").path("chatRecords"), "msg"))
                .containsExactly("插入", "句 1", "句 2", "句 3", "句 4", "句 5");
        assertThat(events).extracting(Event::key).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
        assertThat(run.awaitExit()).isZero();
    }

    @Test
    void requestsNoChatWhenTheRecordHasNone() {
        assertThat(value("2").path("chatRecords").isArray()).isTrue();
        assertThat(value("2").path("chatRecords")).isEmpty();
        assertThat(tenant.requests().entries("chatrecords"))
                .extracting(RequestLog.Entry::path)
                .noneMatch(path -> path.endsWith("/2.json"));
    }

    @Test
    void joinsTheServiceSummaryOrTheStatusOfAMissingSummary() {
        JsonNode filled = value("1").path("serviceSummary");
        assertThat(filled.path("status").asText()).isEqualTo("filled");
        assertThat(filled.path("ticketTemplateName").asText()).isEqualTo("远程服务总结");
        assertThat(texts(filled.path("custom_fields"), "value")).containsExactly("4334");
        assertThat(value("2").path("serviceSummary").path("status").asText()).isEqualTo("not_filled");
        assertThat(value("3").path("serviceSummary").path("status").asText()).isEqualTo("no_template");
        assertThat(tenant.requests().entries("servicesummary"))
                .extracting(RequestLog.Entry::query)
                .containsOnly("servicesummary_type=3");
    }

    @Test
    void joinsTheRecordsOfAPageBeforeThoseOfTheNextOne() {
        try (TestTenant twoPages =
                TestTenant.of(JoinsIT.class).with("bangwo8.per-page", "20").with("bangwo8.max-in-flight", "2")) {
            IntStream.rangeClosed(1, 40).forEach(i -> twoPages.desk().add(twoPages.oldRecord(i)));
            twoPages.standIn().faults().setLatency(Duration.ofMillis(30));
            twoPages.runOnce();

            assertThat(twoPages.requests().entries("servicesummary").stream()
                            .limit(18)
                            .map(entry -> Integer.parseInt(entry.path().replaceAll(".*/|\\.json", "")) > 20)
                            .distinct())
                    .as("pages of the first joins, but for the two that may start with the second page")
                    .hasSize(1);
        }
    }

    private static String chatPage(int page) {
        return "/api/v1/remoterecord/chatrecords/1.json?page=" + page + "&per_page=2";
    }

    private static JsonNode value(String key) {
        return events.stream()
                .filter(event -> event.key().equals(key))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static List<String> texts(JsonNode array, String member) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(element -> element.path(member).asText())
                .toList();
    }
}
