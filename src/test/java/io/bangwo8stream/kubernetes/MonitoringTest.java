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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares alerts and dashboard with the metrics that the README lists, which MeterDescriptionsTest compares with the
 * meters of the sources; and the alerts with the runbook.
 */
class MonitoringTest {

    private static final Path FOLDER = Path.of("k8s/components/monitoring");
    private static final Pattern METRIC = Pattern.compile("\\b(?:bangwo8|kube)_\\w+");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(bangwo8_\\w+)(?:\\{([\\w,]+)})?`");

    /** Exported by kube-state-metrics. */
    private static final Set<String> OF_OTHERS = Set.of("kube_pod_status_ready");

    private static JsonNode spec;
    private static List<JsonNode> rules;
    private static JsonNode dashboard;

    @BeforeAll
    static void read() throws IOException {
        spec = Manifests.read(FOLDER.resolve("prometheus-rule.yaml")).get(0).get("spec");
        rules = new ArrayList<>();
        spec.at("/groups/0/rules").forEach(rules::add);
        dashboard = Manifests.read(FOLDER.resolve("dashboard.yaml")).get(0);
    }

    @Test
    void alertsUseMetricsThatExist() throws IOException {
        assertThat(rules).hasSizeGreaterThan(10);
        for (JsonNode rule : rules) {
            assertUsesKnownMetrics(rule.path("expr").asText());
        }
    }

    @Test
    void panelsUseMetricsThatExist() throws IOException {
        List<JsonNode> panels = dashboard.findValues("expr");
        assertThat(panels).hasSizeGreaterThan(10);
        for (JsonNode expression : panels) {
            assertUsesKnownMetrics(expression.asText());
        }
    }

    /** Labels in braces, or after "by", of the README's table; those of Prometheus itself are added to every metric. */
    @Test
    void expressionsUseLabelsThatExist() throws IOException {
        Set<String> labels = new TreeSet<>(Set.of("namespace", "pod", "job", "le", "condition"));
        ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .filter(row -> row.group(2) != null)
                .forEach(row -> labels.addAll(List.of(row.group(2).split(","))));
        String expressions =
                rules.stream().map(rule -> rule.path("expr").asText()).collect(Collectors.joining("\n"))
                        + String.join("\n", dashboard.findValuesAsText("expr"));

        Set<String> used = Pattern.compile("(?:by|on) \\(([\\w, ]+)\\)|[{,] *(\\w+)[=!]")
                .matcher(expressions)
                .results()
                .flatMap(match -> Pattern.compile(", *").splitAsStream(first(match)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).contains("source", "stream").isSubsetOf(labels);
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
        Path file = FOLDER.resolve("dashboard.json");
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

    private static void assertUsesKnownMetrics(String expression) throws IOException {
        Set<String> known = ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> used = METRIC.matcher(expression)
                .results()
                .map(MatchResult::group)
                .map(metric -> metric.replaceFirst("_seconds_(sum|count|bucket)$", "_seconds"))
                .filter(metric -> !OF_OTHERS.contains(metric))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).as(expression).isSubsetOf(known);
    }

    private static String first(MatchResult match) {
        return match.group(1) != null ? match.group(1) : match.group(2);
    }
}
