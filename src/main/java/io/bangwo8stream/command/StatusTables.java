package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The statuses of one tenant as tables: sources, instances, and what needs attention. */
final class StatusTables {

    private final Map<String, JsonNode> statuses;
    private final Instant now;

    /** @param statuses by their names: of a source, or {@code instances/…} */
    StatusTables(Map<String, JsonNode> statuses, Instant now) {
        this.statuses = statuses;
        this.now = now;
    }

    void print(Output out) {
        if (statuses.isEmpty()) {
            out.line("No status has been written yet: no instance of this tenant has ended a scan.");
            return;
        }
        List<List<String>> sources = new ArrayList<>();
        sources.add(List.of(
                "SOURCE",
                "LEADER",
                "MODE",
                "WINDOW",
                "COMPLETE UP TO",
                "FRESHNESS",
                "LAST SCAN",
                "NEXT SCAN",
                "RECORDS",
                "DEFERRED",
                "DEAD",
                "DAYS LEFT",
                "REQUESTS/S"));
        List<List<String>> instances = new ArrayList<>();
        instances.add(List.of("INSTANCE", "VERSION", "ROUTES", "LEADS", "SEEN"));
        statuses.forEach((name, status) -> {
            if (name.startsWith(StatusText.INSTANCES)) {
                instances.add(instance(status));
            } else if (!name.contains("/")) {
                sources.add(source(status));
            }
        });
        out.table(sources);
        out.line("");
        out.table(instances);
        printFindings(out);
    }

    private List<String> source(JsonNode status) {
        return List.of(
                text(status, "source"),
                text(status, "leader"),
                text(status, "mode"),
                text(status, "window"),
                text(status, "completeUpTo"),
                age(status, "completeUpTo"),
                text(status, "lastScan"),
                text(status, "nextScan"),
                text(status, "records"),
                text(status, "deferred"),
                text(status, "deadLetters"),
                text(status, "daysLeft"),
                orDash(StatusText.requests(status)));
    }

    private List<String> instance(JsonNode status) {
        List<String> leads = new ArrayList<>();
        status.path("leads").forEach(stream -> leads.add(stream.asText()));
        return List.of(
                text(status, "member"),
                text(status, "version"),
                text(status, "routes"),
                leads.isEmpty() ? "-" : String.join(",", leads),
                age(status, "writtenAt") + " ago");
    }

    private void printFindings(Output out) {
        Attention.of(statuses).forEach(finding -> out.line(finding.subject() + ": " + finding.english()));
    }

    private String age(JsonNode status, String member) {
        return orDash(StatusText.age(status, member, now));
    }

    private static String text(JsonNode status, String member) {
        return orDash(StatusText.of(status, member));
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
