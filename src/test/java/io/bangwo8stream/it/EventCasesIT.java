package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.standin.Rows;
import io.bangwo8stream.standin.TicketStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vendor's behaviour as cases, all walked at once: a record's row in {@code list.json}, with its messages in
 * {@code chat.json} and its answer in {@code summary.json}, both as far as there are any, or a ticket's row in
 * {@code ticket.json}, or a view's in {@code view.json}; and the event's value in {@code expected.json}.
 */
class EventCasesIT {

    /** The one followed view, which lists the tickets of all cases. */
    private static final String VIEW = "15";

    private static TestTenant tenant;
    private static Product product;
    private static List<Event> records;
    private static List<Event> tickets;
    private static List<Event> views;

    @BeforeAll
    static void scanOnce() {
        // The cases have dates of their own, from the vendor's page.
        tenant = TestTenant.of(EventCasesIT.class)
                .with("bangwo8.look-back", "6000d")
                .with("bangwo8.max-look-back", "6000d")
                .with("bangwo8.sources", "remote-records,tickets,ticket-views")
                .with("bangwo8.per-page", "4");
        // Answers hold comments, trailing commas, and counts as texts.
        tenant.desk().awkward(true);
        tenant.desk().ticketBook().addView(Rows.view(Long.parseLong(VIEW), "售中"));
        cases().forEach(EventCasesIT::put);
        product = tenant.once();
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

    private static void put(Case one) {
        TicketStore book = tenant.desk().ticketBook();
        if (one.has("ticket.json")) {
            book.addTicket((ObjectNode) one.json("ticket.json"), VIEW);
        } else if (one.has("view.json")) {
            book.addView((ObjectNode) one.json("view.json"));
        } else {
            putRecord(one);
        }
    }

    private static void putRecord(Case one) {
        String id = tenant.desk().add((ObjectNode) one.json("list.json"));
        if (one.has("chat.json")) {
            one.json("chat.json").forEach(message -> tenant.desk().addChat(id, (ObjectNode) message));
        }
        if (one.has("summary.json")) {
            tenant.desk().setSummary(id, (ObjectNode) one.json("summary.json"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void publishesTheEventThatTheCaseExpects(Case one) {
        Event event = one.has("ticket.json")
                ? event(tickets, one.json("ticket.json").path("ticketId").asText())
                : one.has("view.json")
                        ? event(views, one.json("view.json").path("id").asText())
                        : event(records, one.json("list.json").path("csId").asText());

        assertThat(Event.pretty(event.value())).isEqualTo(Event.pretty(one.json("expected.json")));
    }

    @Test
    void leavesNothingUnpublished() {
        assertThat(tenant.deadLetters()).isEmpty();
        assertThat(records.size() + tickets.size() + views.size())
                .as("the cases, and the view of their tickets")
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
