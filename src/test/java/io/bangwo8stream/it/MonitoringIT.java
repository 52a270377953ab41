package io.bangwo8stream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.kubernetes.MonitoringFiles;
import io.bangwo8stream.kubernetes.Query;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.VendorTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares alerts and dashboard with what a product exports that has scanned sources of every kind, and to which nothing
 * bad has happened but a new field: what an alert counts has to exist before it happens for the first time.
 */
class MonitoringIT {

    private static final List<String> SOURCES =
            List.of("remote-records", "agent-records", "tickets", "ticket-views", "calls", "im-sessions");
    private static final Path EXAMPLES = Path.of("routes", "examples");

    /** An exemplar may follow, with labels of its own. */
    private static final Pattern SERIES =
            Pattern.compile("(?m)^(bangwo8_\\w+)(?:\\{((?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*)})? ");

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir
    private static Path routes;

    private static TestTenant tenant;

    /** The values of each label of each exported metric. */
    private static final Map<String, Map<String, Set<String>>> EXPORTED = new TreeMap<>();

    @BeforeAll
    static void scanSourcesOfEveryKind() throws IOException {
        for (String file : List.of("calls", "im-sessions")) {
            Files.copy(EXAMPLES.resolve(file + ".camel.yaml"), routes.resolve(file + ".camel.yaml"));
            Files.copy(EXAMPLES.resolve(file + ".fields.json"), routes.resolve(file + ".fields.json"));
        }
        tenant = TestTenant.of(MonitoringIT.class)
                .with("bangwo8.routes", routes.toString())
                .with("bangwo8.sources", String.join(",", SOURCES))
                .with("bangwo8.agents", "223")
                .with("bangwo8.requests-per-second", "1000")
                .with(
                        "bangwo8.start-date",
                        LocalDate.now(Clock.systemUTC()).minusDays(10).toString());
        SOURCES.forEach(source -> tenant.with("bangwo8.topics." + source, tenant.topic(source)));
        String time = VendorTime.padded(VendorTime.now(Clock.systemUTC()).minusDays(3));
        tenant.desk().add(tenant.oldRecord(1).put("newField", "007"));
        tenant.desk().ticketStore().addView(SampleRows.view(15, "售中"));
        tenant.desk().ticketStore().addTicket(SampleRows.ticket(71, "路由器换新", time), "15");
        tenant.desk().calls().add(SampleRows.call(770_001, time));
        tenant.desk().imSessions().add(SampleRows.imSession(880_001, time));
        Product product = tenant.startPolling();
        for (String source : SOURCES) {
            product.awaitLine(0, "scanned source=" + source + " .*complete=true");
        }
        for (String source : List.of("remote-records", "agent-records", "calls", "im-sessions")) {
            product.awaitLine(0, "backfilled source=" + source);
        }
        SERIES.matcher(product.management("/q/metrics").body()).results().forEach(series -> {
            Map<String, Set<String>> labels = EXPORTED.computeIfAbsent(series.group(1), name -> new TreeMap<>());
            if (series.group(2) != null) {
                LABEL.matcher(series.group(2))
                        .results()
                        .forEach(label -> labels.computeIfAbsent(label.group(1), name -> new TreeSet<>())
                                .add(label.group(2)));
            }
        });
    }

    @AfterAll
    static void stop() {
        tenant.close();
    }

    @Test
    void exportsEveryMetricThatAlertsAndDashboardUse() throws IOException {
        Set<String> used = MonitoringFiles.all().stream()
                .flatMap(query -> query.metrics().stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).hasSizeGreaterThan(20);
        assertThat(EXPORTED.keySet()).containsAll(used);
    }

    @Test
    void exportsEveryLabelThatAlertsAndDashboardUse() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Query query : MonitoringFiles.all()) {
            Set<String> labels = query.metrics().stream()
                    .flatMap(metric -> EXPORTED.getOrDefault(metric, Map.of()).keySet().stream())
                    .collect(Collectors.toSet());
            query.labels().stream()
                    .filter(label -> !labels.contains(label))
                    .forEach(label -> missing.add(label + " in " + query.expression()));
        }
        assertThat(missing).isEmpty();
    }

    /** Such as {@code outcome="rejected"}. */
    @Test
    void exportsEveryValueThatAlertsAndDashboardSelect() throws IOException {
        List<Query.Selected> selected = MonitoringFiles.all().stream()
                .flatMap(query -> query.selected().stream())
                .toList();

        assertThat(selected)
                .isNotEmpty()
                .allSatisfy(value -> assertThat(
                                EXPORTED.getOrDefault(value.metric(), Map.of()).getOrDefault(value.label(), Set.of()))
                        .as(value.metric() + " " + value.label())
                        .contains(value.value()));
    }

    /** The first step of a counter that did not exist is no increase for Prometheus. */
    @Test
    void exportsWhatMayHappenToEachSourceBeforeItHappens() {
        for (String metric : List.of(
                "bangwo8_dead_letters_total",
                "bangwo8_scan_incomplete_total",
                "bangwo8_scan_retries_total",
                "bangwo8_deletions_held",
                "bangwo8_records_total",
                "bangwo8_scan_seconds_count")) {
            assertThat(EXPORTED.getOrDefault(metric, Map.of()).getOrDefault("source", Set.of()))
                    .as(metric)
                    .containsAll(SOURCES);
        }
    }
}
