package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.record.LenientJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What {@code plan} has counted: records by source and day, requests by endpoint, and the time that they take. */
final class PlanReport {

    private final Settings.Api api;
    private final Map<String, Map<String, Long>> records = new TreeMap<>();
    private final Map<String, Long> calls = new TreeMap<>();
    private boolean uncounted;

    PlanReport(Settings.Api api) {
        this.api = api;
    }

    /**
     * What is requested for the records of a list.
     *
     * @param list   endpoint of the list
     * @param labels endpoint of a second list with the same rows
     * @param page   route that requests something once for a page
     * @param joins  endpoints that are requested for each record
     */
    record Costs(String list, Optional<String> labels, Optional<String> page, List<String> joins) {}

    /** Adds a list of a source, for a day or for all. */
    void add(String source, String day, Costs costs, OptionalLong count) {
        uncounted |= count.isEmpty();
        long rows = count.orElse(0);
        records.computeIfAbsent(source, any -> new TreeMap<>()).merge(day, rows, Long::sum);
        long pages = Math.max(1, (rows + api.perPage() - 1) / api.perPage());
        // A list of several pages is listed again, until a pass finds no other record.
        long listed = pages > 1 ? pages * 2 : pages;
        add(costs.list(), listed);
        costs.labels().ifPresent(path -> add(path, rows == 0 ? 0 : pages));
        costs.page().ifPresent(route -> add(route, rows == 0 ? 0 : listed));
        costs.joins().forEach(path -> add(path, rows));
    }

    private void add(String endpoint, long number) {
        if (number > 0) {
            calls.merge(endpoint, number, Long::sum);
        }
    }

    private long total() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    private Optional<Duration> time() {
        return api.requestsPerSecond() > 0
                ? Optional.of(Duration.ofSeconds((long) Math.ceil(total() / api.requestsPerSecond())))
                : Optional.empty();
    }

    void print(Output out) {
        if (out.isJson()) {
            out.json(json());
            return;
        }
        List<List<String>> days = new ArrayList<>();
        days.add(List.of("SOURCE", "DAY", "RECORDS"));
        records.forEach(
                (source, byDay) -> byDay.forEach((day, rows) -> days.add(List.of(source, day, Long.toString(rows)))));
        out.table(days);
        out.line("");
        List<List<String>> endpoints = new ArrayList<>();
        endpoints.add(List.of("ENDPOINT", "CALLS"));
        calls.forEach((endpoint, number) -> endpoints.add(List.of(endpoint, Long.toString(number))));
        endpoints.add(List.of("total", Long.toString(total())));
        out.table(endpoints);
        out.line("");
        out.line(time().map(time -> "At bangwo8.requests-per-second=" + api.requestsPerSecond() + " this takes "
                        + time.toString().substring(2).toLowerCase(Locale.ROOT)
                        + ". Chats of several pages take more, records without a chat less.")
                .orElse("bangwo8.requests-per-second sets no limit, so no time can be estimated."));
        if (uncounted) {
            out.line("The API states no count for some of the lists: their records are not in these numbers.");
        }
    }

    private ObjectNode json() {
        ObjectNode json = LenientJson.object();
        ObjectNode sources = json.putObject("records");
        records.forEach((source, byDay) -> byDay.forEach(sources.putObject(source)::put));
        calls.forEach(json.putObject("calls")::put);
        json.put("total", total()).put("complete", !uncounted);
        time().ifPresent(time -> json.put("seconds", time.toSeconds()));
        return json;
    }
}
