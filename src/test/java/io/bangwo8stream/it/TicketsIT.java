package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Fault.Kind;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.TicketStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests tickets of the followed views: one event for each change, however many views list the ticket. */
class TicketsIT {

    private static final String CREATED = "bangwo8.ticket.created";
    private static final String UPDATED = "bangwo8.ticket.updated";

    private TestTenant tenant;
    private TicketStore book;

    @BeforeEach
    void fillTwoActiveViewsAndAnInactiveOne() {
        tenant = TestTenant.of(TicketsIT.class)
                .with("bangwo8.sources", "tickets")
                .with("bangwo8.per-page", "2")
                .with("bangwo8.sweep-interval", "300ms");
        book = tenant.desk().ticketStore();
        book.addView(SampleRows.view(2, "所有工单"));
        book.addView(SampleRows.view(9, "您组中未解决的工单").put("active", "0"));
        book.addView(SampleRows.view(15, "售中"));
        book.addTicket(SampleRows.ticket(71, "测试工单", "2019-12-19 14:28:51"), "2", "9", "15");
        book.addTicket(SampleRows.ticket(72, "碧桂园", "2019-12-10 16:09:39"), "2");
        book.addTicket(SampleRows.ticket(73, "打印机卡纸", "2019-12-09 09:30:00"), "2");
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void publishesATicketOnceWithAllItsViewsAndRepeatsOnlyListRequests() {
        Product first = tenant.runOnce();
        List<String> requested = targets();
        tenant.requests().reset();
        Product second = tenant.runOnce();

        assertThat(first.awaitExit()).as(first.output()).isZero();
        assertThat(tenant.tickets()).extracting(Event::key).containsExactlyInAnyOrder("71", "72", "73");
        assertThat(views("71")).containsExactly("[2,15]");
        assertThat(views("72")).containsExactly("[2]");
        assertThat(second.awaitExit()).as(second.output()).isZero();
        assertThat(requested)
                .as("a single run repeats lists of several pages until a pass finds no other ticket")
                .containsExactly(
                        views(1), views(2), page(2, 1), page(2, 2), page(15, 1), page(2, 1), page(2, 2), page(15, 1));
        assertThat(targets())
                .as("requests of a new process, when nothing changed")
                .isEqualTo(requested);
    }

    @Test
    void followsOnlyConfiguredViewsAndChecksOnceThatTheyExist() {
        Product product = tenant.with("bangwo8.ticket-views", "15,404").startPolling();
        await().atMost(Product.PATIENCE).until(() -> tenant.requests().count("view-tickets") >= 3);

        assertThat(views("71")).containsExactly("[15]");
        assertThat(tenant.tickets()).hasSize(1);
        assertThat(product.output()).contains("view-unknown bangwo8.ticket-views=404");
        assertThat(targets())
                .filteredOn(target -> target.endsWith("ticketviews/15.json"))
                .hasSize(1);
        assertThat(targets()).doesNotContain(views(1), page(2, 1), page(404, 1));
    }

    @Test
    void publishesEachChangeOnceWhicheverViewsListTheTicket() {
        tenant.startPolling();
        await().atMost(Product.PATIENCE).until(() -> tenant.tickets().size() == 3);

        // Neither the count of the view nor its first page shows this change.
        book.changeTicket("73", ticket -> ticket.put("ticketStatus", "已解决"));
        awaitTypes("73", CREATED, UPDATED);
        book.changeTicket("71", ticket -> ticket.put("priorityLevel", "紧急"));
        awaitTypes("71", CREATED, UPDATED);
        book.showIn("72", "15");
        awaitTypes("72", CREATED, UPDATED);
        book.showIn("73", "2", "15");
        awaitTypes("73", CREATED, UPDATED, UPDATED);

        assertThat(events("73").get(1).record().path("ticketStatus").asInt()).isEqualTo(4);
        assertThat(views("71")).as("two views list the ticket").containsExactly("[2,15]", "[2,15]");
        assertThat(views("72")).as("the ticket moved").containsExactly("[2]", "[15]");
        assertThat(views("73")).as("one more view lists the ticket").containsExactly("[2]", "[2]", "[2,15]");
        assertThat(tenant.tickets()).hasSize(7);
    }

    @Test
    void publishesAllTicketsButTheOneThatTheApiCannotSend() {
        tenant.with("bangwo8.max-retries", "0")
                .addFault(Fault.of(Kind.UNSENDABLE_ROW, 72).on("view-tickets"));

        Product product = tenant.runOnce();

        assertThat(tenant.tickets()).as(product.output()).extracting(Event::key).containsExactlyInAnyOrder("71", "73");
        assertThat(views("71")).containsExactly("[2,15]");
        assertThat(tenant.deadLetters())
                .singleElement()
                .satisfies(letter ->
                        assertThat(letter.value().path("reason").asText()).isEqualTo("unreadable-row"));
        assertThat(product.awaitExit()).isNotZero();
    }

    @Test
    void countsTheDaysOfAnIncompleteListUntilItsNextCompleteScan() {
        tenant.with("bangwo8.max-retries", "0")
                .addFault(Fault.of(Kind.UNSENDABLE_ROW, 72).on("view-tickets"));
        Product product = tenant.startPolling();
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(product.management("/q/metrics").body())
                        .containsPattern("bangwo8_incomplete_days\\{[^}]*source=\"tickets\"[^}]*} [1-9]"));

        tenant.standIn().faults().clear();

        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(product.management("/q/metrics").body())
                        .containsPattern("bangwo8_incomplete_days\\{[^}]*source=\"tickets\"[^}]*} 0"));
    }

    @Test
    void publishesTheOtherTicketsOfAPageWithInvalidRows() {
        tenant.addFault(row("{\"subject\": \"无号\"}").matching("ticketviews/2/.*page=1"))
                .addFault(row("[7]").matching("ticketviews/15/"));
        Product product = tenant.runOnce();

        assertThat(tenant.tickets())
                .as(product.output())
                .extracting(Event::key)
                .containsExactlyInAnyOrder("71", "72", "73");
        assertThat(tenant.deadLetters())
                .allSatisfy(letter -> {
                    assertThat(letter.value().path("source").asText()).isEqualTo("tickets");
                    assertThat(letter.value().path("id").isNull()).isTrue();
                })
                .extracting(letter -> letter.value().path("reason").asText() + " "
                        + letter.value().path("payload"))
                .containsExactlyInAnyOrder("missing-id {\"subject\":\"无号\"}", "not-an-object [7]");
    }

    @Test
    void publishesTheTicketsOfTheOtherViewsWhileTheListOfOneViewFails() {
        assertThat(tenant.runOnce().awaitExit()).isZero();
        book.addTicket(SampleRows.ticket(74, "新工单", "2019-12-20 08:00:00"), "2");
        tenant.addFault(Fault.of(Kind.BODY, "{\"errcode\":\"100999\",\"errmsg\":\"busy\"}")
                .on("view-tickets")
                .matching("ticketviews/15/"));
        Product product = tenant.runOnce();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(product.output()).contains("busy");
        assertThat(tenant.tickets()).as("no view has lost a ticket").hasSize(4);
        assertThat(views("74")).containsExactly("[2]");
    }

    @Test
    void followsAViewWhoseActiveFieldIsALabelAndSkipsAViewWithoutId() {
        book.changeView("15", view -> view.put("active", "启用"));
        tenant.addFault(
                Fault.of(Kind.EXTRA_ROW, "{\"title\": \"无号\", \"active\": 1}").on("ticketviews"));
        Product product = tenant.runOnce();

        assertThat(product.awaitExit()).as(product.output()).isZero();
        assertThat(views("71")).containsExactly("[2,15]");
        assertThat(tenant.tickets()).hasSize(3);
    }

    @Test
    void followsTheViewsOfAllPages() {
        for (int id = 101; id <= 147; id++) {
            book.addView(SampleRows.view(id, "视图" + id));
        }
        book.addView(SampleRows.view(148, "最后").put("active", true));
        book.addTicket(SampleRows.ticket(74, "显示器", "2019-12-08 09:30:00"), "148");
        Product product = tenant.with("bangwo8.per-page", "20").runOnce();

        assertThat(product.awaitExit()).as(product.output()).isZero();
        assertThat(views("74")).containsExactly("[148]");
        assertThat(targets())
                .filteredOn(target -> target.contains("/ticketviews.json"))
                .hasSize(3);
    }

    @Test
    void reportsARefusedLoginInsteadOfUnknownViews() {
        Product product = tenant.with("bangwo8.ticket-views", "2,15")
                .with("bangwo8.password", "wrong")
                .runOnce();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(product.output()).contains("answered 401").doesNotContain("view-unknown");
    }

    private static Fault row(String json) {
        return Fault.of(Kind.EXTRA_ROW, json).on("view-tickets");
    }

    private static String views(int page) {
        return "/api/v1/ticketviews.json?page=" + page + "&per_page=2";
    }

    private static String page(int view, int number) {
        return "/api/v1/ticketviews/" + view + "/tickets.json?page=" + number + "&per_page=2";
    }

    private List<String> targets() {
        return tenant.requests().entries().stream()
                .map(RequestLog.Entry::target)
                .toList();
    }

    private List<Event> events(String key) {
        return tenant.tickets().stream()
                .filter(ticket -> ticket.key().equals(key))
                .toList();
    }

    private List<String> views(String key) {
        return events(key).stream()
                .map(ticket -> ticket.value().path("views").toString())
                .toList();
    }

    private void awaitTypes(String key, String... types) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(
                        () -> assertThat(events(key)).extracting(Event::type).containsExactly(types));
    }
}
