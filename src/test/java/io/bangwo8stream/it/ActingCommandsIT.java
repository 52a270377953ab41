package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.VendorTime;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what commands of the packaged product do to the events of a running one. */
class ActingCommandsIT {

    private static final int RECORDS = 30;
    private static final int REMOVED = 25;

    private final TestTenant tenant = TestTenant.of(ActingCommandsIT.class).with("bangwo8.sweep-interval", "1s");

    @AfterEach
    void closeTenant() {
        tenant.close();
    }

    @Test
    void scansAndRepublishesDaysBeforeTheLookBack() {
        LocalDateTime longAgo = VendorTime.now(Clock.systemUTC()).minusDays(40);
        String days = " --source remote-records --from " + longAgo.toLocalDate() + " --to " + longAgo.toLocalDate();
        tenant.desk().add(SampleRows.remoteRecord(1, VendorTime.padded(longAgo)));
        tenant.desk().add(tenant.oldRecord(2));
        tenant.startPolling();
        awaitEvents("2 created");

        assertDone("scan" + days);
        awaitEvents("2 created", "1 created");

        assertDone("republish" + days);
        awaitEvents("2 created", "1 created", "1 updated republished");

        assertDone("republish --source remote-records --id 2");
        awaitEvents("2 created", "1 created", "1 updated republished", "2 updated republished");
        assertEventIdsAreUnique();
    }

    @Test
    void triesAFailedRecordAgainAndForgetsASourceOnRequest() {
        // Without the command, the record would be tried again after an hour.
        tenant.with("bangwo8.sweep-interval", "1h").with("bangwo8.max-retries", "0");
        tenant.desk().add(tenant.oldRecord(3).put("ChatRecord", 1));
        tenant.addFault(Fault.status(404).matching("chatrecords/3\\.json"));
        Product product = tenant.startPolling();
        product.awaitLine(0, "scanned source=remote-records seen=1 .*failed=1");

        tenant.standIn().faults().clear();
        assertThat(assertDone("redrive --source remote-records --id 3").path("records"))
                .hasToString("1");
        awaitEvents("3 created");

        assertDone("reset --source remote-records --confirm");
        awaitEvents("3 created", "3 created");
        assertEventIdsAreUnique();
    }

    @Test
    void publishesTheDeletionsOfAMassDisappearanceOnceTheyAreConfirmed() {
        LongStream.rangeClosed(1, RECORDS).forEach(id -> tenant.desk().add(tenant.oldRecord(id)));
        Product product = tenant.startPolling();
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.events()).hasSize(RECORDS));

        LongStream.rangeClosed(1, REMOVED).forEach(id -> tenant.desk().remove(Long.toString(id)));
        product.awaitLine(0, "mass-disappearance source=remote-records missing=" + REMOVED + " known=" + RECORDS);
        assertThat(CommandsIT.command(tenant, "status").output()).contains("confirm-deletions --source remote-records");
        assertThat(tenant.events()).hasSize(RECORDS);

        JsonNode answer = assertDone("confirm-deletions --source remote-records");

        assertThat(answer.path("records")).hasToString(Integer.toString(REMOVED));
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(tenant.events())
                        .filteredOn(event -> event.type().endsWith(".deleted"))
                        .hasSize(REMOVED));
        assertThat(tenant.events()).hasSize(RECORDS + REMOVED);
    }

    @Test
    void goesOnWithANewLoginOnceItIsAdopted() {
        tenant.desk().add(tenant.oldRecord(1));
        Product former = tenant.startPolling();
        awaitEvents("1 created");
        tenant.standIn().accessControl().addAdministrator("renamed", "demo");

        Product tooEarly = CommandsIT.command(tenant.with("bangwo8.account", "renamed"), "adopt-account");
        assertThat(tooEarly.awaitExit()).isOne();
        assertThat(tooEarly.output()).contains("refused: ", "stop");
        former.terminate();
        former.awaitExit();
        Product refused = tenant.runOnce();
        assertThat(refused.awaitExit()).isOne();
        assertThat(refused.output()).contains("run the command adopt-account once");

        Product adopted = CommandsIT.command(tenant.without("bangwo8.once"), "adopt-account");
        assertThat(adopted.awaitExit()).as(adopted.output()).isZero();
        assertThat(tenant.runOnce().awaitExit()).isZero();
        awaitEvents("1 created");
    }

    private JsonNode assertDone(String words) {
        JsonNode answer = CommandsIT.answer(tenant, words);
        assertThat(answer.path("state").asText()).as("%s", answer).isEqualTo("done");
        return answer;
    }

    /** Waits for these events, each with the id of its record, the end of its type, and its reason, if any. */
    private void awaitEvents(String... events) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(published()).containsExactlyInAnyOrder(events));
    }

    private List<String> published() {
        return tenant.events().stream()
                .map(event -> event.key() + " " + event.type().replaceFirst(".*\\.", "")
                        + (event.headers().containsKey("ce_reason")
                                ? " " + event.headers().get("ce_reason")
                                : ""))
                .toList();
    }

    private void assertEventIdsAreUnique() {
        assertThat(tenant.events())
                .extracting(event -> event.headers().get("ce_id"))
                .doesNotHaveDuplicates();
    }
}
