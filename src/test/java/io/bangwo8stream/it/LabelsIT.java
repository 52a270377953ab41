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

/** The texts of problem types, which a second list of the same records shows in the place of their ids. */
class LabelsIT {

    private static final Map<String, String> TEXTS = Map.of("221", "网络", "222", "软件", "223", "硬件", "224", "账号");

    private TestTenant tenant;

    @BeforeEach
    void defineProblemTypes() {
        tenant = TestTenant.of(LabelsIT.class)
                .with("bangwo8.problem-type-labels", "true")
                .with("bangwo8.per-page", "2");
        tenant.desk().problemTypes().putAll(TEXTS);
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void asksForTheTextsOfAPageOnceAndThenOnlyForOneThatWasNeverSeen() {
        // Records 1 to 3 have one type, record 4 one that the vendor has no text for any more.
        List.of(1, 2, 3).forEach(id -> tenant.desk().add(record(id, 221)));
        tenant.desk().add(record(4, 299));
        Product product = tenant.polling();
        await().atMost(Product.PATIENCE).until(() -> tenant.events().size() == 4);
        awaitScans(product, 2);
        assertThat(tenant.requests().entries("histories_v2"))
                .as("of the newest page, which has both types")
                .hasSize(1);

        tenant.desk().add(record(5, 222));
        await().atMost(Product.PATIENCE).until(() -> tenant.events().size() == 5);
        awaitScans(product, 2);
        assertThat(tenant.requests().entries("histories_v2"))
                .as("of the newest page again")
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.query()).contains("page=1&per_page=2"));
        assertThat(labels()).isEqualTo(Map.of("1", "网络", "2", "网络", "3", "网络", "4", "", "5", "软件"));
    }

    @Test
    void neverGivesATextToAnotherRecordWhoseRowShiftedBetweenTheTwoLists() {
        List.of(1, 2, 3, 4).forEach(id -> tenant.desk().add(record(id, 220 + id)));
        tenant.fault(Fault.of(Kind.SHIFT_PAGES)
                .on("histories_v2")
                .matching("[?&]page=2")
                .times(1));
        assertThat(tenant.once().awaitExit()).isZero();

        assertThat(tenant.standIn().faults().hits()).isOne();
        assertThat(labels())
                .as("record 1 has left the second page, and waits for its text")
                .containsEntry("1", "")
                .containsEntry("2", "软件")
                .containsEntry("3", "硬件")
                .containsEntry("4", "账号");
        assertThat(tenant.once().awaitExit()).isZero();
        assertThat(labels())
                .containsEntry("1", "网络")
                .containsEntry("2", "软件")
                .containsEntry("3", "硬件")
                .containsEntry("4", "账号");
        assertThat(tenant.keys())
                .as("published again for its text, and the others not")
                .filteredOn("1"::equals)
                .hasSize(2);
        assertThat(tenant.keys()).hasSize(6);
    }

    @Test
    void publishesWhatNeedsNoTextWhileTheirListIsDownAndTheRestOnceWithItsText() {
        tenant.desk().add(record(1, 221));
        tenant.desk().add(record(2, 0));
        Product product = tenant.with("bangwo8.max-retries", "1")
                .fault(Fault.status(500).on("histories_v2"))
                .once();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(labels()).isEqualTo(Map.of("2", ""));
        assertThat(product.output())
                .contains("labels-unavailable source=remote-records")
                .contains("reasons=labels-missing");
        tenant.standIn().faults().clear();

        assertThat(tenant.once().awaitExit()).isZero();
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2");
        assertThat(labels()).containsEntry("1", "网络");
    }

    @Test
    void doesNotPassADayOfTheBackfillWhoseRecordsWaitForTheirTexts() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        tenant.desk().add(record(1, 221).put("csBTime", today.minusDays(9) + " 10:00:00"));
        tenant.with("bangwo8.max-retries", "1")
                .with("bangwo8.start-date", today.minusDays(10).toString());
        assertThat(tenant.fault(Fault.status(500).on("histories_v2")).once().awaitExit())
                .isNotZero();
        assertThat(tenant.keys()).isEmpty();
        tenant.standIn().faults().clear();

        assertThat(tenant.once().awaitExit()).isZero();
        assertThat(labels()).isEqualTo(Map.of("1", "网络"));
    }

    @Test
    void asksForNoTextsWhereTheyAreNotWanted() {
        tenant.desk().add(record(1, 221));
        assertThat(tenant.with("bangwo8.problem-type-labels", "false").once().awaitExit())
                .isZero();

        assertThat(labels()).isEqualTo(Map.of("1", ""));
        assertThat(tenant.requests().count("histories_v2")).isZero();
    }

    @Test
    void publishesRecordsWithoutTextsWhereTheAccountMayNotSeeThem() {
        List.of(1, 2, 3).forEach(id -> tenant.desk().add(record(id, 221)));
        Product product = tenant.fault(Fault.status(403).on("histories_v2")).once();

        assertThat(product.awaitExit()).as(product.output()).isZero();
        assertThat(labels()).isEqualTo(Map.of("1", "", "2", "", "3", ""));
        assertThat(tenant.requests().count("histories_v2"))
                .as("a refusal is remembered")
                .isOne();
        assertThat(product.output()).containsPattern("labels-refused source=remote-records .*403");
    }

    /** A record of one problem type, its second and third level empty. */
    private ObjectNode record(int id, int type) {
        return tenant.newRecord(id).put("ptId", type).put("ptChildId", 0).put("ptThird", "");
    }

    private static void awaitScans(Product product, int scans) {
        for (int i = 0; i < scans; i++) {
            product.awaitLine(product.lines().size(), " scanned .*complete=true");
        }
    }

    /** The text that each record's newest event has for its problem type, empty where it has none. */
    private Map<String, String> labels() {
        return tenant.events().stream()
                .collect(Collectors.toMap(
                        Event::key,
                        event -> event.value().path("labels").path("ptId").asText(),
                        (older, newer) -> newer));
    }
}
