package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.standin.Fault;
import io.bangwo8stream.standin.Fault.Kind;
import io.bangwo8stream.standin.RequestLog;
import io.bangwo8stream.standin.Rows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The one door to the API: what is repeated, what is not, and how much is asked at once. */
class ApiGatewayIT {

    /** What the kernel and the clocks may take from a pause. */
    private static final Duration TOLERANCE = Duration.ofMillis(100);

    @Test
    void endsTheScanAtOnceWhenThePasswordIsWrong() {
        try (TestTenant tenant = tenant(1).with("bangwo8.password", "wrong")) {
            Product product = tenant.once();
            assertThat(product.awaitExit()).isNotZero();
            assertThat(product.output())
                    .containsPattern("scan-incomplete .*histories\\.json.* 401.*bangwo8\\.password");
            assertThat(tenant.requests().total()).isOne();
        }
    }

    @Test
    void endsTheScanAtOnceWhenTheAccountIsNoAdministratorAndNamesThePermission() {
        try (TestTenant tenant = tenant(1).with("bangwo8.account", "agent").with("bangwo8.password", "agent")) {
            tenant.standIn().access().agent("agent", "agent");
            Product product = tenant.once();
            assertThat(product.awaitExit()).isNotZero();
            assertThat(product.output()).containsPattern("scan-incomplete .*histories\\.json.* 403.*administrator");
            assertThat(tenant.requests().total()).isOne();
        }
    }

    @Test
    void repeatsWhatMayPassUntilEveryRecordIsPublished() {
        try (TestTenant tenant = tenant(10).with("bangwo8.request-timeout", "2s")) {
            Instant until = Instant.now().plusSeconds(10).truncatedTo(ChronoUnit.SECONDS);
            tenant.fault(Fault.status(503).on("histories").times(1))
                    .fault(twice(Fault.status(500), 1))
                    .fault(twice(Fault.status(503), 2))
                    .fault(twice(Fault.status(429, "1"), 3))
                    .fault(twice(Fault.of(Kind.NO_ANSWER), 5))
                    .fault(twice(Fault.of(Kind.CUT_BODY), 6))
                    .fault(twice(Fault.of(Kind.NOT_JSON), 7))
                    .fault(twice(Fault.of(Kind.EMPTY_BODY), 8))
                    .fault(twice(Fault.of(Kind.DELAY, 3000), 9))
                    .fault(Fault.status(429, httpDate(until))
                            .matching("chatrecords/4\\.json")
                            .times(1));
            Product product = tenant.once();
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
    void neverHasMoreRequestsUnderWayThanAllowed() {
        try (TestTenant tenant = tenant(12).with("bangwo8.max-in-flight", "3")) {
            Duration latency = Duration.ofMillis(300);
            tenant.standIn().faults().latency(latency);
            assertThat(tenant.once().awaitExit()).isZero();
            List<Instant> begun = times(tenant.requests().entries());
            // With three at once, the fourth begins when the first has ended, and none ends before its latency.
            assertThat(begun).hasSize(25);
            assertThat(IntStream.range(3, begun.size()).mapToObj(i -> Duration.between(begun.get(i - 3), begun.get(i))))
                    .allSatisfy(apart -> assertThat(apart).isGreaterThanOrEqualTo(latency.minus(TOLERANCE)));
            assertThat(tenant.requests().maxConcurrency()).isGreaterThan(1);
        }
    }

    @Test
    void spacesRequestsByItsBudget() {
        try (TestTenant tenant = tenant(6).with("bangwo8.requests-per-second", "5")) {
            assertThat(tenant.once().awaitExit()).isZero();
            List<Instant> begun = times(tenant.requests().entries());
            assertThat(begun).hasSize(13);
            assertThat(Duration.between(begun.get(0), begun.get(12)))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(12 * 200).minus(TOLERANCE));
        }
    }

    /** A trial with so many records, each with a chat. */
    private static TestTenant tenant(int records) {
        TestTenant tenant = TestTenant.of(ApiGatewayIT.class);
        for (int id = 1; id <= records; id++) {
            tenant.desk().add(tenant.oldRecord(id).put("ChatRecord", 1));
            tenant.desk().addChat(Integer.toString(id), Rows.message(true, "您好", "2018-10-24 15:14:12"));
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
