package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the command {@code check} finds what is wrong, and changes nothing. */
class CheckIT {

    private static final String PATTERN = "camel.main.routes-include-pattern";

    @Test
    void findsNothingBeforeTheFirstStartAndChangesNothing() throws Exception {
        try (TestTenant tenant = tenant().with("bangwo8.sources", "remote-records,tickets,ticket-views")) {
            Product check = tenant.start();

            assertThat(check.awaitExit()).as(check.output()).isZero();
            assertThat(check.lines())
                    .contains(
                            "CHECKED   RESULT",
                            "settings  good",
                            "routes    good",
                            "API       good",
                            "Kafka     good",
                            "states    good")
                    .filteredOn(line -> line.startsWith("note: "))
                    .hasSize(7)
                    .allSatisfy(line -> assertThat(line)
                            .contains(tenant.name())
                            .endsWith("which does not exist yet: the start creates it if it may"));
            assertThat(tenant.requests().total())
                    .as("one request for each source")
                    .isEqualTo(3);
            assertThat(tenant.requests().maxConcurrency()).isOne();
            assertThat(topics()).noneMatch(topic -> topic.startsWith(tenant.name()));
        }
    }

    @Test
    void namesTheFileAndTheLineOfAMistakeInARoute(@TempDir Path folder) throws IOException {
        String route = Files.readString(Path.of("routes/examples/calls.camel.yaml"));
        Files.writeString(
                folder.resolve("calls.camel.yaml"), route.replace("direct:bangwo8-api", "direct:bangwo8-apl"));
        Files.copy(Path.of("routes/examples/calls.fields.json"), folder.resolve("calls.fields.json"));
        Files.writeString(folder.resolve("im-sessions.yml"), "");
        try (TestTenant tenant = tenant().with(
                        PATTERN,
                        "classpath:routes/*.camel.yaml,classpath:routes/sources/*.camel.yaml,file:" + folder
                                + "/*.camel.yaml")) {
            Product check = tenant.start();

            assertThat(check.awaitExit()).isOne();
            assertThat(check.output())
                    .contains(folder + "/im-sessions.yml: does not end with .camel.yaml")
                    .contains("API       not checked")
                    .doesNotContain("\tat ");
            Files.delete(folder.resolve("im-sessions.yml"));
            check = tenant.start();
            assertThat(check.awaitExit()).isOne();
            assertThat(check.output())
                    .contains(
                            folder + "/calls.camel.yaml:25: no route receives from direct:bangwo8-apl; the nearest one"
                                    + " is bangwo8-api");
            assertThat(tenant.requests().total()).isZero();
        }
    }

    @Test
    void namesWrongSettingsAndAWrongLogin() {
        try (TestTenant tenant =
                tenant().with("bangwo8.command", "check --json").with("bangwo8.pol-interval", "1s")) {
            JsonNode wrong = report(tenant);
            assertThat(wrong.at("/findings/0/text").asText()).contains("the nearest one is BANGWO8_POLL_INTERVAL");
            assertThat(wrong.at("/checked/routes").isNull()).isTrue();

            tenant.without("bangwo8.pol-interval").with("bangwo8.password", "wrong");
            JsonNode refused = report(tenant);
            assertThat(refused.path("good").asBoolean(true)).isFalse();
            assertThat(refused.at("/checked/API").asInt()).isOne();
            assertThat(refused.at("/findings/0/text").asText())
                    .startsWith("source remote-records: GET /remoterecord/histories.json")
                    .contains("answered 401");
        }
    }

    @Test
    void plansWhatAFirstRunWouldRequest() throws Exception {
        try (TestTenant tenant = tenant().with("bangwo8.command", "plan --source remote-records --json")) {
            tenant.desk().add(tenant.oldRecord(1));
            tenant.desk().add(tenant.oldRecord(2));
            tenant.with("bangwo8.requests-per-second", "2");
            Product plan = tenant.start();
            assertThat(plan.awaitExit()).as(plan.output()).isZero();
            JsonNode json = json(plan);

            assertThat(json.at("/records/remote-records"))
                    .as("today and the look-back")
                    .hasSize(8);
            assertThat(json.at("/records/remote-records"))
                    .extracting(JsonNode::asInt)
                    .containsExactlyInAnyOrder(0, 0, 0, 0, 0, 0, 0, 2);
            assertThat(json.at("/calls").path("/remoterecord/histories.json").asInt())
                    .isEqualTo(8);
            assertThat(json.at("/calls")
                            .path("/remoterecord/chatrecords/{id}.json")
                            .asInt())
                    .isEqualTo(2);
            assertThat(json.at("/calls").path("/servicesummary/{id}.json").asInt())
                    .isEqualTo(2);
            assertThat(tenant.requests().total()).as("one request for each day").isEqualTo(8);
            assertThat(topics()).noneMatch(topic -> topic.startsWith(tenant.name()));

            tenant.with("bangwo8.command", "plan --source calls");
            Product unknown = tenant.start();
            assertThat(unknown.awaitExit()).isOne();
            assertThat(unknown.output()).contains("there is no source calls that is on; those that are on are");
        }
    }

    private static JsonNode report(TestTenant tenant) {
        Product check = tenant.start();
        assertThat(check.awaitExit()).as(check.output()).isOne();
        return json(check);
    }

    private static JsonNode json(Product command) {
        return Json.read(command.lines().stream()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow());
    }

    private static TestTenant tenant() {
        return TestTenant.of(CheckIT.class).with("bangwo8.command", "check");
    }

    private static Set<String> topics() throws Exception {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, Broker.bootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }
}
