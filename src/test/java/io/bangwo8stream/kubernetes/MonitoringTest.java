package io.bangwo8stream.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.bangwo8stream.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares alerts and dashboard with the metrics that the README lists, which MeterDescriptionsTest compares with the
 * meters of the sources; and the alerts with the runbook. MonitoringIT compares them with what is exported.
 */
class MonitoringTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(bangwo8_\\w+)(?:\\{([\\w,]+)})?`");

    private static JsonNode spec;
    private static List<JsonNode> rules;
    private static JsonNode dashboard;

    @BeforeAll
    static void read() throws IOException {
        spec = MonitoringFiles.spec();
        rules = new ArrayList<>();
        spec.at("/groups/0/rules").forEach(rules::add);
        dashboard = MonitoringFiles.dashboard();
    }

    @Test
    void alertsUseDocumentedMetrics() throws IOException {
        assertThat(MonitoringFiles.alerts()).hasSizeGreaterThan(10).allSatisfy(MonitoringTest::assertUsesKnownMetrics);
    }

    @Test
    void panelsUseDocumentedMetrics() throws IOException {
        assertThat(MonitoringFiles.panels()).hasSizeGreaterThan(10).allSatisfy(MonitoringTest::assertUsesKnownMetrics);
    }

    @Test
    void everyAlertHasASectionOfTheRunbook() throws IOException {
        Set<String> sections = Pattern.compile("(?m)^## (\\w+)$")
                .matcher(Files.readString(Path.of("docs/runbook.md")))
                .results()
                .map(heading -> heading.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(rules).extracting(rule -> rule.path("alert").asText()).containsExactlyInAnyOrderElementsOf(sections);
        assertThat(rules)
                .allSatisfy(rule -> assertThat(rule.at("/annotations/runbook").asText())
                        .isEqualTo(
                                "docs/runbook.md#" + rule.path("alert").asText().toLowerCase(Locale.ROOT)));
    }

    @Test
    void theDashboardIsMadeFromItsSource() throws IOException {
        Path file = MonitoringFiles.FOLDER.resolve("dashboard.json");
        String json = Dashboard.json(dashboard);
        if (Boolean.getBoolean("dashboard.write")) {
            Files.writeString(file, json);
        }

        assertThat(Files.readString(file))
                .as("mvn -Dtest=MonitoringTest -Ddashboard.write=true test writes the file")
                .isEqualTo(json);
    }

    /** What the alerts say about series of samples stands in alerts.yaml. */
    @Test
    void promtoolAcceptsTheRulesAndTheirTests(@TempDir Path folder) throws Exception {
        Tool promtool = Tool.require("promtool", "Debian's package prometheus").withErrors();
        Path file = folder.resolve("rules.yaml");
        new ObjectMapper(new YAMLFactory()).writeValue(file.toFile(), spec);
        Files.copy(Path.of("src/test/resources/monitoring/alerts.yaml"), folder.resolve("alerts.yaml"));

        assertThat(promtool.run("check", "rules", file.toString())).contains("SUCCESS");
        assertThat(promtool.run("test", "rules", folder.resolve("alerts.yaml").toString()))
                .contains("SUCCESS");
    }

    /** Metrics, and of their labels only those in the braces of the README's table. */
    private static void assertUsesKnownMetrics(Query query) throws IOException {
        Set<String> known = new TreeSet<>();
        Set<String> labels = new TreeSet<>(Set.of("le"));
        Set<String> used = query.metrics().stream()
                .map(metric -> metric.replaceFirst("_seconds_(sum|count|bucket)$", "_seconds"))
                .collect(Collectors.toCollection(TreeSet::new));
        ROW.matcher(Files.readString(Path.of("README.md"))).results().forEach(row -> {
            known.add(row.group(1));
            if (row.group(2) != null && used.contains(row.group(1))) {
                labels.addAll(List.of(row.group(2).split(",")));
            }
        });
        assertThat(known).as(query.expression()).containsAll(used);
        assertThat(labels).as(query.expression()).containsAll(query.labels());
    }
}
