package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.SampleSummaries;
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

/** Tests that a file in a folder of routes is a source; the files are those of {@code routes/examples}. */
class AddedSourcesIT {

    private static final Path EXAMPLES = Path.of("routes", "examples");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private TestTenant tenant;
    private String time;

    @BeforeEach
    void openTenant() {
        tenant = TestTenant.of(AddedSourcesIT.class)
                .with(
                        "camel.main.routes-include-pattern",
                        "classpath:routes/*.camel.yaml,classpath:routes/sources/*.camel.yaml," + "file:" + folder
                                + "/*.camel.yaml");
        time = VendorTime.padded(VendorTime.now(Clock.systemUTC()).minusDays(3));
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void publishesImSessionsWithTheirChatsAndSummaries() throws IOException {
        copyToFolder("im-sessions.camel.yaml", "im-sessions.fields.json");
        tenant.desk().imSessions().add(SampleRows.imSession(880_001, time).put("evaluate", ""));
        tenant.desk().imSessions().addChat("880001", SampleRows.message(false, "打不开网页", time));
        tenant.desk().imSessions().addChat("880001", SampleRows.message(true, "请稍等", time));
        tenant.desk().imSessions().setSummary("880001", SampleSummaries.filled("会话总结", "field_1", "已解决"));

        JsonNode session = scanOnceAndReadTheOnlyEvent("im-sessions", "880001", "bangwo8.im-session.created");

        assertThat(session.at("/record/r_id")).hasToString("880001");
        assertThat(session.at("/record/start_time").textValue()).isEqualTo(time.replace(' ', 'T') + "+08:00");
        assertThat(session.at("/record/evaluate").isNull()).isTrue();
        assertThat(session.at("/chatRecords"))
                .extracting(message -> message.path("msg").textValue())
                .containsExactly("打不开网页", "请稍等");
        assertThat(session.at("/serviceSummary/ticketTemplateName").textValue()).isEqualTo("会话总结");
        assertRequestedOnce("im-histories", "im-chatrecords", "servicesummary");
    }

    @Test
    void publishesCallsWithTheirSummaries() throws IOException {
        copyToFolder("calls.camel.yaml", "calls.fields.json");
        tenant.desk().calls().add(SampleRows.call(770_001, time));
        tenant.desk().calls().setSummary("770001", SampleSummaries.filled("通话总结", "field_1", "已回访"));

        JsonNode call = scanOnceAndReadTheOnlyEvent("calls", "770001", "bangwo8.call.created");

        assertThat(call.at("/record/caller").textValue()).isEqualTo("01062981234");
        assertThat(call.at("/record/servicer_id").isInt()).isTrue();
        assertThat(call.at("/serviceSummary/custom_fields/0/value").textValue()).isEqualTo("已回访");
        assertRequestedOnce("call-histories", "servicesummary");
    }

    @Test
    void publishesOnlyTicketsThatChanged() throws IOException {
        copyToFolder("tickets-changed.camel.yaml");
        String longAgo = VendorTime.padded(VendorTime.now(Clock.systemUTC()).minusDays(300));
        tenant.desk()
                .ticketStore()
                .addTicket(SampleRows.ticket(71, "路由器换新", longAgo).put("updateDT", time));
        tenant.desk().ticketStore().addTicket(SampleRows.ticket(72, "打印机", longAgo));

        JsonNode ticket = scanOnceAndReadTheOnlyEvent("tickets-changed", "71", "bangwo8.ticket.created");
        tenant.desk().ticketStore().changeTicket("71", row -> row.put("ticketStatus", "已解决"));
        tenant.requests().reset();
        tenant.runOnce();

        assertThat(ticket.at("/labels/ticketStatus").textValue()).isEqualTo("新建");
        assertThat(events("tickets-changed"))
                .extracting(event -> header(event, "ce_type"))
                .containsExactly("bangwo8.ticket.created", "bangwo8.ticket.updated");
        assertRequestedOnce("tickets");
    }

    @Test
    void namesTheMissingFieldTable() throws IOException {
        copyToFolder("calls.camel.yaml");

        Product product = tenant.runOnce();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(product.output())
                .contains("source calls: the field table calls is missing: put calls.fields.json beside the route");
        assertThat(tenant.requests().total()).isZero();
    }

    private void copyToFolder(String... files) throws IOException {
        for (String file : files) {
            Files.copy(EXAMPLES.resolve(file), folder.resolve(file));
        }
    }

    /** Scans once, and returns the value of the only event that the source published. */
    private JsonNode scanOnceAndReadTheOnlyEvent(String source, String key, String type) {
        tenant.with("bangwo8.topics." + source, tenant.topic(source));
        Product product = tenant.runOnce();
        assertThat(product.awaitExit()).as(product.output()).isZero();
        ConsumerRecord<String, byte[]> event =
                assertThat(events(source)).singleElement().actual();
        assertThat(event.key()).isEqualTo(key);
        assertThat(header(event, "ce_type")).isEqualTo(type);
        assertThat(header(event, "ce_source")).isEqualTo("/bangwo8/" + tenant.name() + "/" + source);
        try {
            return JSON.readTree(event.value());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<ConsumerRecord<String, byte[]>> events(String source) {
        return TopicReader.read(tenant.topic(source));
    }

    private static String header(ConsumerRecord<String, byte[]> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /**
     * Asserts one request to the list for each window, and one to each other endpoint; ignores the list of
     * remote-assistance records, whose source is on too.
     */
    private void assertRequestedOnce(String list, String... parts) {
        Map<String, Integer> requested = new TreeMap<>();
        tenant.requests().counts().forEach((endpoint, count) -> requested.put(endpoint, count.intValue()));
        requested.remove("histories");
        assertThat(requested.remove(list)).isEqualTo(TestTenant.WINDOWS_OF_FIRST_SWEEP);
        assertThat(requested)
                .containsOnlyKeys(parts)
                .allSatisfy((endpoint, count) -> assertThat(count).isOne());
    }
}
