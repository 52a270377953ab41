package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.routes.AsyncApi;
import io.bangwo8stream.standin.Json;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks the records of the state topic against {@code docs/asyncapi.yaml}. */
@ExtendWith(SharedBroker.class)
class StateDocumentTest {

    private final TestBroker broker = TestBroker.withoutTopics();

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void documentsEveryRecordOfTheStateTopic() throws Exception {
        broker.createStateTopic(1);
        assertThat(broker.provisioner().prepare(Map.of("remote-records", broker.events)))
                .isEmpty();
        EventStream stream = broker.stream();
        stream.lock();
        stream.commit(() -> broker.batch("7", "a", 1));
        stream.commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.storeState(
                    "8", TestBroker.state(1).seenAlsoIn(List.of("/list.json")).missingSince(5));
            batch.forget(
                    "9",
                    TestBroker.state(1).withDeadLetter(new Fingerprint(1, 2)).chain());
            return batch;
        });
        stream.markScanned(
                "remote-records",
                DaySet.EMPTY
                        .with(LocalDate.EPOCH, LocalDate.EPOCH.plusDays(3))
                        .with(LocalDate.EPOCH.plusDays(9), LocalDate.EPOCH.plusDays(9)));

        stream.commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.storeNote("paused/remote-records", Json.object().put("since", "2026-01-31T04:00:00Z"));
            batch.storeNote(
                    "state-origin", Json.object().put("origin", "rebuilt").put("at", "2026-01-31T04:00:00.000Z"));
            return batch;
        });
        stream.labels().learn("ptId", "221", "网络");
        stream.commit(WriteBatch::new);

        Map<String, JsonNode> states = broker.states();

        assertThat(states)
                .containsOnlyKeys(
                        "_meta",
                        "_labels/" + broker.tenant + "/remote-records/ptId/221",
                        "_notes/" + broker.tenant + "/remote-records/paused/remote-records",
                        "_notes/" + broker.tenant + "/remote-records/state-origin",
                        "_topic/" + broker.events,
                        broker.tenant + "/remote-records",
                        broker.tenant + "/remote-records/7",
                        broker.tenant + "/remote-records/8",
                        broker.tenant + "/remote-records/9");
        states.forEach((key, value) -> {
            ObjectNode record = Json.object();
            record.put("key", key);
            record.set("headers", Json.object());
            if (key.startsWith("_labels/") || key.startsWith("_notes/") || !key.startsWith("_")) {
                ((ObjectNode) record.get("headers")).put(StateLoader.WRITER_HEADER, "a1b2c3d4");
            }
            record.set("payload", value);
            assertThat(AsyncApi.document().mistakes("bangwo8.state", record))
                    .as(record.toString())
                    .isEmpty();
        });
    }
}
