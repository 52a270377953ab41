package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.VendorTime;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests what a single run publishes, and which requests a second run over the same data sends. */
class OnceIT {

    private static final int RECORDS = 7;

    private static TestTenant tenant;
    private static Product first;
    private static Product second;
    private static List<Event> events;
    private static List<RequestLog.Entry> secondRequests;
    private static LocalDate day;

    @BeforeAll
    static void scanTwice() {
        tenant = TestTenant.of(OnceIT.class).with("bangwo8.per-page", "3");
        LocalDateTime now = VendorTime.now(Clock.systemUTC());
        day = now.toLocalDate();
        LongStream.range(1, RECORDS).forEach(id -> tenant.desk().add(tenant.oldRecord(id)));
        tenant.desk().add(SampleRows.remoteRecord(RECORDS, VendorTime.padded(day.atTime(23, 59, 59))));
        // Records before the look-back of seven days and after today must not be requested.
        tenant.desk().add(SampleRows.remoteRecord(101, VendorTime.padded(now.minusDays(9))));
        tenant.desk().add(SampleRows.remoteRecord(102, VendorTime.padded(now.plusDays(2))));
        first = tenant.runOnce();
        events = tenant.events();
        tenant.requests().reset();
        second = tenant.runOnce();
        secondRequests = tenant.requests().entries();
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void publishesEveryRecordOfTheLookBackOnceIncludingToday() {
        assertThat(events).extracting(Event::key).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7");
        assertThat(tenant.deadLetters()).isEmpty();
    }

    @Test
    void exitsWithZeroAndReportsTheTotalsInTheLastLine() {
        assertThat(first.awaitExit()).isZero();
        assertThat(lastLine(first))
                .contains("seen=7 published=7 unchanged=0 dead-lettered=0")
                .contains("exit=0");
    }

    @Test
    void setsTheHeadersOfACloudEventOnEveryEvent() {
        assertThat(events).allSatisfy(event -> {
            assertThat(event.headers())
                    .containsEntry("ce_specversion", "1.0")
                    .containsEntry("ce_type", "bangwo8.remote-record.created")
                    .containsEntry("ce_source", "/bangwo8/" + tenant.name() + "/remote-records")
                    .containsEntry("ce_subject", event.key())
                    .containsEntry("ce_dataschema", "urn:bangwo8-stream:schema:remote-record:1")
                    .containsEntry("content-type", "application/json")
                    .containsKeys("ce_id", "ce_time");
            assertThat(OffsetDateTime.parse(event.headers().get("ce_time")).toLocalDate())
                    .isAfterOrEqualTo(day.minusDays(1));
        });
        assertThat(events).extracting(event -> event.headers().get("ce_id")).doesNotHaveDuplicates();
    }

    @Test
    void writesTheCompleteTypedRecord() {
        Event event = events.stream()
                .filter(each -> each.key().equals("1"))
                .findFirst()
                .orElseThrow();
        ObjectNode row = tenant.oldRecord(1);
        String begin = event.record().path("csBTime").asText();
        assertThat(OffsetDateTime.parse(begin).getOffset()).hasToString("+08:00");
        List.of("csBTime", "csETime", "payDateTime").forEach(field -> row.put(field, begin));
        assertThat(Event.pretty(event.record())).isEqualTo(Event.pretty(row));
        assertThat(event.value().path("labels").path("csStat").asText()).isEqualTo("服务完成");
        assertThat(event.value().path("chatRecords")).isEmpty();
        assertThat(event.value().path("serviceSummary").path("status").asText()).isEqualTo("not_filled");
        assertThat(event.value().has("unparsed")).isFalse();
    }

    @Test
    void commitsEachPageInOneTransaction() {
        // Today's page has one record, the pages of the other days have three; a commit marker follows each page.
        assertThat(events).extracting(Event::offset).containsExactly(0L, 2L, 3L, 4L, 6L, 7L, 8L);
    }

    @Test
    void createsEventAndStateTopicsWithCompaction() throws Exception {
        ConfigResource events = new ConfigResource(ConfigResource.Type.TOPIC, tenant.topic("remote-records"));
        ConfigResource state = new ConfigResource(ConfigResource.Type.TOPIC, tenant.topic("state"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.bootstrapServers()))) {
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(List.of(events, state)).all().get();
            assertThat(configs.values())
                    .allSatisfy(config ->
                            assertThat(config.get("cleanup.policy").value()).isEqualTo("compact"));
        }
    }

    @Test
    void publishesNothingAndRequestsOnlyListPagesInASecondRun() {
        assertThat(second.awaitExit()).isZero();
        assertThat(tenant.events()).hasSize(RECORDS);
        assertThat(lastLine(second))
                .contains("seen=7 published=0 unchanged=7 dead-lettered=0")
                .contains("exit=0");
        assertThat(secondRequests).extracting(RequestLog.Entry::endpoint).containsOnly("histories");
        // Two pages, twice, of the window with six records, and at most one of each of the three others.
        assertThat(secondRequests).hasSizeBetween(5, 7);
    }

    private static String lastLine(Product product) {
        return product.lines().get(product.lines().size() - 1);
    }
}
