package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.demo.Fault;
import io.bangwo8stream.demo.Json;
import io.bangwo8stream.demo.RequestLog;
import io.bangwo8stream.demo.Rows;
import io.bangwo8stream.demo.Summaries;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is joined to a record, and what becomes of the records whose parts cannot be fetched. */
class JoinsIT {

    private static final long CHATTY = 1;
    private static final long SILENT = 2;
    private static final long WITHOUT_TEMPLATE = 3;
    private static final long CHAT_UNKNOWN = 11;
    private static final long CHAT_BROKEN = 12;
    private static final long SUMMARY_REFUSED = 13;
    private static final long SUMMARY_STRANGE = 14;
    private static final long CHAT_TOO_LARGE = 15;
    private static final long CHAT_DRIPS = 16;

    private static Trial trial;
    private static Product product;
    private static List<Event> events;
    private static List<Event> deadLetters;

    @BeforeAll
    static void walkOnce() {
        trial = Trial.of(JoinsIT.class).with("bangwo8.per-page", "2").with("bangwo8.max-retries", "1")
                .with("bangwo8.request-timeout", "2s").with("bangwo8.max-response-size", "100000");
        good();
        bad();
        product = trial.once();
        events = trial.events();
        deadLetters = trial.deadLetters();
    }

    private static void good() {
        trial.desk().add(trial.oldRecord(CHATTY).put("ChatRecord", 1));
        IntStream.rangeClosed(1, 5).forEach(i -> say(CHATTY, "第 " + i + " 句"));
        trial.desk().setSummary("1", Summaries.filled("远程服务总结", "field_1", "4334"));
        trial.desk().add(trial.oldRecord(SILENT));
        trial.desk().add(trial.oldRecord(WITHOUT_TEMPLATE));
        trial.desk().setSummary("3", Summaries.noTemplate());
    }

    private static void bad() {
        for (long id = CHAT_UNKNOWN; id <= CHAT_DRIPS; id++) {
            trial.desk().add(trial.oldRecord(id).put("ChatRecord", 1));
            say(id, "很长的一句话".repeat(20));
        }
        trial.desk().setSummary("14", Json.readObject(
                "{\"status\":\"200\",\"message\":\"Successful\",\"data\":{\"serviceSummary\":\"?\"}}"));
        trial.fault(Fault.status(404).matching("chatrecords/11\\.json"))
                .fault(Fault.status(500).matching("chatrecords/12\\.json"))
                .fault(Fault.of(Fault.Kind.ERRCODE, 100010, "wrong request").matching("servicesummary/13\\.json"))
                // More than the product's heap: refused while it is read, or not at all.
                .fault(Fault.of(Fault.Kind.HUGE_BODY, 400).matching("chatrecords/15\\.json"))
                // Each byte comes in time, the whole of it does not.
                .fault(Fault.of(Fault.Kind.SLOW_DRIP, 20).matching("chatrecords/16\\.json"));
        trial.desk().add(without(trial.oldRecord(0), "csId"));
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode without(
            com.fasterxml.jackson.databind.node.ObjectNode row, String field) {
        row.remove(field);
        return row;
    }

    private static void say(long id, String text) {
        trial.desk().addChat(Long.toString(id), Rows.message(true, text, "2018-10-24 15:14:12"));
    }

    @AfterAll
    static void stop() {
        trial.close();
    }

    @Test
    void joinsAllPagesOfAChatInTheirOrder() {
        assertThat(texts(event(CHATTY).value().path("chatRecords"), "msg"))
                .containsExactly("第 1 句", "第 2 句", "第 3 句", "第 4 句", "第 5 句");
        assertThat(targets("chatrecords", CHATTY)).extracting(RequestLog.Entry::query)
                .containsExactly("page=1&per_page=2", "page=2&per_page=2", "page=3&per_page=2");
    }

    @Test
    void asksForNoChatWhereTheRecordSaysThatThereIsNone() {
        assertThat(event(SILENT).value().path("chatRecords").isArray()).isTrue();
        assertThat(event(SILENT).value().path("chatRecords")).isEmpty();
        assertThat(targets("chatrecords", SILENT)).isEmpty();
    }

    @Test
    void joinsTheSummaryOfARemoteAssistanceAndTakesItsAbsenceForAnAnswer() {
        JsonNode filled = event(CHATTY).value().path("serviceSummary");
        assertThat(filled.path("status").asText()).isEqualTo("filled");
        assertThat(filled.path("ticketTemplateName").asText()).isEqualTo("远程服务总结");
        assertThat(texts(filled.path("custom_fields"), "value")).containsExactly("4334");
        assertThat(status(SILENT)).isEqualTo("not_filled");
        assertThat(status(WITHOUT_TEMPLATE)).isEqualTo("no_template");
        assertThat(trial.requests().entries("servicesummary")).extracting(RequestLog.Entry::query)
                .containsOnly("servicesummary_type=3");
    }

    @Test
    void publishesTheNeighboursOfRecordsThatCannotBeJoined() {
        assertThat(events).extracting(Event::key).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void putsWhatCannotBeJoinedAmongTheDeadLettersAsItWasReceived() {
        assertThat(deadLetters).extracting(Event::key)
                .containsExactlyInAnyOrder("11", "12", "13", "14", "15", "16", null);
        assertThat(deadLetters).allSatisfy(letter -> {
            assertThat(letter.type()).isEqualTo("bangwo8.remote-record.dead-lettered");
            assertThat(letter.value().path("source").asText()).isEqualTo("remote-records");
            assertThat(letter.value().path("payload").path("contactor").asText()).isEqualTo("张三");
            assertThat(letter.value().path("id").asText(null)).isEqualTo(letter.key());
            assertThat(letter.headers().get("ce_subject")).isEqualTo(letter.key());
        });
    }

    @Test
    void saysInADeadLetterWhichCallFailedAndHow() {
        assertThat(error(CHAT_UNKNOWN)).contains("/remoterecord/chatrecords/11.json").contains("404");
        assertThat(error(CHAT_BROKEN)).contains("/remoterecord/chatrecords/12.json").contains("500");
        assertThat(error(SUMMARY_REFUSED)).contains("/servicesummary/13.json").contains("100010: wrong request");
        assertThat(error(SUMMARY_STRANGE)).contains("/servicesummary/14.json");
        assertThat(error(CHAT_TOO_LARGE)).contains("bangwo8.max-response-size");
        assertThat(error(CHAT_DRIPS)).contains("too long");
        assertThat(deadLetters.stream().filter(letter -> letter.key() == null).findFirst().orElseThrow()
                .value().path("reason").asText()).isEqualTo("missing-id");
    }

    @Test
    void repeatsOnlyWhatMayPass() {
        assertThat(targets("chatrecords", CHAT_UNKNOWN)).hasSize(1);
        assertThat(targets("servicesummary", SUMMARY_REFUSED)).hasSize(1);
        assertThat(targets("chatrecords", CHAT_TOO_LARGE)).hasSize(1);
        assertThat(targets("chatrecords", CHAT_BROKEN)).hasSize(2);
        assertThat(targets("chatrecords", CHAT_DRIPS)).hasSize(2);
    }

    @Test
    void saysWithItsExitCodeThatRecordsAreUnpublished() {
        assertThat(product.awaitExit()).isNotZero();
        assertThat(product.lines().get(product.lines().size() - 1))
                .contains("seen=10 published=3 unchanged=0 dead-lettered=7 failed=7").doesNotContain("exit=0");
    }

    private static Event event(long id) {
        return events.stream().filter(event -> event.key().equals(Long.toString(id))).findFirst().orElseThrow();
    }

    private static String error(long id) {
        return deadLetters.stream().filter(letter -> Long.toString(id).equals(letter.key())).findFirst().orElseThrow()
                .value().path("error").asText();
    }

    private static String status(long id) {
        return event(id).value().path("serviceSummary").path("status").asText();
    }

    private static List<String> texts(JsonNode array, String member) {
        Function<JsonNode, String> text = element -> element.path(member).asText();
        return StreamSupport.stream(array.spliterator(), false).map(text).collect(Collectors.toList());
    }

    private static List<RequestLog.Entry> targets(String endpoint, long id) {
        return trial.requests().entries(endpoint).stream()
                .filter(entry -> entry.path().endsWith("/" + id + ".json")).toList();
    }
}
