package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Fault;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests the source agent-records, which lists the same records as remote-records, agent by agent. Most of its time is that
 * of the starts of processes, so that each process serves several tests.
 */
class AgentRecordsIT {

    private static final int DAYS_OF_LOOK_BACK = 8;

    private final LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    private TestTenant tenant;

    @BeforeEach
    void addRecordsOfThreeAgentsAndOneOfABackfilledDay() {
        tenant = TestTenant.of(AgentRecordsIT.class).with("bangwo8.agents", "223,224");
        tenant.desk().add(tenant.oldRecord(1).put("csServicerId", 223));
        tenant.desk().add(tenant.oldRecord(2).put("csServicerId", 224));
        tenant.desk().add(tenant.oldRecord(3).put("csServicerId", 225));
        tenant.desk()
                .add(tenant.oldRecord(4)
                        .put("csServicerId", 223)
                        .put("csBTime", today.minusDays(10) + " 10:00:00")
                        .put("ptId", 229));
    }

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void publishesRecordsOfOtherAgentsWhenTheListOfOneAgentIsRefused() {
        tenant.addFault(Fault.status(403).on("agent-histories").matching("histories/223"));

        Product product = tenant.with("bangwo8.sources", "agent-records").runOnce();

        assertThat(product.awaitExit()).isNotZero();
        assertThat(tenant.keys()).containsExactly("2");
        assertThat(product.output())
                .containsPattern("scan-incomplete source=agent-records .*reasons=list-refused .*403");
        assertThat(tenant.requests().counts().keySet()).containsExactly("agent-histories", "servicesummary");
        assertThat(tenant.requests().count("agent-histories"))
                .as("a refused list is not requested again in its window, and incomplete days share none")
                .isEqualTo(2 * DAYS_OF_LOOK_BACK);
    }

    @Test
    void keepsABackfillDayOpenWhileTheListOfOneAgentFailsOrIsRefused() {
        String backfill = "starttime=" + today.minusDays(10);
        tenant.with("bangwo8.sources", "agent-records")
                .with("bangwo8.start-date", today.minusDays(10).toString());
        Fault newField = Fault.of(Fault.Kind.RAW_TEXT, "\"csId\":~\"newField\":\"007\",\"csId\":")
                .on("agent-histories");
        tenant.addFault(newField)
                .addFault(Fault.of(Fault.Kind.BODY, "{\"errcode\":\"100999\",\"errmsg\":\"busy\"}")
                        .on("agent-histories")
                        .matching("histories/223.*" + backfill));
        Product product = tenant.startPolling();
        assertThat(product.awaitLine(0, "scan-incomplete source=agent-records mode=backfill"))
                .contains("reasons=call-failed")
                .contains("busy");
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2"));
        assertThat(tenant.events()).allSatisfy(event -> {
            assertThat(event.headers()).containsEntry("ce_source", "/bangwo8/" + tenant.name() + "/remote-records");
            assertThat(event.record().path("newField").isTextual())
                    .as("a field that the table does not contain passes through as it is")
                    .isTrue();
            assertThat(event.record().path("newField").asText()).isEqualTo("007");
        });
        assertThat(product.management("/q/metrics").body())
                .containsPattern("bangwo8_schema_drift_total\\{field=\"newField\",source=\"agent-records\"\\} [1-9]");

        for (String refused : List.of(backfill, "histories/223.*" + backfill)) {
            int from = product.lines().size();
            tenant.standIn()
                    .faults()
                    .replace(List.of(
                            newField, Fault.status(403).on("agent-histories").matching(refused)));
            product.awaitLine(from, "scan-incomplete source=agent-records mode=backfill .*403");
        }
        tenant.standIn().faults().replace(List.of(newField));

        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.keys()).contains("4"));
        assertThat(tenant.keys()).as("agent 225 is not named").doesNotContain("3");
    }

    @Test
    void endsASingleRunWithAnErrorWhileTheListOfOneAgentFailsOrEveryListIsRefused() {
        tenant.with("bangwo8.sources", "agent-records")
                .with("bangwo8.start-date", today.minusDays(10).toString());
        tenant.addFault(Fault.of(Fault.Kind.BODY, "{\"errcode\":\"100999\",\"errmsg\":\"busy\"}")
                .on("agent-histories")
                .matching("histories/223"));
        assertThat(tenant.runOnce().awaitExit())
                .as("the order of the agents makes no difference")
                .isNotZero();
        assertThat(tenant.keys()).containsExactly("2");

        tenant.standIn().faults().replace(List.of(Fault.status(403).on("agent-histories")));
        assertThat(tenant.runOnce().awaitExit()).isNotZero();
        tenant.standIn().faults().clear();

        assertThat(tenant.runOnce().awaitExit()).isZero();
        assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void publishesRecordsOnceWithTheirLabelsWhenBothSourcesListThem() {
        tenant.desk().problemTypes().putAll(Map.of("221", "网络", "451", "上网", "341", "网线", "229", "旧类"));
        tenant.with("bangwo8.sources", "remote-records,agent-records")
                .with("bangwo8.problem-type-labels", "true")
                .with("bangwo8.start-date", today.minusDays(10).toString());
        Product first = tenant.runOnce();
        assertThat(first.awaitExit()).as(first.output()).isZero();
        tenant.desk().change("1", row -> row.put("commentScore", 1));
        // Neither the order of the sources nor a restart changes an event.
        Product second = tenant.runOnce();

        assertThat(second.awaitExit()).as(second.output()).isZero();
        assertThat(tenant.events())
                .extracting(event -> event.key() + " " + event.type())
                .containsExactlyInAnyOrder(
                        "1 bangwo8.remote-record.created",
                        "2 bangwo8.remote-record.created",
                        "3 bangwo8.remote-record.created",
                        "4 bangwo8.remote-record.created",
                        "1 bangwo8.remote-record.updated");
        assertThat(tenant.events())
                .allSatisfy(event -> assertThat(event.value().at("/labels/ptId").asText())
                        .isEqualTo(event.key().equals("4") ? "旧类" : "网络"));
        JsonNode status = CommandsIT.json(CommandsIT.command(tenant.without("bangwo8.once"), "status --json"));
        assertThat(Stream.of("remote-records", "agent-records")
                        .mapToInt(source -> status.path(source).path("records").asInt())
                        .sum())
                .as("each record counts for one source; the state of the one before the look-back has expired")
                .isEqualTo(3);
    }
}
