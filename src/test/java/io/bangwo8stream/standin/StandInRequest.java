package io.bangwo8stream.standin;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request to the stand-in.
 *
 * @param path         without the query
 * @param query        raw, empty when there is none
 * @param params       the query's parameters, decoded
 * @param variable     the value of the path's {@code {id}}, empty when there is none
 * @param modification the changes that faults make to a list response
 */
record StandInRequest(
        String method,
        String path,
        String query,
        Map<String, String> params,
        Headers headers,
        String variable,
        PageModification modification) {

    static final int DEFAULT_PER_PAGE = 100;

    static StandInRequest of(String method, String path, String rawQuery, Headers headers) {
        String query = rawQuery == null ? "" : rawQuery;
        return new StandInRequest(method, path, query, parse(query), headers, "", PageModification.NONE);
    }

    StandInRequest withVariable(String value) {
        return new StandInRequest(method, path, query, params, headers, value, modification);
    }

    StandInRequest withModification(PageModification value) {
        return new StandInRequest(method, path, query, params, headers, variable, value);
    }

    /** The same request for pages of at most {@code limit} rows. */
    StandInRequest withPageLimit(int limit) {
        Map<String, String> limited = new LinkedHashMap<>(params);
        limited.put("per_page", Integer.toString(Math.min(limit, perPage())));
        return new StandInRequest(method, path, query, limited, headers, variable, modification);
    }

    private static Map<String, String> parse(String query) {
        Map<String, String> params = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            params.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return params;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The path and the raw query. */
    String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** A parameter's value, empty when it is missing or blank. */
    Optional<String> param(String name) {
        return Optional.ofNullable(params.get(name)).filter(value -> !value.isBlank());
    }

    /** The number of the requested page, from 1. */
    int page() {
        return positive("page", 1);
    }

    /** The number of the page in the response, which a fault can change. */
    int servedPage() {
        return modification.fixedPage() > 0 ? modification.fixedPage() : page();
    }

    int perPage() {
        return positive("per_page", DEFAULT_PER_PAGE);
    }

    private int positive(String name, int defaultValue) {
        return param(name)
                .filter(value -> value.matches("[1-9]\\d{0,8}"))
                .map(Integer::parseInt)
                .orElse(defaultValue);
    }
}
