package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.record.SchemaValidator;
import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Json;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests commands of the packaged product, beside a running one. */
class CommandsIT {

    private static TestTenant tenant;
    private static Instant start;

    @BeforeAll
    static void startTenant() {
        start = Instant.now();
        tenant = TestTenant.of(CommandsIT.class);
        tenant.desk().add(tenant.oldRecord(1));
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    /** The ended process of a command; its port is in use, so that it would fail if it bound one. */
    static Product command(TestTenant tenant, String words) {
        tenant.with("bangwo8.command", words)
                .with(
                        "quarkus.management.port",
                        Integer.toString(tenant.standIn().baseUri().getPort()));
        Product command = tenant.start();
        command.awaitExit();
        tenant.without("bangwo8.command").with("quarkus.management.port", "0");
        return command;
    }

    private static JsonNode status() {
        Product command = command(tenant, "status --json");
        assertThat(command.awaitExit()).as(command.output()).isZero();
        return json(command);
    }

    /** The last JSON that a command has printed; a process of a test writes its log to the same file. */
    static JsonNode json(Product command) {
        return Json.read(command.lines().stream()
                .filter(line -> line.startsWith("{"))
                .reduce((one, next) -> next)
                .orElseThrow(() -> new AssertionError(command.output())));
    }

    @Test
    void showsWhatEachSourceAndInstanceDoesUntilTheInstanceEnds() {
        Product product = tenant.startPolling();
        product.awaitLine(0, "scanned source=remote-records");

        JsonNode source = status().path("remote-records");
        JsonNode instance = status().properties().stream()
                .filter(entry -> entry.getKey().startsWith("instances/"))
                .findFirst()
                .orElseThrow()
                .getValue();

        assertThat(Instant.parse(source.path("completeUpTo").asText())).isBetween(start, Instant.now());
        assertThat(source.path("records").asInt()).isOne();
        assertThat(source.path("requestsPerSecondUsed").asDouble()).isPositive();
        assertThat(source.path("leader")).isEqualTo(instance.path("member"));
        assertThat(instance.path("leads")).extracting(JsonNode::asText).containsExactly("remote-records");
        assertThat(SchemaValidator.errors("status", source)).isEmpty();
        assertThat(SchemaValidator.errors("status", instance)).isEmpty();
        assertThat(command(tenant, "status").lines())
                .anySatisfy(line -> assertThat(line).startsWith("SOURCE"));

        product.terminate();
        product.awaitExit();
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(status().toString()).doesNotContain("instances/"));
        assertThat(status().has("remote-records")).isTrue();
    }

    @Test
    void keepsUpToWhenASourceIsCompleteWhenTheApiFailsAfterARestart() {
        try (TestTenant restarted = TestTenant.of(CommandsIT.class).with("bangwo8.max-retries", "0")) {
            restarted.desk().add(restarted.oldRecord(1));
            Product before = restarted.startPolling();
            before.awaitLine(0, "scanned source=remote-records");
            before.terminate();
            before.awaitExit();
            JsonNode known = restarted.status("remote-records");
            assertThat(known.path("completeUpTo").asText()).isNotEmpty();

            restarted.addFault(Fault.status(500).on("histories"));
            Product after = restarted.startPolling();
            await().atMost(Product.PATIENCE)
                    .until(() -> restarted.status("remote-records").has("failure"));

            JsonNode now = restarted.status("remote-records");
            assertThat(now.path("leader")).isNotEqualTo(known.path("leader"));
            Instant complete = Instant.parse(known.path("completeUpTo").asText());
            assertThat(Instant.parse(now.path("completeUpTo").asText())).isBetween(complete.minusSeconds(1), complete);
            assertThat(now.path("lastScan")).isEqualTo(known.path("lastScan"));
            assertThat(after.management("/q/metrics").body())
                    .containsPattern("bangwo8_freshness_seconds\\{source=\"remote-records\"} \\d");
        }
    }

    /** The answer to a command that acts. */
    static JsonNode answer(TestTenant tenant, String words) {
        Product command = command(tenant, words + " --json");
        JsonNode answer = json(command);
        assertThat(SchemaValidator.errors("status", answer))
                .as(command.output())
                .isEmpty();
        assertThat(command.awaitExit())
                .as(command.output())
                .isEqualTo(answer.path("state").asText().equals("done") ? 0 : 1);
        return answer;
    }

    @Test
    void carriesOutCommandsThatActAndKeepsToThemAfterARestart() {
        try (TestTenant acting = TestTenant.of(CommandsIT.class)) {
            acting.desk().add(acting.oldRecord(1));
            Product product = acting.start();
            product.awaitLine(0, "scanned source=remote-records");

            JsonNode paused = answer(acting, "pause --source remote-records");
            assertThat(paused.path("state").asText()).isEqualTo("done");
            assertThat(answer(acting, "pause --source remote-recods")
                            .path("message")
                            .asText())
                    .contains("is it remote-records?");
            product.awaitLine(0, "command-answered command=pause source=remote-records .*state=DONE");
            product.terminate();
            product.awaitExit();

            acting.desk().add(acting.newRecord(2));
            Product restarted = acting.startPolling();
            await().atMost(Product.PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    restarted.management("/q/health/ready").body())
                            .contains("paused by an operator since"));
            assertThat(command(acting, "status").output()).contains("remote-records: paused since");
            assertThat(restarted.output()).doesNotContain("scanned source=");
            assertThat(acting.keys()).containsExactly("1");

            assertThat(answer(acting, "resume --source remote-records")
                            .path("state")
                            .asText())
                    .isEqualTo("done");
            await().atMost(Product.PATIENCE)
                    .untilAsserted(() -> assertThat(acting.keys()).containsExactly("1", "2"));
        }
    }

    @Test
    void endsWithTwoAfterWrongUsageWithoutAnySetting() {
        Product command = command(tenant, "statu");

        assertThat(command.awaitExit()).isEqualTo(2);
        assertThat(command.lines())
                .containsExactly("Unmatched argument at index 0: 'statu'", "Try: bangwo8-stream --help");
    }

    @Test
    void createsNoTopicAndNamesTheMissingOneInOneLine() {
        try (TestTenant unknown = TestTenant.of(CommandsIT.class)) {
            Product command = command(unknown, "status");

            assertThat(command.awaitExit()).isOne();
            assertThat(command.lines()).singleElement().asString().contains(unknown.topic("status"), "does not exist");
        }
    }
}
