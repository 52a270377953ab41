package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.routes.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code check} has found: findings, notes, and a result for each of its parts. */
final class CheckReport {

    private static final List<String> PARTS =
            List.of("settings", "routes", "sources", "API", "clock", "Kafka", "states");

    private final Map<String, Integer> results = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();

    /** One line: something to correct, or a note. */
    private record Line(String part, Finding finding, boolean note) {}

    /** Adds the findings of a part that was checked; returns whether there are none. */
    boolean addFindings(String part, List<Finding> findings) {
        results.merge(part, findings.size(), Integer::sum);
        findings.forEach(finding -> lines.add(new Line(part, finding, false)));
        return findings.isEmpty();
    }

    boolean add(String part, List<String> problems) {
        return addFindings(
                part,
                problems.stream().map(problem -> new Finding("", 0, problem)).toList());
    }

    /** Adds what is no mistake, but good to know. */
    void note(String part, List<String> notes) {
        notes.forEach(text -> lines.add(new Line(part, new Finding("", 0, text), true)));
    }

    boolean isGood() {
        return lines.stream().allMatch(Line::note);
    }

    void print(Output out) {
        if (out.isJson()) {
            out.json(json());
            return;
        }
        lines.forEach(line -> out.line((line.note() ? "note: " : "") + line.finding()));
        if (!lines.isEmpty()) {
            out.line("");
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("CHECKED", "RESULT"));
        PARTS.forEach(part -> rows.add(List.of(part, result(part))));
        out.table(rows);
    }

    private String result(String part) {
        Integer found = results.get(part);
        if (found == null) {
            return "not checked, because of what is wrong above";
        }
        return found == 0 ? "good" : found + " to correct";
    }

    private ObjectNode json() {
        ObjectNode json = LenientJson.object().put("good", isGood());
        ObjectNode parts = json.putObject("checked");
        PARTS.forEach(part -> parts.put(part, results.get(part)));
        json.putArray("findings");
        for (Line line : lines) {
            json.withArray("findings")
                    .addObject()
                    .put("part", line.part())
                    .put("note", line.note())
                    .put("file", line.finding().file())
                    .put("line", line.finding().line())
                    .put("text", line.finding().text());
        }
        return json;
    }
}
