package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.TicketStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests ticket views, and the requests for the numbers of their tickets. */
class TicketViewsIT {

    private static final String LIST = "/api/v1/ticketviews.json?fields=show_tickets_num&page=1&per_page=100";
    private static final String MANY = "/api/v1/ticketviews/show_many.json?ids=15,2";

    private TestTenant tenant;
    private TicketStore book;

    @BeforeEach
    void fillTwoViews() {
        tenant = TestTenant.of(TicketViewsIT.class)
                .with("bangwo8.sources", "ticket-views")
                .with("bangwo8.sweep-interval", "300ms");
        book = tenant.desk().ticketStore();
        book.addView(SampleRows.view(15, "售中"));
        book.addView(SampleRows.view(2, "所有工单"));
        book.addTicket(SampleRows.ticket(71, "测试工单", "2019-12-19 14:28:51"), "2", "15");
        book.addTicket(SampleRows.ticket(72, "碧桂园", "2019-12-10 16:09:39"), "2");
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void takesTicketCountsFromTheListWhenTheListHasThem() {
        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(tenant.runOnce().awaitExit()).isZero();

        assertThat(counts()).containsExactlyInAnyOrder("15 1", "2 2");
        assertThat(targets()).as("one request for each of two scans").containsExactly(LIST, LIST);
    }

    @Test
    void requestsTheCountsOfAllViewsAtOnceWhenTheListHasNone() {
        book.showCounts(false);
        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(tenant.runOnce().awaitExit()).isZero();

        assertThat(counts()).containsExactlyInAnyOrder("15 1", "2 2");
        assertThat(targets()).containsExactly(LIST, MANY, LIST, MANY);
    }

    @Test
    void requestsTheCountOfASingleViewDirectly() {
        book.showCounts(false);
        book.removeView("15");

        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(counts()).containsExactly("2 2");
        assertThat(targets()).containsExactly(LIST, countOf(2));
    }

    @Test
    void requestsTheCountsOfManyViewsOnlyOnceWhenThatRequestIsRefused() {
        book.showCounts(false);
        tenant.addFault(Fault.status(403).on("show-many")).startPolling();
        await().atMost(Product.PATIENCE).until(() -> targets().size() >= 11);

        assertThat(targets())
                .startsWith(
                        LIST,
                        MANY,
                        countOf(15),
                        countOf(2),
                        LIST,
                        countOf(15),
                        countOf(2),
                        LIST,
                        countOf(15),
                        countOf(2),
                        LIST);
        assertThat(counts()).containsExactlyInAnyOrder("15 1", "2 2");
    }

    @Test
    void publishesTheOtherViewsWhenTheCountOfOneViewIsRefused() {
        book.showCounts(false);
        tenant.addFault(Fault.status(403).on("show-many"))
                .addFault(Fault.status(403).on("view-count").matching("ticketviews/15"));
        Product product = tenant.runOnce();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(counts()).containsExactly("2 2");
        assertThat(tenant.deadLetters())
                .extracting(letter -> letter.value().path("id").asText())
                .containsExactly("15");
        assertThat(targets()).containsExactly(LIST, MANY, countOf(15), countOf(2));
    }

    @Test
    void publishesAViewAgainWhenItsCountOrItsTitleChanges() {
        book.showCounts(false);
        tenant.startPolling();
        await().atMost(Product.PATIENCE).until(() -> counts().size() == 2);

        book.showIn("72", "2", "15");
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(counts()).containsExactlyInAnyOrder("15 1", "2 2", "15 2"));
        book.changeView("2", view -> view.put("title", "全部工单").put("active", "0"));
        await().atMost(Product.PATIENCE).until(() -> counts().size() == 4);

        Event last = tenant.ticketViews().stream()
                .filter(view -> view.key().equals("2"))
                .toList()
                .get(1);
        assertThat(last.type()).isEqualTo("bangwo8.ticket-view.updated");
        assertThat(last.record().path("title").asText()).isEqualTo("全部工单");
        assertThat(last.value().path("labels").path("active").asText()).isEqualTo("未启用");
    }

    private static String countOf(int view) {
        return "/api/v1/ticketviews/" + view + "/count.json";
    }

    private List<String> targets() {
        return tenant.requests().entries().stream()
                .map(RequestLog.Entry::target)
                // The check of the login at the start asks for one row.
                .filter(target -> !target.endsWith("&per_page=1"))
                .toList();
    }

    private List<String> counts() {
        return tenant.ticketViews().stream()
                .map(view -> view.key() + " " + view.value().path("ticket_count"))
                .toList();
    }
}
