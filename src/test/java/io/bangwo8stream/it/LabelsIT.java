package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Fault.Kind;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the labels of problem types; a second list of the same records contains them instead of the ids. */
class LabelsIT {

    private static final Map<String, String> LABELS = Map.of("221", "网络", "222", "软件", "223", "硬件", "224", "账号");

    private TestTenant tenant;

    @BeforeEach
    void defineProblemTypes() {
        tenant = TestTenant.of(LabelsIT.class)
                .with("bangwo8.problem-type-labels", "true")
                .with("bangwo8.per-page", "2");
        tenant.desk().problemTypes().putAll(LABELS);
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void requestsTheLabelsOfAPageOnceAndAgainOnlyForAnUnknownId() {
        // Records 1 to 3 have the same type; record 4 has a type for which the vendor no longer has a label.
        List.of(1, 2, 3).forEach(id -> tenant.desk().add(record(id, 221)));
        tenant.desk().add(record(4, 299));
        Product product = tenant.startPolling();
        await().atMost(Product.PATIENCE).until(() -> tenant.events().size() == 4);
        awaitScans(product, 2);
        assertThat(tenant.requests().entries("histories_v2"))
                .as("requests for the newest page, which has both types")
                .hasSize(1);

        tenant.desk().add(record(5, 222));
        await().atMost(Product.PATIENCE).until(() -> tenant.events().size() == 5);
        awaitScans(product, 2);
        assertThat(tenant.requests().entries("histories_v2"))
                .as("one more request for the newest page")
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.query()).contains("page=1&per_page=2"));
        assertThat(labels()).isEqualTo(Map.of("1", "网络", "2", "网络", "3", "网络", "4", "", "5", "软件"));
    }

    @Test
    void assignsNoLabelToAnotherRecordWhenRowsShiftBetweenTheTwoLists() {
        List.of(1, 2, 3, 4).forEach(id -> tenant.desk().add(record(id, 220 + id)));
        tenant.addFault(Fault.of(Kind.SHIFT_PAGES)
                .on("histories_v2")
                .matching("[?&]page=2")
                .times(1));
        assertThat(tenant.runOnce().awaitExit()).isZero();

        assertThat(tenant.standIn().faults().applications()).isOne();
        assertThat(tenant.events())
                .filteredOn(event -> event.key().equals("1"))
                .extracting(event -> event.value().at("/labels/ptId").asText())
                .as("record 1 has left the second page, and has no label before the second pass of the run")
                .containsExactly("", "网络");
        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(labels())
                .containsEntry("1", "网络")
                .containsEntry("2", "软件")
                .containsEntry("3", "硬件")
                .containsEntry("4", "账号");
        assertThat(tenant.keys())
                .as("only record 1 is published again, with its label")
                .filteredOn("1"::equals)
                .hasSize(2);
        assertThat(tenant.keys()).hasSize(6);
    }

    @Test
    void defersOnlyRecordsWithUnknownLabelsWhileTheListOfLabelsIsDown() {
        tenant.desk().add(record(1, 221));
        tenant.desk().add(record(2, 0));
        Product product = tenant.with("bangwo8.max-retries", "1")
                .addFault(Fault.status(500).on("histories_v2"))
                .runOnce();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(labels()).isEqualTo(Map.of("2", ""));
        assertThat(product.output())
                .contains("labels-unavailable source=remote-records")
                .contains("reasons=labels-missing");
        tenant.standIn().faults().clear();

        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2");
        assertThat(labels()).containsEntry("1", "网络");
    }

    @Test
    void keepsABackfillDayOpenWhileItsRecordsAreDeferred() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        tenant.desk().add(record(1, 221).put("csBTime", today.minusDays(9) + " 10:00:00"));
        tenant.with("bangwo8.max-retries", "1")
                .with("bangwo8.start-date", today.minusDays(10).toString());
        assertThat(tenant.addFault(Fault.status(500).on("histories_v2"))
                        .runOnce()
                        .awaitExit())
                .isNotZero();
        assertThat(tenant.keys()).isEmpty();
        tenant.standIn().faults().clear();

        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(labels()).isEqualTo(Map.of("1", "网络"));
    }

    @Test
    void requestsNoLabelsWhenLabelsAreOff() {
        tenant.desk().add(record(1, 221));
        assertThat(tenant.with("bangwo8.problem-type-labels", "false").runOnce().awaitExit())
                .isZero();

        assertThat(labels()).isEqualTo(Map.of("1", ""));
        assertThat(tenant.requests().count("histories_v2")).isZero();
    }

    @Test
    void publishesRecordsWithoutLabelsWhenTheListOfLabelsIsRefused() {
        List.of(1, 2, 3).forEach(id -> tenant.desk().add(record(id, 221)));
        Product product = tenant.with("bangwo8.poll-interval", "10m")
                .addFault(Fault.status(403).on("histories_v2"))
                .runOnce();

        assertThat(product.awaitExit()).as(product.output()).isZero();
        assertThat(labels()).isEqualTo(Map.of("1", "", "2", "", "3", ""));
        assertThat(tenant.requests().count("histories_v2"))
                .as("a refusal is confirmed once, and the list is then not requested again in this run")
                .isEqualTo(2);
        assertThat(product.output()).containsPattern("labels-refused source=remote-records .*403");
    }

    @Test
    void publishesEachRecordOnceDespiteAStrayRefusalAndDamagedLabelsInTheState() {
        List.of(1, 2, 3).forEach(id -> tenant.desk().add(record(id, 221)));
        tenant.addFault(Fault.status(403).on("histories_v2").times(1));
        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(labels()).isEqualTo(Map.of("1", "网络", "2", "网络", "3", "网络"));
        assertThat(tenant.keys()).hasSize(3);

        String key = "_labels/" + tenant.name() + "/remote-records/ptId/221";
        TopicWriter.replace(tenant.topic("state"), key, "{");
        Product restarted = tenant.runOnce();
        assertThat(restarted.awaitExit()).isZero();
        assertThat(restarted.output()).contains("unreadable-state key=" + key);
        assertThat(tenant.keys()).as("events after the restart").hasSize(3);

        tenant.addFault(Fault.status(403).on("histories_v2"));
        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(tenant.keys())
                .as("events after a restart with labels that are stored again")
                .hasSize(3);
    }

    @Test
    void noticesARenamedOptionWhileItRunsAndPublishesNothingAtARestart() {
        tenant.with("bangwo8.sweep-interval", "500ms").with("bangwo8.max-retries", "1");
        List.of(1, 2, 3).forEach(id -> tenant.desk().add(record(id, id < 3 ? 221 : 222)));
        Product product = tenant.startPolling();
        await().atMost(Product.PATIENCE).until(() -> tenant.events().size() == 3);

        tenant.desk().problemTypes().put("221", "网络故障");
        await().atMost(Product.PATIENCE).until(() -> tenant.events().size() == 5);
        awaitScans(product, 3);
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2", "3", "1", "2");
        assertThat(tenant.events().subList(3, 5))
                .allSatisfy(event -> assertThat(event.headers()).containsEntry("ce_changedparts", "labels"));
        assertThat(labels()).isEqualTo(Map.of("1", "网络故障", "2", "网络故障", "3", "软件"));
        assertThat(product.output()).contains("labels-changed source=remote-records count=1 options=ptId=221");
        product.close();

        tenant.addFault(Fault.status(500).on("histories_v2"));
        Product restarted = tenant.startPolling();
        restarted.awaitLine(0, "labels-unavailable source=remote-records");
        awaitScans(restarted, 3);
        assertThat(tenant.keys()).as("events after the restart").hasSize(5);
    }

    @Test
    void keepsKnownLabelsWhileTheListIsRefusedAndAddsTheOthersWhenItRespondsAgain() {
        tenant.with("bangwo8.sweep-interval", "500ms");
        List.of(1, 2).forEach(id -> tenant.desk().add(record(id, 221)));
        Product product = tenant.startPolling();
        await().atMost(Product.PATIENCE).until(() -> tenant.events().size() == 2);

        tenant.addFault(Fault.status(403).on("histories_v2"));
        product.awaitLine(product.lines().size(), "labels-refused source=remote-records");
        tenant.desk().add(record(3, 221));
        tenant.desk().add(record(4, 222));
        await().atMost(Product.PATIENCE).until(() -> tenant.events().size() == 4);
        awaitScans(product, 3);
        assertThat(labels()).isEqualTo(Map.of("1", "网络", "2", "网络", "3", "网络", "4", ""));
        assertThat(product.management("/q/metrics").body())
                .containsPattern("bangwo8_labels_failures_total\\{.*reason=\"refused\".*} [1-9]");

        tenant.standIn().faults().clear();
        await().atMost(Product.PATIENCE).until(() -> tenant.events().size() == 5);
        awaitScans(product, 3);
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2", "3", "4", "4");
        assertThat(labels()).containsEntry("4", "软件");
    }

    /** A record of a problem type without a second and third level. */
    private ObjectNode record(int id, int type) {
        return tenant.newRecord(id).put("ptId", type).put("ptChildId", 0).put("ptThird", "");
    }

    private static void awaitScans(Product product, int scans) {
        for (int i = 0; i < scans; i++) {
            product.awaitLine(product.lines().size(), " scanned .*complete=true");
        }
    }

    /** The label of the problem type in each record's newest event; empty where there is none. */
    private Map<String, String> labels() {
        return tenant.events().stream()
                .collect(Collectors.toMap(
                        Event::key,
                        event -> event.value().path("labels").path("ptId").asText(),
                        (older, newer) -> newer));
    }
}
