package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.TicketStore;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the vendor's behaviour by cases, in one run. A case has a record's row in {@code list.json}, optionally with
 * its messages in {@code chat.json} and its summary response in {@code summary.json}; or a ticket's row in
 * {@code ticket.json}; or a view's row in {@code view.json}. The value of its event is in {@code expected.json}.
 */
class EventCasesIT {

    /** The only view, which lists the tickets of all cases. */
    private static final String VIEW = "15";

    private static TestTenant tenant;
    private static Product product;
    private static List<Event> records;
    private static List<Event> tickets;
    private static List<Event> views;

    @BeforeAll
    static void scanOnce() {
        // The cases have the fixed dates of the vendor's documentation, and no list is needed of the days before them.
        String lookBack = ChronoUnit.DAYS.between(LocalDate.of(2017, 8, 1), LocalDate.now()) + "d";
        tenant = TestTenant.of(EventCasesIT.class)
                .with("bangwo8.look-back", lookBack)
                .with("bangwo8.max-look-back", lookBack)
                .with("bangwo8.sources", "remote-records,tickets,ticket-views")
                .with("bangwo8.per-page", "4");
        // The responses contain comments, trailing commas, and counts as strings.
        tenant.desk().withIrregularResponses(true);
        tenant.desk().ticketStore().addView(SampleRows.view(Long.parseLong(VIEW), "售中"));
        cases().forEach(EventCasesIT::addToHelpDesk);
        product = tenant.runOnce();
        records = tenant.events();
        tickets = tenant.tickets();
        views = tenant.ticketViews();
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    static Stream<Case> cases() {
        return Case.all("e2e").stream();
    }

    private static void addToHelpDesk(Case testCase) {
        TicketStore ticketStore = tenant.desk().ticketStore();
        if (testCase.has("ticket.json")) {
            ticketStore.addTicket((ObjectNode) testCase.json("ticket.json"), VIEW);
        } else if (testCase.has("view.json")) {
            ticketStore.addView((ObjectNode) testCase.json("view.json"));
        } else {
            addRecord(testCase);
        }
    }

    private static void addRecord(Case testCase) {
        String id = tenant.desk().add((ObjectNode) testCase.json("list.json"));
        if (testCase.has("chat.json")) {
            testCase.json("chat.json").forEach(message -> tenant.desk().addChat(id, (ObjectNode) message));
        }
        if (testCase.has("summary.json")) {
            tenant.desk().setSummary(id, (ObjectNode) testCase.json("summary.json"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void publishesTheEventThatTheCaseExpects(Case testCase) {
        Event event = testCase.has("ticket.json")
                ? event(tickets, testCase.json("ticket.json").path("ticketId").asText())
                : testCase.has("view.json")
                        ? event(views, testCase.json("view.json").path("id").asText())
                        : event(records, testCase.json("list.json").path("csId").asText());

        assertThat(Event.pretty(event.value())).isEqualTo(Event.pretty(testCase.json("expected.json")));
    }

    @Test
    void publishesEveryRecordOfTheCases() {
        assertThat(tenant.deadLetters()).isEmpty();
        assertThat(records.size() + tickets.size() + views.size())
                .as("one event for each case, and one for the view of the tickets")
                .isEqualTo((int) cases().count() + 1);
        assertThat(product.awaitExit()).isZero();
    }

    private static Event event(List<Event> events, String key) {
        List<Event> found =
                events.stream().filter(event -> event.key().equals(key)).toList();
        assertThat(found).as("events of %s", key).hasSize(1);
        return found.get(0);
    }
}
