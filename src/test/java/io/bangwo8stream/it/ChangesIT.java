package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.SampleSummaries;
import io.bangwo8stream.standin.VendorTime;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests changes of a published record: found even where the row stays the same, and published once. */
class ChangesIT {

    private static final String CREATED = "bangwo8.remote-record.created";
    private static final String UPDATED = "bangwo8.remote-record.updated";

    private TestTenant tenant;

    @BeforeEach
    void openTenant() {
        tenant = TestTenant.of(ChangesIT.class).with("bangwo8.sweep-interval", "1s");
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void fetchesOnlyListPagesAndThePartsOfTheChangedRecord() {
        for (long id = 1; id <= 7; id++) {
            tenant.desk().add(tenant.oldRecord(id).put("ChatRecord", 1));
        }
        tenant.with("bangwo8.per-page", "3").runOnce();
        tenant.requests().reset();
        tenant.desk().change("4", row -> row.put("comment", "还是上不了网"));
        tenant.runOnce();

        // A single run reads the three pages of the day twice: the second pass shows that no row has slipped away.
        int listPages = TestTenant.WINDOWS_OF_FIRST_SWEEP - 1 + 2 * 3;
        assertThat(tenant.requests().entries("histories")).hasSize(listPages);
        assertThat(tenant.requests().entries("chatrecords"))
                .extracting(RequestLog.Entry::path)
                .containsExactly("/api/v1/remoterecord/chatrecords/4.json");
        assertThat(tenant.requests().entries("servicesummary"))
                .extracting(RequestLog.Entry::path)
                .containsExactly("/api/v1/servicesummary/4.json");
        assertThat(tenant.requests().total()).isEqualTo(listPages + 2);
        assertThat(types("4")).containsExactly(CREATED, UPDATED);
        assertThat(tenant.keys()).hasSize(8);
    }

    @Test
    void publishesOneUpdateWhenTheChatOfAnOpenRecordGrows() {
        tenant.desk().add(tenant.newRecord(1).put("csStat", 1).put("ChatRecord", 1));
        tenant.startPolling();
        awaitTypes("1", CREATED);

        tenant.desk().addChat("1", SampleRows.message(true, "您好", "2017-08-27 10:01:00"));

        awaitTypes("1", CREATED, UPDATED);
        assertThat(event("1", 1).value().path("chatRecords")).hasSize(1);
        awaitTwoSweeps();
        awaitTypes("1", CREATED, UPDATED);
    }

    @Test
    void publishesOneUpdateEachForASummaryAndARatingAddedAfterTheEnd() {
        tenant.with("bangwo8.revisit-after", "1s,8s,20s");
        tenant.desk().add(tenant.newRecord(1).put("csStat", 1).put("commentScore", 0));
        tenant.startPolling();
        awaitTypes("1", CREATED);
        tenant.desk()
                .change(
                        "1",
                        row -> row.put("csStat", 5)
                                .put("csETime", VendorTime.padded(VendorTime.now(Clock.systemUTC()))));
        awaitTypes("1", CREATED, UPDATED);

        tenant.desk().setSummary("1", SampleSummaries.filled("远程服务总结", "field_1", "4334"));
        awaitTypes("1", CREATED, UPDATED, UPDATED);
        assertThat(event("1", 2).value().path("serviceSummary").path("status").asText())
                .isEqualTo("filled");

        tenant.desk().change("1", row -> row.put("commentScore", 3));
        awaitTypes("1", CREATED, UPDATED, UPDATED, UPDATED);
        assertThat(event("1", 3).record().path("commentScore").asInt()).isEqualTo(3);
        awaitTwoSweeps();
        awaitTypes("1", CREATED, UPDATED, UPDATED, UPDATED);
    }

    @Test
    void deadLettersARecordWhoseJoinFailedThreeTimesAndPublishesTheRecordOnceItsJoinSucceeds() {
        tenant.with("bangwo8.max-retries", "0");
        tenant.addFault(Fault.status(500).matching("servicesummary/1\\.json"));
        tenant.desk().add(tenant.newRecord(1));
        tenant.desk().add(tenant.newRecord(2));
        tenant.startPolling();

        // One request more than the three failures after which the record is dead-lettered.
        await().atMost(Product.PATIENCE).until(() -> summaryRequests("1") >= 4);
        assertThat(tenant.keys()).containsExactly("2");
        assertThat(tenant.deadLetters()).extracting(Event::key).containsExactly("1");
        tenant.standIn().faults().clear();

        awaitTypes("1", CREATED);
        assertThat(tenant.deadLetters())
                .extracting(Event::type)
                .containsExactly("bangwo8.remote-record.dead-lettered", "bangwo8.remote-record.recovered");
        assertThat(types("2")).containsExactly(CREATED);
    }

    private long summaryRequests(String id) {
        return tenant.requests().entries("servicesummary").stream()
                .filter(entry -> entry.path().endsWith("/" + id + ".json"))
                .count();
    }

    /** The third sweep from now on starts after two sweeps have ended. */
    private void awaitTwoSweeps() {
        long before = countSweeps();
        await().atMost(Product.PATIENCE).until(() -> countSweeps() >= before + 3);
    }

    private long countSweeps() {
        String from =
                VendorTime.now(Clock.systemUTC()).toLocalDate().minusDays(7).toString();
        return tenant.requests().entries("histories").stream()
                .filter(entry -> entry.query().contains("starttime=" + from))
                .count();
    }

    private void awaitTypes(String id, String... wanted) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(types(id)).containsExactly(wanted));
    }

    private List<String> types(String id) {
        return eventsOf(id).stream().map(Event::type).toList();
    }

    private Event event(String id, int index) {
        return eventsOf(id).get(index);
    }

    private List<Event> eventsOf(String id) {
        return tenant.events().stream().filter(event -> event.key().equals(id)).toList();
    }
}
