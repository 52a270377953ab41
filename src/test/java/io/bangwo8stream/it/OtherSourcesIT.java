package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.demo.Fault;
import io.bangwo8stream.demo.Rows;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tickets, ticket views, the records of single agents, and the texts of problem types. */
class OtherSourcesIT {

    private Trial trial;

    @BeforeEach
    void openTrial() {
        trial = Trial.of(OtherSourcesIT.class);
    }

    @AfterEach
    void closeTrial() {
        trial.close();
    }

    @Test
    void publishesATicketOnceWithTheViewsThatListIt() {
        fillTwoViews();
        Product first = trial.with("bangwo8.sources", "tickets,ticket-views").once();
        trial.requests().reset();
        Product second = trial.once();

        assertThat(first.awaitExit()).as(first.output()).isZero();
        List<Event> tickets = events("tickets");
        assertThat(tickets).extracting(Event::key).containsExactlyInAnyOrder("71", "72");
        assertThat(tickets).filteredOn(ticket -> ticket.key().equals("71"))
                .allSatisfy(ticket -> assertThat(ticket.value().path("views")).hasToString("[2,15]"));
        assertThat(events("ticket-views")).extracting(Event::key).containsExactlyInAnyOrder("2", "15");
        assertThat(events("ticket-views")).filteredOn(view -> view.key().equals("2"))
                .allSatisfy(view -> assertThat(view.value().path("ticket_count").asInt()).isEqualTo(2));
        assertThat(second.awaitExit()).as(second.output()).isZero();
        assertThat(trial.requests().counts()).as("a list of views for each source, and a list for each view")
                .containsOnlyKeys("ticketviews", "view-tickets");
        assertThat(trial.requests().count("ticketviews")).isEqualTo(2);
        assertThat(trial.requests().count("view-tickets")).isEqualTo(2);
    }

    @Test
    void publishesATicketAgainWhenAnotherViewListsIt() {
        fillTwoViews();
        trial.with("bangwo8.sources", "tickets").once();
        trial.desk().ticketBook().showIn("72", "2", "15");
        trial.once();

        assertThat(events("tickets")).filteredOn(ticket -> ticket.key().equals("72"))
                .extracting(ticket -> ticket.value().path("views").toString()).containsExactly("[2]", "[2,15]");
    }

    @Test
    void publishesOnceWhatAnAgentsListAndTheWholeListShow() {
        trial.desk().add(trial.oldRecord(1).put("csServicerId", 223));
        trial.desk().add(trial.oldRecord(2).put("csServicerId", 224));
        Product product = trial.with("bangwo8.sources", "remote-records,agent-records")
                .with("bangwo8.agents", "223").once();

        assertThat(product.awaitExit()).as(product.output()).isZero();
        assertThat(trial.keys()).containsExactlyInAnyOrder("1", "2");
        assertThat(trial.requests().count("agent-histories")).isEqualTo(1);
    }

    @Test
    void learnsTheTextsOfProblemTypesWithOneRequest() {
        trial.desk().problemTypes().put("221", "网络");
        trial.desk().problemTypes().put("451", "上网");
        trial.desk().problemTypes().put("341", "网线");
        trial.desk().add(trial.oldRecord(1));
        trial.desk().add(trial.oldRecord(2));
        trial.with("bangwo8.problem-type-labels", "true").with("bangwo8.per-page", "1").once();

        assertThat(trial.events()).allSatisfy(event ->
                assertThat(event.value().path("labels").path("ptId").asText()).isEqualTo("网络"));
        assertThat(trial.requests().count("histories")).isEqualTo(2);
        assertThat(trial.requests().count("histories_v2")).isEqualTo(1);
    }

    @Test
    void countsTheTicketsOfEachViewWhereTheListDoesNot() {
        fillTwoViews();
        trial.fault(Fault.status(403).on("show-many")).with("bangwo8.sources", "ticket-views").once();

        assertThat(events("ticket-views")).extracting(view -> view.value().path("ticket_count").isIntegralNumber())
                .containsOnly(true);
    }

    private void fillTwoViews() {
        trial.desk().ticketBook().addView(Rows.view(2, "所有工单"));
        trial.desk().ticketBook().addView(Rows.view(15, "售中"));
        trial.desk().ticketBook().addTicket(Rows.ticket(71, "测试工单", "2019-12-19 14:28:51"), "2", "15");
        trial.desk().ticketBook().addTicket(Rows.ticket(72, "碧桂园", "2019-12-10 16:09:39"), "2");
    }

    private List<Event> events(String what) {
        return Topic.read(trial.topic(what)).stream().map(Event::of).toList();
    }
}
