package io.bangwo8stream.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.RawServer;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.TraceCollector;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the spans that a single run sends to a collector. */
class TracesIT {

    private static final String ACCOUNT = "konto-der-firma";
    private static final String PASSWORD = "sehr-geheim";
    private static final String SCAN = "scan remote-records";
    private static final String PAGE = "page remote-records";
    private static final String LIST = "call /remoterecord/histories.json";
    private static final String CHAT = "call /remoterecord/chatrecords/{id}.json";

    private TestTenant tenant;
    private TraceCollector collector;

    @BeforeEach
    void startCollector() {
        collector = new TraceCollector();
        tenant = TestTenant.of(TracesIT.class)
                .with("bangwo8.account", ACCOUNT)
                .with("bangwo8.password", PASSWORD)
                .with("bangwo8.per-page", "2")
                .with("quarkus.otel.exporter.otlp.endpoint", collector.url());
        tenant.standIn().accessControl().addAdministrator(ACCOUNT, PASSWORD);
    }

    @AfterEach
    void stop() {
        tenant.close();
        collector.close();
    }

    @Test
    void sendsNothingByDefault() {
        tenant.desk().add(tenant.oldRecord(1));

        assertThat(tenant.runOnce().awaitExit()).isZero();

        assertThat(collector.requests()).isEmpty();
    }

    @Test
    void sendsASpanForTheScanForEachPageAndForEachCallBeforeItEnds() {
        for (long id = 1; id <= 5; id++) {
            tenant.desk().add(tenant.oldRecord(id).put("ChatRecord", 1));
            tenant.desk().addChat(Long.toString(id), SampleRows.message(true, "customer-text", "2018-10-24 15:14:12"));
        }
        tenant.addFault(
                Fault.status(500).on("chatrecords").matching("/3\\.json").times(1));

        Product run = tracedRun();

        assertThat(run.awaitExit()).as(run.output()).isZero();
        assertThat(collector.requests()).isNotEmpty().containsOnly("POST /v1/traces");
        Span scan = only(SCAN);
        assertThat(scan.getParentSpanId().isEmpty()).isTrue();
        assertThat(attributes(scan))
                .containsEntry("bangwo8.source", "remote-records")
                .containsEntry("bangwo8.seen", "5")
                .containsEntry("bangwo8.published", "5")
                .containsEntry("bangwo8.failed", "0")
                .containsEntry("bangwo8.complete", "true")
                .containsKey("bangwo8.mode");
        List<Span> pages = spans(PAGE);
        assertThat(pages).hasSizeGreaterThanOrEqualTo(3).allMatch(page -> isChild(page, scan));
        assertThat(pages)
                .allSatisfy(page -> assertThat(attributes(page))
                        .containsKeys("bangwo8.page", "bangwo8.window", "bangwo8.mode", "bangwo8.records"));
        assertThat(spans(LIST))
                .as("each page is the parent of the call for its list")
                .extracting(Span::getParentSpanId)
                .containsExactlyInAnyOrderElementsOf(
                        pages.stream().map(Span::getSpanId).toList());
    }

    @Test
    void theCallsForTheRecordsOfAPageBelongToThisPage() {
        for (long id = 1; id <= 5; id++) {
            tenant.desk().add(tenant.oldRecord(id).put("ChatRecord", 1));
        }
        tenant.addFault(
                Fault.status(500).on("chatrecords").matching("/3\\.json").times(1));

        tracedRun();

        Map<ByteString, Long> callsByPage = spans(CHAT).stream()
                .filter(call -> !attributes(call).get("bangwo8.outcome").equals("500"))
                .collect(Collectors.groupingBy(Span::getParentSpanId, Collectors.counting()));
        assertThat(callsByPage.values()).containsExactlyInAnyOrder(2L, 2L, 1L);
        assertThat(spans(PAGE)).extracting(Span::getSpanId).containsAll(callsByPage.keySet());
        assertThat(spans(CHAT).stream()
                        .filter(call -> call.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR))
                .singleElement()
                .satisfies(failed -> assertThat(attributes(failed))
                        .containsEntry("bangwo8.outcome", "500")
                        .containsEntry("http.request.resend_count", "0"));
        assertThat(spans(CHAT))
                .anySatisfy(call -> assertThat(attributes(call))
                        .containsEntry("bangwo8.outcome", "ok")
                        .containsEntry("http.request.resend_count", "1"));
    }

    @Test
    void theCallsForSeveralListsBelongToTheirPagesAndTheOthersToTheScan() {
        tenant.with("bangwo8.sources", "tickets");
        tenant.desk().ticketStore().addView(SampleRows.view(2, "a"));
        tenant.desk().ticketStore().addView(SampleRows.view(15, "b"));
        tenant.desk().ticketStore().addTicket(SampleRows.ticket(71, "customer-text", "2019-12-19 14:28:51"), "2", "15");

        tracedRun();

        Span scan = only("scan tickets");
        assertThat(spans("call /ticketviews.json")).isNotEmpty().allMatch(call -> isChild(call, scan));
        List<ByteString> pages =
                spans("page tickets").stream().map(Span::getSpanId).toList();
        assertThat(spans("call /ticketviews/{id}/tickets.json"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(call -> pages.contains(call.getParentSpanId()));
        assertThat(spans("page tickets")).allMatch(page -> isChild(page, scan));
    }

    @Test
    void sendsNeitherTheLoginNorWhatCustomersWrote() {
        tenant.desk().add(tenant.oldRecord(987_654).put("ChatRecord", 1).put("note", "customer-text"));
        tenant.desk().addChat("987654", SampleRows.message(true, "customer-text", "2018-10-24 15:14:12"));
        tenant.addFault(Fault.status(403).on("servicesummary"));

        tracedRun();

        assertThat(spans(CHAT)).isNotEmpty();
        assertThat(collector.received())
                .doesNotContain(ACCOUNT, PASSWORD, "customer-text", "987654", "starttime", "per_page")
                .doesNotContain(Base64.getEncoder().encodeToString((ACCOUNT + ":" + PASSWORD).getBytes(UTF_8)));
    }

    @Test
    void aCommandSendsNothing() {
        tenant.with("bangwo8.command", "check").with("quarkus.otel.sdk.disabled", "false");

        assertThat(tenant.start().awaitExit()).isLessThanOrEqualTo(1);

        assertThat(tenant.requests().entries()).isNotEmpty();
        assertThat(collector.requests()).isEmpty();
    }

    @Test
    void scansAndEndsAlsoWhenNoCollectorAnswers() {
        collector.close();
        tenant.desk().add(tenant.oldRecord(1));

        Product run = tracedRun();

        assertThat(run.awaitExit()).as(run.output()).isZero();
        assertThat(tenant.keys()).containsExactly("1");
        assertThat(run.lines().stream().filter(line -> line.contains("127.0.0.1:" + port())))
                .as(run.output())
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void scansAndEndsAlsoWhenTheCollectorNeverResponds() {
        tenant.desk().add(tenant.oldRecord(1));
        try (RawServer silent = new RawServer((request, out) -> new CountDownLatch(1).await())) {
            tenant.with("quarkus.otel.exporter.otlp.endpoint", "http://127.0.0.1:" + silent.port());

            Product run = tracedRun();

            assertThat(run.awaitExit()).as(run.output()).isZero();
            assertThat(silent.requests()).isNotEmpty();
        }
        assertThat(tenant.keys()).containsExactly("1");
    }

    private String port() {
        return collector.url().replaceFirst(".*:", "");
    }

    private Product tracedRun() {
        return tenant.with("quarkus.otel.sdk.disabled", "false").runOnce();
    }

    private List<Span> spans(String name) {
        return collector.spans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private Span only(String name) {
        List<Span> spans = spans(name);
        assertThat(spans).as(name).hasSize(1);
        return spans.get(0);
    }

    private static boolean isChild(Span child, Span parent) {
        return child.getTraceId().equals(parent.getTraceId())
                && child.getParentSpanId().equals(parent.getSpanId());
    }

    private static Map<String, String> attributes(Span span) {
        Map<String, String> values = new HashMap<>();
        span.getAttributesList().forEach(attribute -> values.put(attribute.getKey(), text(attribute.getValue())));
        return values;
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            default -> value.toString();
        };
    }
}
