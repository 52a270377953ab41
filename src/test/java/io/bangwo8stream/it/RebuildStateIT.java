package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.TicketStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts the packaged product with another state topic than the one that belongs to its events. */
class RebuildStateIT {

    private TestTenant tenant;
    private TicketStore book;

    @BeforeEach
    void publishRecordsAndTicketsOfTwoViews() {
        tenant = TestTenant.of(RebuildStateIT.class)
                .with("bangwo8.sources", "remote-records,tickets")
                .with("bangwo8.per-page", "2")
                .with("bangwo8.sweep-interval", "300ms");
        for (long id = 1; id <= 3; id++) {
            tenant.desk().add(tenant.oldRecord(id).put("ChatRecord", 1));
        }
        tenant.desk().add(tenant.newRecord(4));
        tenant.desk().addChat("1", SampleRows.message(true, "您好", "2017-08-27 10:01:00"));
        book = tenant.desk().ticketStore();
        book.addView(SampleRows.view(2, "所有工单"));
        book.addView(SampleRows.view(15, "售中"));
        book.addTicket(SampleRows.ticket(71, "测试工单", "2019-12-19 14:28:51"), "2", "15");
        book.addTicket(SampleRows.ticket(72, "碧桂园", "2019-12-10 16:09:39"), "2");
        Product first = tenant.startPolling();
        await().atMost(Product.PATIENCE)
                .until(() -> tenant.keys().size() == 4 && tenant.tickets().size() == 2);
        tenant.desk().change("1", row -> row.put("comment", "还是上不了网"));
        await().atMost(Product.PATIENCE).until(() -> tenant.keys().size() == 5);
        first.terminate();
        first.awaitExit();
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    private static final int RECORD_EVENTS = 5;
    private static final int TICKET_EVENTS = 2;

    /** Waits until each source has ended a sweep that began after this call. */
    private void awaitSweeps(Product product) {
        int from = product.lines().size();
        for (int scans = 0; scans < 3; scans++) {
            for (String source : List.of("remote-records", "tickets")) {
                product.awaitLine(from, "scanned source=" + source + " .*complete=true");
            }
            from = product.lines().size();
        }
    }

    private void assertNothingIsPublished() {
        assertThat(tenant.events()).hasSize(RECORD_EVENTS);
        assertThat(tenant.tickets()).hasSize(TICKET_EVENTS);
    }

    @Test
    void checkNamesATopicThatWasRenamed() {
        tenant.with("bangwo8.topics.tickets", tenant.topic("renamed"));

        Product check = CommandsIT.command(tenant.without("bangwo8.once"), "check");

        assertThat(check.awaitExit()).isOne();
        assertThat(check.output())
                .contains("source tickets: the topic is empty although " + TICKET_EVENTS + " records are published")
                .contains("republish --source tickets --all", "states    1 to correct");
    }

    @Test
    void scansNothingUntilTheStateIsReadBackAndPublishesOnlyChangesThen() {
        tenant.with("bangwo8.topics.state", tenant.topic("other-state"));
        Product once = tenant.runOnce();
        assertThat(once.awaitExit()).isOne();
        assertThat(once.output()).contains("state-missing source=remote-records", "state-missing source=tickets");
        Product check = CommandsIT.command(tenant.without("bangwo8.once"), "check");
        assertThat(check.output())
                .contains("source tickets: the topic " + tenant.topic("tickets") + " contains events of the source")
                .contains("reset --source tickets --confirm", "states    2 to correct");
        Product product = tenant.startPolling();

        assertThat(product.awaitLine(0, "ERROR .*state-missing source=tickets"))
                .contains("topic=" + tenant.topic("tickets"), tenant.topic("other-state"))
                .contains("rebuild-state --source tickets", "reset --source tickets --confirm");
        assertThat(product.management("/q/health/ready").statusCode()).isEqualTo(503);
        await().atMost(Product.PATIENCE)
                .untilAsserted(
                        () -> assertThat(product.management("/q/health/ready").body())
                                .contains("rebuild-state --source remote-records"));
        assertThat(CommandsIT.command(tenant, "status").output()).contains("rebuild-state --source tickets");
        assertNothingIsPublished();

        JsonNode records = CommandsIT.answer(tenant, "rebuild-state --source remote-records");
        JsonNode tickets = CommandsIT.answer(tenant, "rebuild-state --source tickets");

        assertThat(records.path("records").asInt()).as("%s", records).isEqualTo(4);
        assertThat(tickets.path("records").asInt()).as("%s", tickets).isEqualTo(2);
        awaitSweeps(product);
        assertNothingIsPublished();
        assertThat(CommandsIT.answer(tenant, "rebuild-state --source tickets")
                        .path("state")
                        .asText())
                .isEqualTo("refused");

        publishesOneEventForAChange();
        awaitSweeps(product);
        assertThat(tenant.events()).hasSize(RECORD_EVENTS + 1);
        assertThat(tenant.tickets()).hasSize(TICKET_EVENTS + 1);
        assertThat(product.management("/q/health/ready").statusCode()).isEqualTo(200);
    }

    private void publishesOneEventForAChange() {
        tenant.desk().change("4", row -> row.put("comment", "还是上不了网"));
        book.changeTicket("71", ticket -> ticket.put("priorityLevel", "紧急"));
        await().atMost(Product.PATIENCE)
                .until(() -> tenant.events().size() > RECORD_EVENTS
                        && tenant.tickets().size() > TICKET_EVENTS);
        Event record = tenant.events().get(RECORD_EVENTS);
        Event ticket = tenant.tickets().get(TICKET_EVENTS);
        assertThat(List.of(record.key(), ticket.key())).containsExactly("4", "71");
        assertThat(List.of(record, ticket))
                .extracting(event -> event.type() + " " + event.headers().get("ce_changedparts"))
                .containsExactly("bangwo8.remote-record.updated record", "bangwo8.ticket.updated record,labels");
        assertThat(tenant.events())
                .extracting(event -> event.headers().get("ce_id"))
                .doesNotHaveDuplicates();
        assertThat(tenant.tickets())
                .extracting(event -> event.headers().get("ce_id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void goesOnReadingTheEventsWhereAKilledLeaderHasLeftThem() {
        int copies = 40_000;
        String events = tenant.topic("remote-records");
        TopicWriter.copy(events, "2", 1_000, 1_000 + copies - 1);
        String state = tenant.topic("other-state");
        Product killed = tenant.with("bangwo8.topics.state", state).startPolling();
        killed.awaitLine(0, "state-missing source=remote-records");
        Product command = tenant.with("bangwo8.command", "rebuild-state --source remote-records --json")
                .start();
        tenant.without("bangwo8.command");
        await().atMost(Product.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> TopicReader.end(state) > copies / 8);

        killed.kill();

        long written = TopicReader.end(state);
        assertThat(written).as("the command was half-way").isLessThan(copies);
        Product next = tenant.startPolling();
        assertThat(command.awaitExit()).as(command.output()).isZero();
        JsonNode answer = CommandsIT.json(command);
        assertThat(answer.path("records").asInt()).as("%s", answer).isEqualTo(copies + 4);
        assertThat(TopicReader.end(state) - written)
                .as("states that the second leader has written")
                .isLessThan(copies);
        long published = TopicReader.end(events);
        CommandsIT.answer(tenant, "rebuild-state --source tickets");
        awaitSweeps(next);
        assertThat(TopicReader.end(events)).isEqualTo(published);
    }
}
