package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.TicketStore;
import io.bangwo8stream.standin.VendorTime;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what is published about records, tickets and views that are gone, or seem to be. */
class DeletionsIT {

    private static final String CREATED = "created";
    private static final String UPDATED = "updated";
    private static final String DELETED = "deleted";
    private static final String UNLISTED = "unlisted";

    private final TestTenant tenant = TestTenant.of(DeletionsIT.class).with("bangwo8.sweep-interval", "1s");
    private final TicketStore book = tenant.desk().ticketStore();

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void publishesWhatIsGoneOnceAndNothingThatMoved() {
        fillDesk();
        tenant.with("bangwo8.sources", "remote-records,tickets,ticket-views").startPolling();
        awaitKeys("remote-records", "7", "8", "9");
        awaitKeys("tickets", "71", "72", "73", "74");
        awaitKeys("ticket-views", "2", "9", "15");

        tenant.desk().remove("8");
        tenant.desk().remoteRecords().move("9", now().minusDays(5));
        book.removeTicket("72");
        book.showIn("73");
        book.changeTicket("73", ticket -> ticket.put("ticketStatus", "已解决").put("updateDT", time(now())));
        book.removeView("9");
        awaitTypes("remote-records", "8", CREATED, DELETED);
        awaitTypes("remote-records", "9", CREATED, UPDATED);
        awaitTypes("tickets", "72", CREATED, DELETED);
        awaitTypes("tickets", "73", CREATED, UPDATED);
        awaitTypes("ticket-views", "9", CREATED, DELETED);
        Event solved = last("tickets", "73");
        assertThat(solved.value().path("views")).isEmpty();
        assertThat(solved.record().path("ticketStatus").asInt()).isEqualTo(4);
        assertThat(lookUps())
                .as("since the earliest of the last known changes, until the end of today")
                .contains("/api/v1/tickets.json?updated_start=2019-12-09%2009%3A30%3A00&updated_end="
                        + now().toLocalDate() + "%2023%3A59%3A59&page=1&per_page=100");

        tenant.addFault(Fault.status(403).on("tickets"));
        tenant.desk().add(tenant.oldRecord(8));
        book.showIn("74");
        awaitTypes("remote-records", "8", CREATED, DELETED, CREATED);
        awaitTypes("tickets", "74", CREATED, UNLISTED);
        assertThat(last("tickets", "74").text()).isEqualTo("{\"record\":{\"ticketId\":74},\"labels\":{},\"views\":[]}");
        assertThat(tenant.events("remote-records"))
                .as("ids of events")
                .extracting(event -> event.headers().get("ce_id"))
                .doesNotHaveDuplicates();

        int lookUps = lookUps().size();
        awaitSweeps(3);
        assertThat(lookUps()).as("a ticket is looked up once").hasSize(lookUps);
        book.showIn("74", "2");
        awaitTypes("tickets", "74", CREATED, UNLISTED, UPDATED);
        awaitTypes("remote-records", "8", CREATED, DELETED, CREATED);
        awaitTypes("remote-records", "9", CREATED, UPDATED);
        awaitTypes("remote-records", "7", CREATED);
        assertThat(tenant.deadLetters()).isEmpty();
    }

    /** Today 7, three days ago 8 and 9; tickets in two followed views; one more view. */
    private void fillDesk() {
        tenant.desk().add(tenant.newRecord(7));
        tenant.desk().add(tenant.oldRecord(8));
        tenant.desk().add(tenant.oldRecord(9));
        book.addView(SampleRows.view(2, "所有工单"));
        book.addView(SampleRows.view(9, "您组中未解决的工单").put("active", "0"));
        book.addView(SampleRows.view(15, "售中"));
        book.addTicket(SampleRows.ticket(71, "测试工单", "2019-12-19 14:28:51"), "2", "15");
        book.addTicket(SampleRows.ticket(72, "碧桂园", "2019-12-10 16:09:39"), "2");
        book.addTicket(SampleRows.ticket(73, "打印机卡纸", "2019-12-09 09:30:00"), "15");
        book.addTicket(SampleRows.ticket(74, "网络", "2019-12-10 16:09:39"), "2");
    }

    @Test
    void publishesNoDeletionOfViewsThatAreNotFollowedAnyMoreNorOfATicketInABrokenOne() {
        fillDesk();
        Product product = tenant.with("bangwo8.sources", "tickets").startPolling();
        awaitKeys("tickets", "71", "72", "73", "74");

        tenant.addFault(Fault.status(500).on("view-tickets").matching("ticketviews/15/"));
        book.showIn("71", "2");
        book.changeTicket("71", ticket -> ticket.put("priorityLevel", "紧急"));
        book.removeTicket("72");
        awaitTypes("tickets", "71", CREATED, UPDATED);
        product.awaitLine(0, "lists-incomplete source=tickets lists=15");
        assertThat(last("tickets", "71").value().path("views"))
                .as("the last known membership in the broken view")
                .hasToString("[2,15]");
        awaitSweeps(3);
        assertThat(lookUps())
                .as("nothing is looked up because of a broken view")
                .isEmpty();

        tenant.standIn().faults().clear();
        awaitTypes("tickets", "71", CREATED, UPDATED, UPDATED);
        awaitTypes("tickets", "72", CREATED, DELETED);
        book.changeView("15", view -> view.put("active", "0"));
        awaitSweeps(4);
        assertThat(types("tickets", "73")).as("its only view is not followed").containsExactly(CREATED);
        assertThat(lookUps()).noneMatch(target -> target.contains("2019-12-09"));
    }

    @Test
    void looksTicketsUpAlthoughAConfiguredViewWasDeleted() {
        fillDesk();
        Product product = tenant.with("bangwo8.sources", "tickets")
                .with("bangwo8.ticket-views", "2,15")
                .startPolling();
        awaitKeys("tickets", "71", "72", "73", "74");

        book.removeView("15");
        book.removeTicket("72");
        book.showIn("74");
        awaitTypes("tickets", "72", CREATED, DELETED);
        awaitTypes("tickets", "74", CREATED, UPDATED);
        awaitTypes("tickets", "71", CREATED, UPDATED);
        assertThat(last("tickets", "71").value().path("views")).hasToString("[2]");
        assertThat(last("tickets", "74").value().path("views")).isEmpty();
        assertThat(types("tickets", "73")).as("its only view is gone").containsExactly(CREATED);
        assertThat(product.lines())
                .filteredOn(line -> line.contains("view-unknown bangwo8.ticket-views=15"))
                .hasSize(1);
        assertThat(product.management("/q/metrics").body()).contains("bangwo8_view_unknown{view=\"15\"} 1");
    }

    private void awaitSweeps(int sweeps) {
        long before = tenant.requests().count("ticketviews");
        await().atMost(Product.PATIENCE).until(() -> tenant.requests().count("ticketviews") >= before + sweeps);
    }

    private List<String> lookUps() {
        return tenant.requests().entries().stream()
                .map(RequestLog.Entry::target)
                .filter(target -> target.startsWith("/api/v1/tickets.json"))
                .toList();
    }

    private void awaitKeys(String topic, String... keys) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(() ->
                        assertThat(tenant.events(topic)).extracting(Event::key).containsExactlyInAnyOrder(keys));
    }

    private void awaitTypes(String topic, String key, String... types) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(types(topic, key)).containsExactly(types));
    }

    private List<String> types(String topic, String key) {
        return events(topic, key).stream()
                .map(event -> event.type().replaceFirst(".*\\.", ""))
                .toList();
    }

    private Event last(String topic, String key) {
        List<Event> events = events(topic, key);
        return events.get(events.size() - 1);
    }

    private List<Event> events(String topic, String key) {
        return tenant.events(topic).stream()
                .filter(event -> event.key().equals(key))
                .toList();
    }

    private static LocalDateTime now() {
        return VendorTime.now(Clock.systemUTC());
    }

    private static String time(LocalDateTime time) {
        return VendorTime.padded(time);
    }
}
