package io.bangwo8stream.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The alerts, and the source of the dashboard. */
public final class MonitoringFiles {

    static final Path FOLDER = Path.of("k8s/components/monitoring");

    private MonitoringFiles() {}

    /** The {@code spec} of the PrometheusRule. */
    static JsonNode spec() throws IOException {
        return Manifests.read(FOLDER.resolve("prometheus-rule.yaml")).get(0).get("spec");
    }

    static JsonNode dashboard() throws IOException {
        return Manifests.read(FOLDER.resolve("dashboard.yaml")).get(0);
    }

    /** What every alert asks. */
    public static List<Query> alerts() throws IOException {
        List<Query> queries = new ArrayList<>();
        for (JsonNode rule : spec().at("/groups/0/rules")) {
            List<String> texts = new ArrayList<>();
            rule.path("annotations").forEach(text -> texts.add(text.asText()));
            queries.add(new Query(rule.path("expr").asText(), texts));
        }
        return queries;
    }

    /** What every panel asks. */
    public static List<Query> panels() throws IOException {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : dashboard().findParents("expr")) {
            queries.add(new Query(
                    panel.path("expr").asText(), List.of(panel.path("legend").asText())));
        }
        return queries;
    }

    public static List<Query> all() throws IOException {
        return Stream.concat(alerts().stream(), panels().stream()).toList();
    }
}
