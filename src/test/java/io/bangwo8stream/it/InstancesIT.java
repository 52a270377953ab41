package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.SampleRows;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests several instances, of which one is killed, paused or terminated, or which start at the same time. */
class InstancesIT {

    private static final String LEADS = "leadership-changed .* leads=\\[remote-records]";
    private static final String ALL_SOURCES = "remote-records,tickets,ticket-views";
    private static final String LEADS_ALL = "leadership-changed .* leads=\\[remote-records, ticket-views, tickets]";

    private TestTenant tenant;

    @BeforeEach
    void openTenant() {
        tenant = TestTenant.of(InstancesIT.class).with("bangwo8.sweep-interval", "1s");
        tenant.desk().add(tenant.newRecord(1));
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void twoSingleRunsOfTheSameSourcesBothEnd() {
        tenant.with("bangwo8.once", "true").with("bangwo8.sources", ALL_SOURCES);
        addTicketAndView();

        Product one = tenant.start();
        Product other = tenant.start();

        assertThat(one.awaitExit()).as(one.output()).isZero();
        assertThat(other.awaitExit()).as(other.output()).isZero();
        assertThat(tenant.keys()).containsExactly("1");
        assertThat(tenant.tickets()).extracting(Event::key).containsExactly("71");
        assertThat(tenant.ticketViews()).extracting(Event::key).containsExactly("2");
    }

    @Test
    void anotherInstanceTakesOverFromAKilledLeader() {
        Product leader = startLeader();
        awaitKeys("1");
        Product successor = tenant.startPolling();

        leader.kill();
        tenant.desk().add(tenant.newRecord(2));

        awaitKeys("1", "2");
        assertThat(successor.output()).containsPattern(LEADS);
    }

    @Test
    void oneOfThreeInstancesLeadsEveryStreamAndTheNextOneTakesOverAllOfThem() {
        tenant.with("bangwo8.sources", ALL_SOURCES);
        addTicketAndView();
        Product leader = tenant.startPolling();
        leader.awaitLine(0, LEADS_ALL);
        List<Product> others = List.of(tenant.startPolling(), tenant.startPolling());
        awaitKeys("1");
        assertThat(others)
                .extracting(Product::output)
                .allSatisfy(output -> assertThat(output).doesNotContain("leadership-changed"));

        leader.kill();
        tenant.desk().add(tenant.newRecord(2));

        awaitKeys("1", "2");
        assertThat(others)
                .extracting(Product::output)
                .filteredOn(output -> output.contains("leadership-changed"))
                .singleElement(as(STRING))
                .containsPattern(LEADS_ALL);
        assertThat(tenant.tickets()).extracting(Event::key).containsExactly("71");
        assertThat(tenant.ticketViews()).extracting(Event::key).containsExactly("2");
    }

    @Test
    void anInstanceWithMoreSourcesTakesOverEveryStream() {
        Product old = startLeader();
        awaitKeys("1");
        tenant.with("bangwo8.sources", ALL_SOURCES);
        addTicketAndView();

        Product updated = tenant.startPolling();

        updated.awaitLine(0, LEADS_ALL);
        old.awaitLine(0, "leadership-changed .* leads=\\[]");
        tenant.desk().add(tenant.newRecord(2));
        awaitKeys("1", "2");
        await().atMost(Product.PATIENCE)
                .untilAsserted(() ->
                        assertThat(tenant.tickets()).extracting(Event::key).containsExactly("71"));
        assertThat(old.isAlive()).isTrue();
    }

    @Test
    void anInstanceWithOtherSourcesReportsItsUnledStreamUntilTheLeaderEnds() {
        tenant.with("bangwo8.sources", "remote-records,tickets");
        Product leader = tenant.startPolling();
        leader.awaitLine(0, "leadership-changed .* leads=\\[remote-records, tickets]");
        tenant.with("bangwo8.sources", "remote-records,ticket-views");
        Product other = tenant.startPolling();
        other.awaitLine(0, "stream-unled .* streams=\\[ticket-views]");

        leader.terminate();

        other.awaitLine(0, "leadership-changed .* leads=\\[remote-records, ticket-views]");
    }

    @Test
    void pausedLeaderDiscardsThePageFetchedBeforeThePause() {
        Product pausedLeader = startLeader();
        awaitKeys("1");
        Product successor = tenant.startPolling();
        // The leader is paused after it has fetched the row, and before it has fetched the summary.
        tenant.addFault(Fault.of(Fault.Kind.DELAY, 2_000).on("servicesummary"));
        tenant.desk().change("1", row -> row.put("note", "two"));
        int requestsBefore = tenant.requests().count("servicesummary");
        await().atMost(Product.PATIENCE).until(() -> tenant.requests().count("servicesummary") > requestsBefore);
        pausedLeader.pause();
        tenant.standIn().faults().clear();
        tenant.desk().change("1", row -> row.put("note", "three"));
        awaitNotes("无法上网", "three");

        int linesBefore = pausedLeader.lines().size();
        pausedLeader.resume();
        pausedLeader.awaitLine(linesBefore, "scanned source=");
        tenant.desk().change("1", row -> row.put("note", "four"));

        awaitNotes("无法上网", "three", "four");
        assertThat(successor.output()).doesNotContain("another instance writes the stream");
    }

    @Test
    void terminatedLeaderHandsOverAtOnce() {
        Product leader = startLeader();
        awaitKeys("1");
        Product successor = tenant.startPolling();

        leader.terminate();
        assertThat(leader.awaitExit()).isIn(0, 143);
        tenant.desk().add(tenant.newRecord(2));

        successor.awaitLine(0, LEADS);
        awaitKeys("1", "2");
        assertThat(leader.output()).doesNotContain("leadership-lapsed");
    }

    @Test
    void aLeaderThatTheApiDoesNotAnswerHandsOverToAnInstanceThatItAnswers() {
        tenant.with("bangwo8.per-page", "8").with("bangwo8.max-retries", "1");
        Product leader = startLeader();
        awaitKeys("1");
        tenant.with("bangwo8.per-page", "100");
        Product other = tenant.startPolling();
        await().atMost(Product.PATIENCE)
                .until(() -> other.management("/q/health/ready").statusCode() == 200);

        // The requests of the leader, of the parts of its pages, and of its probes.
        tenant.addFault(Fault.of(Fault.Kind.NO_RESPONSE).matching("per_page=[1248](&|$)"));
        tenant.desk().add(tenant.newRecord(2));

        awaitKeys("1", "2");
        assertThat(other.output()).containsPattern(LEADS);
        assertThat(leader.output()).contains("api-unanswered").containsPattern("leadership-changed .* leads=\\[]");
        tenant.standIn().faults().clear();
        leader.awaitLine(0, "api-answered");
        tenant.desk().add(tenant.newRecord(3));
        awaitKeys("1", "2", "3");
        assertThat(leader.lines())
                .filteredOn(line -> line.contains("leadership-changed"))
                .as("won and handed over, and not taken back")
                .hasSize(2);
    }

    @Test
    void twoSingleRunsStartedTogetherPublishEachRecordOnce() {
        LongStream.rangeClosed(2, 50).forEach(id -> tenant.desk().add(tenant.oldRecord(id)));
        tenant.with("bangwo8.once", "true").with("bangwo8.per-page", "10");
        List<Product> both = List.of(tenant.start(), tenant.start());

        both.forEach(
                product -> assertThat(product.awaitExit()).as(product.output()).isZero());
        assertThat(tenant.keys()).doesNotHaveDuplicates().hasSize(50);
    }

    private void addTicketAndView() {
        tenant.desk().ticketStore().addView(SampleRows.view(2, "所有工单"));
        tenant.desk().ticketStore().addTicket(SampleRows.ticket(71, "测试工单", "2019-12-19 14:28:51"), "2");
    }

    private Product startLeader() {
        Product product = tenant.startPolling();
        product.awaitLine(0, LEADS);
        return product;
    }

    private void awaitKeys(String... keys) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.keys()).containsExactly(keys));
    }

    private void awaitNotes(String... notes) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.events())
                        .extracting(event -> event.record().path("note").asText())
                        .containsExactly(notes));
    }
}
