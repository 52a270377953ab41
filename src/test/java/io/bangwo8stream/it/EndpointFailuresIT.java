package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.Fault;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An endpoint or a login that is refused, or down, is no failure of the records that need it. */
class EndpointFailuresIT {

    /** Refusals as a status, and in a body of status 200. */
    static Stream<Fault> missingRights() {
        return Stream.of(Fault.status(403), Fault.of(Fault.Kind.ERRCODE, 403, "Forbidden"));
    }

    static Stream<Fault> refusedLogins() {
        return Stream.of(Fault.status(401), Fault.of(Fault.Kind.ERRCODE, 401, "no such account"));
    }

    @ParameterizedTest
    @MethodSource("missingRights")
    void deadLettersNoRecordWhenTheLoginMayNotReadSummaries(Fault missingRight) {
        try (TestTenant tenant = records(25)) {
            tenant.addFault(missingRight.on("servicesummary"));

            Product product = tenant.runOnce();

            assertThat(tenant.keys()).isEmpty();
            assertThat(tenant.deadLetters()).isEmpty();
            assertThat(product.lines().stream().filter(line -> line.contains("endpoint-down")))
                    .singleElement()
                    .asString()
                    .contains("endpoint=/servicesummary/{id}.json")
                    .contains("records=25")
                    .contains("answered 403");
            assertThat(product.awaitExit()).isNotZero();
        }
    }

    @ParameterizedTest
    @MethodSource("refusedLogins")
    void endsTheScanAndDeadLettersNothingWhenTheLoginIsRefusedDuringAScan(Fault refused) {
        try (TestTenant tenant = records(25)) {
            tenant.addFault(refused.on("servicesummary").after(12));

            Product product = tenant.runOnce();

            assertThat(tenant.keys()).hasSize(12);
            assertThat(tenant.deadLetters()).isEmpty();
            assertThat(product.output()).contains("answered 401").contains("complete=false");
            assertThat(product.output().split("login-refused source=remote-records", -1))
                    .hasSize(2);
            assertThat(product.awaitExit()).isNotZero();
        }
    }

    @Test
    void publishesEveryRecordOnceAnEndpointThatWasDownRespondsAgain() {
        try (TestTenant tenant = records(10)) {
            tenant.addFault(Fault.status(500).on("chatrecords"))
                    .addFault(Fault.status(500).on("servicesummary"));
            Product product = tenant.startPolling();
            for (int scans = 0; scans < 4; scans++) {
                product.awaitLine(product.lines().size(), "endpoint-down source=remote-records");
            }
            assertThat(tenant.deadLetters()).isEmpty();
            tenant.standIn().faults().clear();

            await().atMost(Product.PATIENCE).until(() -> tenant.keys().size() == 10);
            assertThat(tenant.deadLetters()).isEmpty();
        }
    }

    @Test
    void publishesTheOtherRecordsOfAPageWhileOneSummaryHangs() {
        try (TestTenant tenant = records(60)) {
            tenant.addFault(Fault.of(Fault.Kind.DELAY, 25_000)
                    .on("servicesummary")
                    .matching("/1030.json")
                    .times(1));
            Product product = tenant.with("bangwo8.page-deadline", "2s").startPolling();

            await().atMost(Product.PATIENCE).until(() -> tenant.keys().size() == 59);
            assertThat(tenant.keys()).doesNotContain("1030");
            product.awaitLine(0, "joins-late source=remote-records records=1 example=1030");

            await().atMost(Product.PATIENCE).until(() -> tenant.keys().contains("1030"));
            assertThat(tenant.keys()).hasSize(60);
            assertThat(tenant.deadLetters()).isEmpty();
        }
    }

    private static TestTenant records(int count) {
        TestTenant tenant = TestTenant.of(EndpointFailuresIT.class).with("bangwo8.max-retries", "0");
        for (int id = 1001; id < 1001 + count; id++) {
            tenant.desk().add(tenant.newRecord(id));
        }
        return tenant;
    }
}
