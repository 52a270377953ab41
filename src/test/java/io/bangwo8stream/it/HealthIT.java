package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Fault;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what the health checks of the packaged product report, and that they name what is broken. */
class HealthIT {

    @Test
    void isNotReadyWithAWrongPasswordAndNamesItWithinSeconds() {
        try (TestTenant tenant = TestTenant.of(HealthIT.class).with("bangwo8.password", "wrong")) {
            Product product = tenant.startPolling();

            await().atMost(Product.PATIENCE)
                    .untilAsserted(() -> assertThat(readiness(product).body())
                            .contains("/remoterecord/histories.json", "answered 401", "check the login"));

            assertThat(readiness(product).statusCode()).isEqualTo(503);
            assertThat(liveness(product).statusCode()).isEqualTo(200);
        }
    }

    /** As Kubernetes changes a mounted Secret: the link to the folder of its files is replaced. */
    @Test
    void goesOnWithTheChangedPasswordOfAMountedFile(@TempDir Path mount) throws IOException {
        mountPassword(mount, "first", "demo");
        try (TestTenant tenant = TestTenant.of(HealthIT.class)
                .without("bangwo8.password")
                .with("bangwo8.password-file", mount.resolve("password").toString())) {
            Product product = tenant.startPolling();
            tenant.desk().add(tenant.newRecord(1));
            await().atMost(Product.PATIENCE).until(() -> tenant.keys().equals(List.of("1")));

            tenant.standIn().accessControl().removeAll();
            tenant.standIn().accessControl().addAdministrator("demo", "changed-secret");
            tenant.desk().add(tenant.newRecord(2));
            // A stream is ready for a minute after its last complete scan.
            await().atMost(Product.PATIENCE.multipliedBy(2))
                    .until(() -> product.management("/q/health/ready").statusCode() == 503);
            mountPassword(mount, "second", "changed-secret\n");

            await().atMost(Product.PATIENCE).until(() -> tenant.keys().equals(List.of("1", "2")));
            await().atMost(Product.PATIENCE)
                    .until(() -> product.management("/q/health/ready").statusCode() == 200);
            assertThat(product.output()).doesNotContain("changed-secret");
        }
    }

    private static void mountPassword(Path mount, String version, String password) throws IOException {
        Files.writeString(Files.createDirectory(mount.resolve(version)).resolve("password"), password);
        Path link = mount.resolve("..data");
        Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of(version));
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
        if (!Files.exists(mount.resolve("password"))) {
            Files.createSymbolicLink(mount.resolve("password"), Path.of("..data", "password"));
        }
    }

    @Test
    void namesTheApiThatAnswers500UntilItRespondsAgain() {
        try (TestTenant tenant = TestTenant.of(HealthIT.class).with("bangwo8.max-retries", "0")) {
            tenant.addFault(Fault.status(500).on("histories"));
            Product product = tenant.startPolling();
            await().atMost(Product.PATIENCE)
                    .untilAsserted(() -> assertThat(data(product, "sources are scanned")
                                    .path("remote-records")
                                    .asText())
                            .startsWith("not scanned completely yet: ")
                            .contains("answered 500"));
            assertThat(readiness(product).statusCode()).isEqualTo(503);
            assertThat(liveness(product).statusCode()).isEqualTo(200);

            tenant.standIn().faults().clear();

            await().atMost(Product.PATIENCE).until(() -> readiness(product).statusCode() == 200);
            assertThat(data(product, "sources are scanned")
                            .path("remote-records")
                            .asText())
                    .startsWith("scanned ");
        }
    }

    @Test
    void namesAnEndpointThatIsDown() {
        try (TestTenant tenant = TestTenant.of(HealthIT.class).with("bangwo8.max-retries", "0")) {
            for (int id = 1; id <= 5; id++) {
                tenant.desk().add(tenant.newRecord(id));
            }
            tenant.addFault(Fault.status(403).on("servicesummary"));
            Product product = tenant.startPolling();

            await().atMost(Product.PATIENCE)
                    .untilAsserted(() -> assertThat(data(product, "endpoints of the API respond")
                                    .path("/servicesummary/{id}.json")
                                    .asText())
                            .contains("answered 403"));
            assertThat(readiness(product).statusCode()).isEqualTo(503);
        }
    }

    /** Kafka's own client waits for half a minute and more, in which Kubernetes would get no answer. */
    @Test
    void answersWhileTheBrokerIsAwayAndNamesIt() {
        try (TestTenant tenant = TestTenant.of(HealthIT.class)) {
            Product product = tenant.startPolling();
            await().atMost(Product.PATIENCE).until(() -> readiness(product).statusCode() == 200);

            Broker.whileStopped(() -> {
                HttpResponse<String> answer = readiness(product);

                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(data(Event.json(answer.body()), "the broker responds")
                                .path("reason")
                                .asText())
                        .contains("broker", "kafka.bootstrap.servers");
                assertThat(liveness(product).statusCode()).isEqualTo(200);
            });

            await().atMost(Product.PATIENCE).until(() -> readiness(product).statusCode() == 200);
        }
    }

    private static HttpResponse<String> readiness(Product product) {
        return product.management("/q/health/ready");
    }

    private static HttpResponse<String> liveness(Product product) {
        return product.management("/q/health/live");
    }

    private static JsonNode data(Product product, String check) {
        return data(Event.json(readiness(product).body()), check);
    }

    private static JsonNode data(JsonNode health, String check) {
        for (JsonNode one : health.path("checks")) {
            if (one.path("name").asText().equals(check)) {
                return one.path("data");
            }
        }
        return Event.json("{}");
    }
}
