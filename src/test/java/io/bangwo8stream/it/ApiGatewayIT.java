package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Fault.Kind;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.SampleRows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the API gateway route: which failures it retries, and how it limits requests. */
class ApiGatewayIT {

    /** How much shorter than configured a pause may appear, because of the kernel and the clocks. */
    private static final Duration TOLERANCE = Duration.ofMillis(100);

    @Test
    void endsTheScanAtOnceWhenThePasswordIsWrong() {
        try (TestTenant tenant = tenant(1).with("bangwo8.password", "wrong")) {
            Product product = tenant.runOnce();
            assertThat(product.awaitExit()).isNotZero();
            assertThat(product.output())
                    .containsPattern("scan-incomplete .*histories\\.json.* 401.*bangwo8\\.password");
            assertThat(tenant.requests().total()).isOne();
        }
    }

    @Test
    void endsTheScanAtOnceAndNamesThePermissionWhenTheAccountIsNotAnAdministrator() {
        try (TestTenant tenant = tenant(1).with("bangwo8.account", "agent").with("bangwo8.password", "agent")) {
            tenant.standIn().accessControl().addAgent("agent", "agent");
            Product product = tenant.runOnce();
            assertThat(product.awaitExit()).isNotZero();
            assertThat(product.output()).containsPattern("scan-incomplete .*histories\\.json.* 403.*administrator");
            assertThat(tenant.requests().total()).isOne();
        }
    }

    @Test
    void retriesTemporaryFailuresUntilEveryRecordIsPublished() {
        try (TestTenant tenant = tenant(10).with("bangwo8.request-timeout", "2s")) {
            Instant until = Instant.now().plusSeconds(10).truncatedTo(ChronoUnit.SECONDS);
            tenant.addFault(Fault.status(503).on("histories").times(1))
                    .addFault(twice(Fault.status(500), 1))
                    .addFault(twice(Fault.status(503), 2))
                    .addFault(twice(Fault.status(429, "1"), 3))
                    .addFault(twice(Fault.of(Kind.NO_RESPONSE), 5))
                    .addFault(twice(Fault.of(Kind.CUT_BODY), 6))
                    .addFault(twice(Fault.of(Kind.NOT_JSON), 7))
                    .addFault(twice(Fault.of(Kind.EMPTY_BODY), 8))
                    .addFault(twice(Fault.of(Kind.DELAY, 3000), 9))
                    .addFault(Fault.status(429, httpDate(until))
                            .matching("chatrecords/4\\.json")
                            .times(1));
            Product product = tenant.runOnce();
            assertThat(product.awaitExit()).isZero();
            assertThat(tenant.keys()).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
            List.of(1, 2, 3, 5, 6, 7, 8, 9)
                    .forEach(id ->
                            assertThat(times(tenant, id)).as("chat %d", id).hasSizeGreaterThan(2));
            assertThat(Duration.between(
                            times(tenant, 3).get(0), times(tenant, 3).get(1)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1).minus(TOLERANCE));
            assertThat(times(tenant, 4))
                    .hasSizeGreaterThan(1)
                    .element(1)
                    .satisfies(second -> assertThat(second).isAfterOrEqualTo(until.minus(TOLERANCE)));
        }
    }

    @Test
    void keepsRequestsInFlightWithinTheLimit() {
        try (TestTenant tenant = tenant(12).with("bangwo8.max-in-flight", "3")) {
            Duration latency = Duration.ofMillis(300);
            tenant.standIn().faults().setLatency(latency);
            assertThat(tenant.runOnce().awaitExit()).isZero();
            List<Instant> started = times(tenant.requests().entries());
            // With three in flight, the fourth request starts after the end of the first, which takes the latency.
            assertThat(started).hasSize(24 + TestTenant.WINDOWS_OF_FIRST_SWEEP);
            assertThat(IntStream.range(3, started.size())
                            .mapToObj(i -> Duration.between(started.get(i - 3), started.get(i))))
                    .allSatisfy(apart -> assertThat(apart).isGreaterThanOrEqualTo(latency.minus(TOLERANCE)));
            assertThat(tenant.requests().maxConcurrency()).isGreaterThan(1);
        }
    }

    @Test
    void spacesRequestsByTheConfiguredRate() {
        try (TestTenant tenant = tenant(6).with("bangwo8.requests-per-second", "5")) {
            assertThat(tenant.runOnce().awaitExit()).isZero();
            List<Instant> started = times(tenant.requests().entries());
            assertThat(started).hasSize(12 + TestTenant.WINDOWS_OF_FIRST_SWEEP);
            assertThat(Duration.between(started.get(0), started.get(12)))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(12 * 200).minus(TOLERANCE));
        }
    }

    /** A tenant with this number of records, each with a chat. */
    private static TestTenant tenant(int records) {
        TestTenant tenant = TestTenant.of(ApiGatewayIT.class);
        for (int id = 1; id <= records; id++) {
            tenant.desk().add(tenant.oldRecord(id).put("ChatRecord", 1));
            tenant.desk().addChat(Integer.toString(id), SampleRows.message(true, "您好", "2018-10-24 15:14:12"));
        }
        return tenant;
    }

    private static String httpDate(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    private static Fault twice(Fault fault, int id) {
        return fault.matching("chatrecords/" + id + "\\.json").times(2);
    }

    private static List<Instant> times(TestTenant tenant, int id) {
        return times(tenant.requests().entries("chatrecords").stream()
                .filter(entry -> entry.path().endsWith("/" + id + ".json"))
                .toList());
    }

    private static List<Instant> times(List<RequestLog.Entry> entries) {
        return entries.stream().map(RequestLog.Entry::at).sorted().toList();
    }
}
