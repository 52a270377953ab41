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

    private TestTenant trial;

    @BeforeEach
    void addRecordsOfThreeAgents() {
        trial = TestTenant.of(AgentRecordsIT.class).with("bangwo8.agents", "223,224");
        trial.desk().add(trial.oldRecord(1).put("csServicerId", 223));
        trial.desk().add(trial.oldRecord(2).put("csServicerId", 224));
        trial.desk().add(trial.oldRecord(3).put("csServicerId", 225));
    }

    @AfterEach
    void closeTrial() {
        trial.close();
    }

    @Test
    void publishesTheRecordsOfTheNamedAgentsAsRemoteRecords() {
        Product product = trial.with("bangwo8.sources", "agent-records").once();

        assertThat(product.awaitExit()).as(product.output()).isZero();
        assertThat(trial.keys()).containsExactlyInAnyOrder("1", "2");
        assertThat(trial.events()).extracting(event -> event.headers().get("ce_source"))
                .containsOnly("/bangwo8/" + trial.tenant() + "/remote-records");
        assertThat(trial.requests().counts().keySet()).containsExactly("agent-histories", "servicesummary");
        assertThat(trial.requests().count("agent-histories")).isEqualTo(2);
    }

    @Test
    void publishesTheTextsOfProblemTypesOnceWhicheverListIsWalkedFirst() {
        trial.desk().problemTypes().putAll(Map.of("221", "网络", "451", "上网", "341", "网线"));
        trial.with("bangwo8.sources", "remote-records,agent-records").with("bangwo8.problem-type-labels", "true");
        // What the walks learned is gone with each process.
        for (int run = 0; run < 3; run++) {
            assertThat(trial.once().awaitExit()).isZero();
        }

        assertThat(trial.keys()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(trial.events()).allSatisfy(event ->
                assertThat(event.value().at("/labels/ptId").asText()).isEqualTo("网络"));
    }

    @Test
    void publishesTheTextsOfDaysThatAreBackfilledOnceToo() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        trial.desk().problemTypes().putAll(Map.of("221", "网络", "451", "上网", "341", "网线", "229", "旧类"));
        trial.desk().add(trial.oldRecord(4).put("csServicerId", 223).put("csBTime", today.minusDays(9) + " 10:00:00")
                .put("ptId", 229));
        trial.with("bangwo8.sources", "remote-records,agent-records").with("bangwo8.problem-type-labels", "true")
                .with("bangwo8.start-date", today.minusDays(10).toString());

        assertThat(trial.once().awaitExit()).isZero();
        assertThat(trial.once().awaitExit()).isZero();
        assertThat(trial.keys()).containsExactlyInAnyOrder("1", "2", "3", "4");
    }

    @Test
    void losesNothingOfAnAgentWhoseListFailsWhileTheBackfillGoesOn() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        trial.desk().add(trial.oldRecord(4).put("csServicerId", 223).put("csBTime", today.minusDays(9) + " 10:00:00"));
        trial.with("bangwo8.sources", "agent-records").with("bangwo8.start-date", today.minusDays(10).toString());
        trial.fault(Fault.of(Fault.Kind.BODY, "{\"errcode\":\"100999\",\"errmsg\":\"busy\"}")
                .on("agent-histories").matching("histories/223"));

        assertThat(trial.once().awaitExit()).as("which agent comes last makes no difference").isNotZero();
        assertThat(trial.keys()).containsExactly("2");
        trial.standIn().faults().clear();

        assertThat(trial.once().awaitExit()).isZero();
        assertThat(trial.keys()).containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void doesNotPassABackfillOfWhichEveryListIsRefused() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        trial.desk().add(trial.oldRecord(4).put("csServicerId", 223).put("csBTime", today.minusDays(9) + " 10:00:00"));
        trial.with("bangwo8.sources", "agent-records").with("bangwo8.start-date", today.minusDays(10).toString());
        assertThat(trial.fault(Fault.status(403).on("agent-histories")).once().awaitExit()).isNotZero();
        trial.standIn().faults().clear();

        assertThat(trial.once().awaitExit()).isZero();
        assertThat(trial.keys()).containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void goesOnWithoutAnAgentWhoseRecordsTheAccountMayNotSee() {
        trial.fault(Fault.status(403).on("agent-histories").matching("histories/223"));

        Product product = trial.with("bangwo8.sources", "agent-records").once();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(trial.keys()).containsExactly("2");
        assertThat(product.output()).containsPattern("fell-short source=agent-records .*reasons=list-refused .*403");
        assertThat(trial.requests().count("agent-histories")).as("asked again it would be refused again").isEqualTo(2);
    }

    @Test
    void publishesOnceWhatAnAgentsListAndTheWholeListShow() {
        Product product = trial.with("bangwo8.sources", "remote-records,agent-records").once();
        assertThat(product.awaitExit()).as(product.output()).isZero();
        trial.desk().change("1", row -> row.put("commentScore", 1));
        assertThat(trial.once().awaitExit()).isZero();

        assertThat(trial.events()).extracting(event -> event.key() + " " + event.type()).containsExactlyInAnyOrder(
                "1 bangwo8.remote-record.created", "2 bangwo8.remote-record.created",
                "3 bangwo8.remote-record.created", "1 bangwo8.remote-record.updated");
    }
}
