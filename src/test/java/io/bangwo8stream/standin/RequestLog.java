package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The requests to the API, without those to the control paths; thread-safe. */
public final class RequestLog {

    // Limits the memory of long runs; the counts stay complete.
    private static final int MAX_ENTRIES = 20_000;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private int inProgress;
    private int maxConcurrency;

    RequestLog() {}

    /**
     * One request.
     *
     * @param endpoint   the endpoint's name, {@code unknown} for a path that the API does not have
     * @param query      raw, empty when there was none
     * @param authorized whether the request had an {@code Authorization} header, valid or not
     * @param requestId  the {@code Requestid} header, empty when it was missing
     */
    public record Entry(
            Instant at,
            String endpoint,
            String method,
            String path,
            String query,
            boolean authorized,
            String host,
            String requestId) {

        /** The path and the raw query. */
        public String target() {
            return query.isEmpty() ? path : path + "?" + query;
        }

        ObjectNode toJson() {
            return Json.object()
                    .put("at", at.toString())
                    .put("endpoint", endpoint)
                    .put("method", method)
                    .put("path", path)
                    .put("query", query)
                    .put("authorized", authorized)
                    .put("host", host)
                    .put("requestId", requestId);
        }
    }

    synchronized void begin(Entry entry) {
        counts.merge(entry.endpoint(), 1, Integer::sum);
        entries.addLast(entry);
        if (entries.size() > MAX_ENTRIES) {
            entries.removeFirst();
        }
        maxConcurrency = Math.max(maxConcurrency, ++inProgress);
    }

    synchronized void end() {
        inProgress--;
    }

    /** The number of requests to an endpoint. */
    public synchronized int count(String endpoint) {
        return counts.getOrDefault(endpoint, 0);
    }

    /** The number of requests to each endpoint. */
    public synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    /** The number of all requests. */
    public synchronized int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The last requests, oldest first, 20,000 at most. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The last requests of one endpoint, oldest first. */
    public List<Entry> entries(String endpoint) {
        return entries().stream()
                .filter(entry -> entry.endpoint().equals(endpoint))
                .toList();
    }

    /** The maximum number of concurrent requests. */
    public synchronized int maxConcurrency() {
        return maxConcurrency;
    }

    /** Removes all requests; those in progress continue. */
    public synchronized void reset() {
        counts.clear();
        entries.clear();
        maxConcurrency = inProgress;
    }

    synchronized ObjectNode toJson(boolean withEntries) {
        ObjectNode json = Json.object().put("total", total()).put("maxConcurrency", maxConcurrency);
        ObjectNode perEndpoint = json.putObject("counts");
        counts.forEach(perEndpoint::put);
        if (withEntries) {
            ArrayNode list = json.putArray("requests");
            entries.forEach(entry -> list.add(entry.toJson()));
        }
        return json;
    }
}
