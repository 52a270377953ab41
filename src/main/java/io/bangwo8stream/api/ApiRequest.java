package io.bangwo8stream.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One GET request to the API.
 *
 * @param endpoint name in the metrics: the path with a placeholder instead of each id
 * @param path     below {@code /api/v1}, starting with a slash
 * @param query    parameters, not yet encoded, in the order in which they are sent
 * @param lowPriority whether other requests that wait for the budget go first
 * @param retried     whether a failure that may be temporary is retried
 * @param stream      whose scan waits for the response; empty where no stream does, and for the token, for which all do
 */
@RegisterForReflection
public record ApiRequest(
        String endpoint, String path, Map<String, String> query, boolean lowPriority, boolean retried, String stream) {

    private static final Pattern STEPS = Pattern.compile("(/[^/?#\\\\\\s]+)+");

    /** The request for a bearer token; the only one that is a POST, and not below {@code /api/v1}. */
    public static final ApiRequest TOKEN = new ApiRequest("/token.php", "/token.php", Map.of());

    public ApiRequest(String endpoint, String path, Map<String, String> query) {
        this(endpoint, path, query, false, true, "");
    }

    public ApiRequest {
        if (!STEPS.matcher(path).matches() || path.contains("..")) {
            throw new IllegalArgumentException(
                    "a path consists of steps that each start with a slash, without a query, a space or ..: " + path);
        }
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /**
     * A request for the resource of one id.
     *
     * @param template path with {@code {id}} in the place of the id, and after a question mark its query, such as
     *                 {@code /servicesummary/{id}.json?servicesummary_type=3}
     */
    public static ApiRequest of(String template, String id) {
        int mark = template.indexOf('?');
        if (mark < 0) {
            return of(template, id, Map.of());
        }
        Map<String, String> query = new LinkedHashMap<>();
        for (String parameter : template.substring(mark + 1).split("&")) {
            int sign = parameter.indexOf('=');
            query.put(
                    sign < 0 ? parameter : parameter.substring(0, sign), sign < 0 ? "" : parameter.substring(sign + 1));
        }
        return of(template.substring(0, mark), id, query);
    }

    /** A request for the resource of one id, such as {@code /remoterecord/chatrecords/{id}.json}. */
    public static ApiRequest of(String template, String id, Map<String, String> query) {
        return new ApiRequest(template, template.replace("{id}", encoded(id)), query);
    }

    /** The same request for a page, from 1, of {@code perPage} rows. */
    public ApiRequest page(int page, int perPage) {
        Map<String, String> paged = new LinkedHashMap<>(query);
        paged.put("page", Integer.toString(page));
        paged.put("per_page", Integer.toString(perPage));
        return new ApiRequest(endpoint, path, paged, lowPriority, retried, stream);
    }

    /** The same request with or without low priority. */
    public ApiRequest lowPriority(boolean lower) {
        return new ApiRequest(endpoint, path, query, lower, retried, stream);
    }

    /** The same request, sent once only. */
    public ApiRequest withoutRetries() {
        return new ApiRequest(endpoint, path, query, lowPriority, false, stream);
    }

    /** The same request on behalf of a stream. */
    public ApiRequest forStream(String stream) {
        return new ApiRequest(endpoint, path, query, lowPriority, retried, stream);
    }

    String encodedQuery() {
        return query.entrySet().stream()
                // The vendor's page on ticket views shows commas in a query without encoding: ids=15,2.
                .map(parameter -> encoded(parameter.getKey()) + "="
                        + encoded(parameter.getValue()).replace("%2C", ","))
                .collect(Collectors.joining("&"));
    }

    boolean isForToken() {
        return path.equals("/token.php");
    }

    /** Below the origin. */
    String fullPath() {
        return (isForToken() ? "/api" : "/api/v1") + path;
    }

    /** Whether it is for a page of a list beyond the first. */
    boolean isBeyondFirstPage() {
        return !query.getOrDefault("page", "1").equals("1");
    }

    /** As an operator would write it: {@code GET /remoterecord/histories.json?page=3}. */
    @Override
    public String toString() {
        return (isForToken() ? "POST " : "GET ") + path + (query.isEmpty() ? "" : "?" + encodedQuery());
    }

    private static String encoded(String text) {
        // Only in a query does a plus mean a space.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
