package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The records of single agents, which are the same records that the list of all shows. */
class AgentRecordsIT {

    private Trial trial;

    @BeforeEach
    void addRecordsOfThreeAgents() {
        trial = Trial.of(AgentRecordsIT.class).with("bangwo8.agents", "223,224");
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
