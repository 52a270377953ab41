package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.SampleSummaries;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a polling product: events of later changes, health checks, metrics, and the end on SIGTERM. */
class PollingIT {

    /** PHP serialisation whose string declares 99 bytes and has fewer. */
    private static final String NOT_PHP = "a:1:{s:2:\"SN\";s:99:\"短\";}";

    private static final Pattern MALFORMED = Pattern.compile("bangwo8_custom_fields_malformed_total\\S* (\\S+)");

    private static TestTenant tenant;
    private static Product product;

    @BeforeAll
    static void startPolling() {
        tenant = TestTenant.of(PollingIT.class);
        tenant.desk()
                .setSummary(tenant.desk().add(tenant.newRecord(1)), SampleSummaries.filled("总结", "field_25", NOT_PHP));
        product = tenant.startPolling();
        awaitEvents("1", events -> assertThat(events).hasSize(1));
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void publishesARecordAddedLater() {
        tenant.desk().add(tenant.newRecord(2));
        awaitEvents(
                "2",
                events -> assertThat(events).extracting(Event::type).containsExactly("bangwo8.remote-record.created"));
    }

    @Test
    void publishesOnlyTheChangedRecordAgain() {
        tenant.desk().add(tenant.newRecord(3));
        awaitEvents("3", events -> assertThat(events).hasSize(1));
        tenant.desk().change("3", row -> row.put("commentScore", 1).put("comment", "还是上不了网"));
        awaitEvents("3", events -> {
            assertThat(events)
                    .extracting(Event::type)
                    .containsExactly("bangwo8.remote-record.created", "bangwo8.remote-record.updated");
            assertThat(events.get(1).record().path("comment").asText()).isEqualTo("还是上不了网");
            assertThat(events).extracting(event -> event.headers().get("ce_id")).doesNotHaveDuplicates();
        });
        assertThat(tenant.keys()).containsOnlyOnce("1");
    }

    @Test
    void publishesNothingWhenOnlyTheFormOfTheContentChanged() {
        tenant.desk().add(tenant.newRecord(4));
        awaitEvents("4", events -> assertThat(events).hasSize(1));
        tenant.desk()
                .change("4", row -> row.put("csStat", "5").put("ptId", "221").put("payStat", "支付成功"));
        // The event of record 5, added later, proves that a scan has compared record 4 since.
        tenant.desk().add(tenant.newRecord(5));
        awaitEvents("5", events -> assertThat(events).hasSize(1));
        product.awaitLine(product.lines().size(), " scanned .* published=0 unchanged=[1-9].*complete=true");
        assertThat(tenant.keys()).containsOnlyOnce("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/ready", "/q/health/live"})
    void reportsUpInHealthChecks(String check) {
        // Ready only after the end of the first scan.
        HttpResponse<String> health = await().atMost(Product.PATIENCE)
                .until(() -> product.management(check), response -> response.statusCode() == 200);
        assertThat(Event.json(health.body()).path("status").asText()).isEqualTo("UP");
    }

    @Test
    void countsRequestsAndRecords() {
        assertThat(product.management("/q/metrics").body())
                .containsPattern("bangwo8_requests_total\\{[^}]*endpoint=\"/remoterecord/histories.json\"[^}]*} [1-9]")
                .containsPattern("bangwo8_requests_total\\{[^}]*outcome=\"ok\"[^}]*} [1-9]")
                .containsPattern("bangwo8_records_total\\{[^}]*outcome=\"published\"[^}]*} [1-9]")
                .containsPattern("bangwo8_records_total\\{[^}]*outcome=\"seen\"[^}]*} [1-9]")
                .containsPattern("bangwo8_scan_seconds_count\\{[^}]*source=\"remote-records\"[^}]*} [1-9]")
                .containsPattern("bangwo8_incomplete_days\\{[^}]*source=\"remote-records\"[^}]*} 0")
                .containsPattern("bangwo8_leader\\{[^}]*stream=\"remote-records\"[^}]*} 1")
                .containsPattern("bangwo8_request_seconds_bucket\\{[^}]*le=\"0.25\"[^}]*} [1-9]");
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> assertThat(product.management("/q/metrics").body())
                        .containsPattern("bangwo8_freshness_seconds\\{[^}]*source=\"remote-records\"[^}]*} [0-9]"));
    }

    /** Metrics of what did not happen here, such as a dead letter, are in the README only. */
    @Test
    void documentsEveryMetricAndExplainsIt() throws IOException {
        String metrics = product.management("/q/metrics").body();
        Set<String> exported = new TreeSet<>();
        for (MatchResult help : Pattern.compile("(?m)^# HELP (bangwo8_\\S+) *(.*)$")
                .matcher(metrics)
                .results()
                .toList()) {
            assertThat(help.group(2)).as(help.group(1)).isNotBlank();
            exported.add(help.group(1).replaceFirst("_max$", ""));
        }
        assertThat(exported)
                .contains("bangwo8_requests", "bangwo8_freshness_seconds")
                .isSubsetOf(documentedMetrics());
    }

    private static Set<String> documentedMetrics() throws IOException {
        return Pattern.compile("(?m)^\\| `(bangwo8_\\w+)")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                // A help text names a counter without this end.
                .map(row -> row.group(1).replaceFirst("_total$", ""))
                .collect(Collectors.toSet());
    }

    @Test
    void countsMalformedCustomFieldsAndKeepsThemAsStrings() {
        assertThat(countOfMalformedFields())
                .as("the summary of the first record, which was fetched once")
                .isEqualTo(1);
        tenant.desk()
                .add(tenant.newRecord(6)
                        .set(
                                "custom_fields",
                                Json.array()
                                        .add(Json.object()
                                                .put("key", "field_25")
                                                .put("value", NOT_PHP))));
        awaitEvents(
                "6",
                events -> assertThat(events)
                        .hasSize(1)
                        .allSatisfy(event -> assertThat(event.record()
                                        .at("/custom_fields/0/value")
                                        .asText())
                                .isEqualTo(NOT_PHP)));
        assertThat(countOfMalformedFields())
                .as("plus the row of record 6, which every scan reads")
                .isGreaterThan(1);
    }

    private static double countOfMalformedFields() {
        Matcher metric = MALFORMED.matcher(product.management("/q/metrics").body());
        assertThat(metric.find()).isTrue();
        return Double.parseDouble(metric.group(1));
    }

    @Test
    void endsCleanlyOnSigterm() {
        try (TestTenant other = TestTenant.of(PollingIT.class)) {
            other.desk().add(other.newRecord(1));
            Product ending = other.startPolling();
            ending.awaitLine(0, " scanned .* published=1 ");
            ending.terminate();
            assertThat(ending.awaitExit()).isIn(0, 143);
            assertThat(ending.output()).doesNotContain("ERROR").doesNotContain("\tat ");
            assertThat(other.keys()).containsExactly("1");
        }
    }

    private static void awaitEvents(String key, ThrowingConsumer<List<Event>> wanted) {
        await().atMost(Product.PATIENCE)
                .untilAsserted(() -> wanted.accept(tenant.events().stream()
                        .filter(event -> event.key().equals(key))
                        .toList()));
    }
}
