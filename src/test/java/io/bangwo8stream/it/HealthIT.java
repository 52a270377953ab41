package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.standin.Fault;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

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

    private static HttpResponse<String> readiness(Product product) {
        return product.management("/q/health/ready");
    }

    private static HttpResponse<String> liveness(Product product) {
        return product.management("/q/health/live");
    }

    private static JsonNode data(Product product, String check) {
        for (JsonNode one : Event.json(readiness(product).body()).path("checks")) {
            if (one.path("name").asText().equals(check)) {
                return one.path("data");
            }
        }
        return Event.json("{}");
    }
}
