package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.standin.Fault;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The records of single agents, which are the same records that the list of all shows. */
class AgentRecordsIT {

    private TestTenant testTenant;

    @BeforeEach
    void addRecordsOfThreeAgents() {
        testTenant = TestTenant.of(AgentRecordsIT.class).with("bangwo8.agents", "223,224");
        testTenant.desk().add(testTenant.oldRecord(1).put("csServicerId", 223));
        testTenant.desk().add(testTenant.oldRecord(2).put("csServicerId", 224));
        testTenant.desk().add(testTenant.oldRecord(3).put("csServicerId", 225));
    }

    @AfterEach
    void closeTenant() {
        testTenant.close();
    }

    @Test
    void publishesTheRecordsOfTheNamedAgentsAsRemoteRecords() {
        Product product = testTenant.with("bangwo8.sources", "agent-records").once();

        assertThat(product.awaitExit()).as(product.output()).isZero();
        assertThat(testTenant.keys()).containsExactlyInAnyOrder("1", "2");
        assertThat(testTenant.events())
                .extracting(event -> event.headers().get("ce_source"))
                .containsOnly("/bangwo8/" + testTenant.tenant() + "/remote-records");
        assertThat(testTenant.requests().counts().keySet()).containsExactly("agent-histories", "servicesummary");
        assertThat(testTenant.requests().count("agent-histories")).isEqualTo(2);
    }

    @Test
    void publishesTheTextsOfProblemTypesOnceWhicheverListIsScannedFirst() {
        testTenant.desk().problemTypes().putAll(Map.of("221", "网络", "451", "上网", "341", "网线"));
        testTenant.with("bangwo8.sources", "remote-records,agent-records").with("bangwo8.problem-type-labels", "true");
        // What the walks learned is gone with each process.
        for (int run = 0; run < 3; run++) {
            assertThat(testTenant.once().awaitExit()).isZero();
        }

        assertThat(testTenant.keys()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(testTenant.events())
                .allSatisfy(event ->
                        assertThat(event.value().at("/labels/ptId").asText()).isEqualTo("网络"));
    }

    @Test
    void publishesTheTextsOfDaysThatAreBackfilledOnceToo() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        testTenant.desk().problemTypes().putAll(Map.of("221", "网络", "451", "上网", "341", "网线", "229", "旧类"));
        testTenant
                .desk()
                .add(testTenant
                        .oldRecord(4)
                        .put("csServicerId", 223)
                        .put("csBTime", today.minusDays(9) + " 10:00:00")
                        .put("ptId", 229));
        testTenant
                .with("bangwo8.sources", "remote-records,agent-records")
                .with("bangwo8.problem-type-labels", "true")
                .with("bangwo8.start-date", today.minusDays(10).toString());

        assertThat(testTenant.once().awaitExit()).isZero();
        assertThat(testTenant.once().awaitExit()).isZero();
        assertThat(testTenant.keys()).containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void losesNothingOfAnAgentWhoseListFailsWhileTheBackfillGoesOn() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        testTenant
                .desk()
                .add(testTenant.oldRecord(4).put("csServicerId", 223).put("csBTime", today.minusDays(9) + " 10:00:00"));
        testTenant
                .with("bangwo8.sources", "agent-records")
                .with("bangwo8.start-date", today.minusDays(10).toString());
        testTenant.fault(Fault.of(Fault.Kind.BODY, "{\"errcode\":\"100999\",\"errmsg\":\"busy\"}")
                .on("agent-histories")
                .matching("histories/223"));

        assertThat(testTenant.once().awaitExit())
                .as("which agent comes last makes no difference")
                .isNotZero();
        assertThat(testTenant.keys()).containsExactly("2");
        testTenant.standIn().faults().clear();

        assertThat(testTenant.once().awaitExit()).isZero();
        assertThat(testTenant.keys()).containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void doesNotPassABackfillOfWhichEveryListIsRefused() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        testTenant
                .desk()
                .add(testTenant.oldRecord(4).put("csServicerId", 223).put("csBTime", today.minusDays(9) + " 10:00:00"));
        testTenant
                .with("bangwo8.sources", "agent-records")
                .with("bangwo8.start-date", today.minusDays(10).toString());
        assertThat(testTenant
                        .fault(Fault.status(403).on("agent-histories"))
                        .once()
                        .awaitExit())
                .isNotZero();
        testTenant.standIn().faults().clear();

        assertThat(testTenant.once().awaitExit()).isZero();
        assertThat(testTenant.keys()).containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void goesOnWithoutAnAgentWhoseRecordsTheAccountMayNotSee() {
        testTenant.fault(Fault.status(403).on("agent-histories").matching("histories/223"));

        Product product = testTenant.with("bangwo8.sources", "agent-records").once();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(testTenant.keys()).containsExactly("2");
        assertThat(product.output())
                .containsPattern("scan-incomplete source=agent-records .*reasons=list-refused .*403");
        assertThat(testTenant.requests().count("agent-histories"))
                .as("asked again it would be refused again")
                .isEqualTo(2);
    }

    @Test
    void publishesOnceWhatAnAgentsListAndTheWholeListShow() {
        Product product = testTenant
                .with("bangwo8.sources", "remote-records,agent-records")
                .once();
        assertThat(product.awaitExit()).as(product.output()).isZero();
        testTenant.desk().change("1", row -> row.put("commentScore", 1));
        assertThat(testTenant.once().awaitExit()).isZero();

        assertThat(testTenant.events())
                .extracting(event -> event.key() + " " + event.type())
                .containsExactlyInAnyOrder(
                        "1 bangwo8.remote-record.created", "2 bangwo8.remote-record.created",
                        "3 bangwo8.remote-record.created", "1 bangwo8.remote-record.updated");
    }
}
