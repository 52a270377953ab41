package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.Rows;
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

/** What one walk publishes, and what a second one over the same data costs. */
class OnceIT {

    private static final int RECORDS = 7;

    private static TestTenant testTenant;
    private static Product first;
    private static Product second;
    private static List<Event> events;
    private static List<RequestLog.Entry> secondRequests;
    private static LocalDate day;

    @BeforeAll
    static void scanTwice() {
        testTenant = TestTenant.of(OnceIT.class).with("bangwo8.per-page", "3");
        LocalDateTime now = VendorTime.now(Clock.systemUTC());
        day = now.toLocalDate();
        LongStream.range(1, RECORDS).forEach(id -> testTenant.desk().add(testTenant.oldRecord(id)));
        testTenant.desk().add(Rows.remoteRecord(RECORDS, VendorTime.padded(day.atTime(23, 59, 59))));
        // Neither before the look-back of seven days nor after today is anything to be asked for.
        testTenant.desk().add(Rows.remoteRecord(101, VendorTime.padded(now.minusDays(9))));
        testTenant.desk().add(Rows.remoteRecord(102, VendorTime.padded(now.plusDays(2))));
        first = testTenant.once();
        events = testTenant.events();
        testTenant.requests().reset();
        second = testTenant.once();
        secondRequests = testTenant.requests().entries();
    }

    @AfterAll
    static void stop() {
        testTenant.close();
    }

    @Test
    void publishesEveryRecordOfTheLookBackOnceWithTheEndDayIncluded() {
        assertThat(events).extracting(Event::key).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7");
        assertThat(testTenant.deadLetters()).isEmpty();
    }

    @Test
    void endsWithZeroAndSaysAtLastWhatItDid() {
        assertThat(first.awaitExit()).isZero();
        assertThat(lastLine(first))
                .contains("seen=7 published=7 unchanged=0 dead-lettered=0")
                .contains("exit=0");
    }

    @Test
    void givesEveryEventTheHeadersOfACloudEvent() {
        assertThat(events).allSatisfy(event -> {
            assertThat(event.headers())
                    .containsEntry("ce_specversion", "1.0")
                    .containsEntry("ce_type", "bangwo8.remote-record.created")
                    .containsEntry("ce_source", "/bangwo8/" + testTenant.tenant() + "/remote-records")
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
    void writesTheWholeTypedDocument() {
        Event event = events.stream()
                .filter(each -> each.key().equals("1"))
                .findFirst()
                .orElseThrow();
        ObjectNode row = testTenant.oldRecord(1);
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
    void commitsAPageInOneTransaction() {
        // With three records to a page, every fourth offset is the mark of a commit.
        assertThat(events).extracting(Event::offset).containsExactly(0L, 1L, 2L, 4L, 5L, 6L, 8L);
    }

    @Test
    void createsItsTopicsSoThatTheNewestEventOfARecordStays() throws Exception {
        ConfigResource events = new ConfigResource(ConfigResource.Type.TOPIC, testTenant.topic("remote-records"));
        ConfigResource state = new ConfigResource(ConfigResource.Type.TOPIC, testTenant.topic("state"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Broker.bootstrapServers()))) {
            Map<ConfigResource, Config> configs =
                    admin.describeConfigs(List.of(events, state)).all().get();
            assertThat(configs.values())
                    .allSatisfy(config ->
                            assertThat(config.get("cleanup.policy").value()).isEqualTo("compact"));
        }
    }

    @Test
    void publishesNothingASecondTimeAndAsksOnlyForTheListPages() {
        assertThat(second.awaitExit()).isZero();
        assertThat(testTenant.events()).hasSize(RECORDS);
        assertThat(lastLine(second))
                .contains("seen=7 published=0 unchanged=7 dead-lettered=0")
                .contains("exit=0");
        assertThat(secondRequests).extracting(RequestLog.Entry::endpoint).containsOnly("histories");
        // Three pages of the look-back, and at most two more of the newest two days.
        assertThat(secondRequests).hasSizeBetween(3, 5);
    }

    private static String lastLine(Product product) {
        return product.lines().get(product.lines().size() - 1);
    }
}
