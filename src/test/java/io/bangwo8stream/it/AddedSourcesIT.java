package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bangwo8stream.standin.Rows;
import io.bangwo8stream.standin.Summaries;
import io.bangwo8stream.standin.VendorTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file dropped into a folder of routes is a source; the files are those of routes/examples. */
class AddedSourcesIT {

    private static final Path EXAMPLES = Path.of("routes", "examples");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private TestTenant testTenant;
    private String time;

    @BeforeEach
    void openTenant() {
        testTenant = TestTenant.of(AddedSourcesIT.class)
                .with(
                        "camel.main.routes-include-pattern",
                        "classpath:routes/*.camel.yaml,file:" + folder + "/*.camel.yaml");
        time = VendorTime.padded(VendorTime.now(Clock.systemUTC()).minusDays(3));
    }

    @AfterEach
    void closeTenant() {
        testTenant.close();
    }

    @Test
    void publishesImSessionsWithTheirChatsAndSummaries() throws IOException {
        drop("im-sessions.camel.yaml", "im-sessions.fields.json");
        testTenant.desk().imSessions().add(Rows.imSession(880_001, time).put("evaluate", ""));
        testTenant.desk().imSessions().addChat("880001", Rows.message(false, "打不开网页", time));
        testTenant.desk().imSessions().addChat("880001", Rows.message(true, "请稍等", time));
        testTenant.desk().imSessions().setSummary("880001", Summaries.filled("会话总结", "field_1", "已解决"));

        JsonNode session = onlyEvent("im-sessions", "880001", "bangwo8.im-session.created");

        assertThat(session.at("/record/r_id")).hasToString("880001");
        assertThat(session.at("/record/start_time").textValue()).isEqualTo(time.replace(' ', 'T') + "+08:00");
        assertThat(session.at("/record/evaluate").isNull()).isTrue();
        assertThat(session.at("/chatRecords"))
                .extracting(message -> message.path("msg").textValue())
                .containsExactly("打不开网页", "请稍等");
        assertThat(session.at("/serviceSummary/ticketTemplateName").textValue()).isEqualTo("会话总结");
        assertAsked("im-histories", "im-chatrecords", "servicesummary");
    }

    @Test
    void publishesCallsWithTheirSummaries() throws IOException {
        drop("calls.camel.yaml", "calls.fields.json");
        testTenant.desk().calls().add(Rows.call(770_001, time));
        testTenant.desk().calls().setSummary("770001", Summaries.filled("通话总结", "field_1", "已回访"));

        JsonNode call = onlyEvent("calls", "770001", "bangwo8.call.created");

        assertThat(call.at("/record/caller").textValue()).isEqualTo("01062981234");
        assertThat(call.at("/record/servicer_id").isInt()).isTrue();
        assertThat(call.at("/serviceSummary/custom_fields/0/value").textValue()).isEqualTo("已回访");
        assertAsked("call-histories", "servicesummary");
    }

    @Test
    void publishesTicketsThatChangedAndNoOthers() throws IOException {
        drop("tickets-changed.camel.yaml");
        String longAgo = VendorTime.padded(VendorTime.now(Clock.systemUTC()).minusDays(300));
        testTenant
                .desk()
                .ticketBook()
                .addTicket(Rows.ticket(71, "路由器换新", longAgo).put("updateDT", time));
        testTenant.desk().ticketBook().addTicket(Rows.ticket(72, "打印机", longAgo));

        JsonNode ticket = onlyEvent("tickets-changed", "71", "bangwo8.ticket.created");
        testTenant.desk().ticketBook().changeTicket("71", row -> row.put("ticketStatus", "已解决"));
        testTenant.requests().reset();
        testTenant.once();

        assertThat(ticket.at("/labels/ticketStatus").textValue()).isEqualTo("新建");
        assertThat(events("tickets-changed"))
                .extracting(event -> header(event, "ce_type"))
                .containsExactly("bangwo8.ticket.created", "bangwo8.ticket.updated");
        assertAsked("tickets");
    }

    @Test
    void saysWhichFieldTableIsMissing() throws IOException {
        drop("calls.camel.yaml");

        Product product = testTenant.once();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(product.output())
                .contains("source calls: the field table calls is missing: put calls.fields.json beside the route");
        assertThat(testTenant.requests().total()).isZero();
    }

    private void drop(String... files) throws IOException {
        for (String file : files) {
            Files.copy(EXAMPLES.resolve(file), folder.resolve(file));
        }
    }

    /** Walks once, and reads what the source published: one event. */
    private JsonNode onlyEvent(String source, String key, String type) {
        testTenant.with("bangwo8.topics." + source, testTenant.topic(source));
        Product product = testTenant.once();
        assertThat(product.awaitExit()).as(product.output()).isZero();
        ConsumerRecord<String, byte[]> event =
                assertThat(events(source)).singleElement().actual();
        assertThat(event.key()).isEqualTo(key);
        assertThat(header(event, "ce_type")).isEqualTo(type);
        assertThat(header(event, "ce_source")).isEqualTo("/bangwo8/" + testTenant.tenant() + "/" + source);
        try {
            return JSON.readTree(event.value());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<ConsumerRecord<String, byte[]>> events(String source) {
        return TopicReader.read(testTenant.topic(source));
    }

    private static String header(ConsumerRecord<String, byte[]> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Each once, besides the list of remote-assistance records, which is on as well. */
    private void assertAsked(String... endpoints) {
        Map<String, Integer> asked = new TreeMap<>();
        testTenant.requests().counts().forEach((endpoint, count) -> asked.put(endpoint, count.intValue()));
        asked.remove("histories");
        assertThat(asked)
                .containsOnlyKeys(endpoints)
                .allSatisfy((endpoint, count) -> assertThat(count).isOne());
    }
}
