package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.standin.Fault;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the source agent-records, which lists the same records as remote-records, agent by agent. */
class AgentRecordsIT {

    private TestTenant tenant;

    @BeforeEach
    void addRecordsOfThreeAgents() {
        tenant = TestTenant.of(AgentRecordsIT.class).with("bangwo8.agents", "223,224");
        tenant.desk().add(tenant.oldRecord(1).put("csServicerId", 223));
        tenant.desk().add(tenant.oldRecord(2).put("csServicerId", 224));
        tenant.desk().add(tenant.oldRecord(3).put("csServicerId", 225));
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void publishesTheRecordsOfTheNamedAgentsAsRemoteRecords() {
        Product product = tenant.with("bangwo8.sources", "agent-records").runOnce();

        assertThat(product.awaitExit()).as(product.output()).isZero();
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2");
        assertThat(tenant.events())
                .extracting(event -> event.headers().get("ce_source"))
                .containsOnly("/bangwo8/" + tenant.name() + "/remote-records");
        assertThat(tenant.requests().counts().keySet()).containsExactly("agent-histories", "servicesummary");
        assertThat(tenant.requests().count("agent-histories")).isEqualTo(2 * TestTenant.WINDOWS_OF_FIRST_SWEEP);
    }

    @Test
    void publishesProblemTypeLabelsOnceWhicheverSourceScansFirst() {
        tenant.desk().problemTypes().putAll(Map.of("221", "网络", "451", "上网", "341", "网线"));
        tenant.with("bangwo8.sources", "remote-records,agent-records").with("bangwo8.problem-type-labels", "true");
        // Neither the order of the sources nor a restart changes an event.
        for (int run = 0; run < 3; run++) {
            assertThat(tenant.runOnce().awaitExit()).isZero();
        }

        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(tenant.events())
                .allSatisfy(event ->
                        assertThat(event.value().at("/labels/ptId").asText()).isEqualTo("网络"));
    }

    @Test
    void publishesRecordsOfBackfilledDaysOnceWithTheirLabels() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        tenant.desk().problemTypes().putAll(Map.of("221", "网络", "451", "上网", "341", "网线", "229", "旧类"));
        tenant.desk()
                .add(tenant.oldRecord(4)
                        .put("csServicerId", 223)
                        .put("csBTime", today.minusDays(9) + " 10:00:00")
                        .put("ptId", 229));
        tenant.with("bangwo8.sources", "remote-records,agent-records")
                .with("bangwo8.problem-type-labels", "true")
                .with("bangwo8.start-date", today.minusDays(10).toString());

        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void keepsABackfillDayOpenWhileTheListOfOneAgentFails() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        tenant.desk()
                .add(tenant.oldRecord(4).put("csServicerId", 223).put("csBTime", today.minusDays(9) + " 10:00:00"));
        tenant.with("bangwo8.sources", "agent-records")
                .with("bangwo8.start-date", today.minusDays(10).toString());
        tenant.addFault(Fault.of(Fault.Kind.BODY, "{\"errcode\":\"100999\",\"errmsg\":\"busy\"}")
                .on("agent-histories")
                .matching("histories/223"));

        assertThat(tenant.runOnce().awaitExit())
                .as("the order of the agents makes no difference")
                .isNotZero();
        assertThat(tenant.keys()).containsExactly("2");
        tenant.standIn().faults().clear();

        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void keepsABackfillDayOpenWhileEveryListIsRefused() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        tenant.desk()
                .add(tenant.oldRecord(4).put("csServicerId", 223).put("csBTime", today.minusDays(9) + " 10:00:00"));
        tenant.with("bangwo8.sources", "agent-records")
                .with("bangwo8.start-date", today.minusDays(10).toString());
        assertThat(tenant.addFault(Fault.status(403).on("agent-histories"))
                        .runOnce()
                        .awaitExit())
                .isNotZero();
        tenant.standIn().faults().clear();

        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void publishesRecordsOfOtherAgentsWhenTheListOfOneAgentIsRefused() {
        tenant.addFault(Fault.status(403).on("agent-histories").matching("histories/223"));

        Product product = tenant.with("bangwo8.sources", "agent-records").runOnce();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(tenant.keys()).containsExactly("2");
        assertThat(product.output())
                .containsPattern("scan-incomplete source=agent-records .*reasons=list-refused .*403");
        assertThat(tenant.requests().count("agent-histories"))
                .as("a refused list is not requested again in its window")
                .isEqualTo(2 * TestTenant.WINDOWS_OF_FIRST_SWEEP);
    }

    @Test
    void publishesARecordOnceWhenBothSourcesListTheRecord() {
        Product product =
                tenant.with("bangwo8.sources", "remote-records,agent-records").runOnce();
        assertThat(product.awaitExit()).as(product.output()).isZero();
        tenant.desk().change("1", row -> row.put("commentScore", 1));
        assertThat(tenant.runOnce().awaitExit()).isZero();

        assertThat(tenant.events())
                .extracting(event -> event.key() + " " + event.type())
                .containsExactlyInAnyOrder(
                        "1 bangwo8.remote-record.created", "2 bangwo8.remote-record.created",
                        "3 bangwo8.remote-record.created", "1 bangwo8.remote-record.updated");
    }
}
