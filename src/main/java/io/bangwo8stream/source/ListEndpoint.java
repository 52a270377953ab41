package io.bangwo8stream.source;

import io.bangwo8stream.api.ApiRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The list that a source scans, or several lists that differ in one id of their path.
 *
 * @param path            below {@code /api/v1}; {@code {listId}} in it stands for one of several ids
 * @param listIds         the ids, separated by commas, or {@code #} and the name of the {@link ListIdProvider}
 * @param membershipField member of the event that names the lists containing a record; the lists are then merged
 * @param window          names of the two query parameters that bound the day of creation; empty where there are none
 * @param query           further query parameters
 * @param recordsPath     member of a response that holds the rows
 * @param labelFields     fields with option ids, whose labels a second list holds
 * @param labelsPath      path of that list: the same rows, with labels instead of option ids
 */
public record ListEndpoint(
        String path,
        Optional<String> listIds,
        Optional<String> membershipField,
        List<String> window,
        Map<String, String> query,
        String recordsPath,
        List<String> labelFields,
        Optional<String> labelsPath) {

    private static final String LIST_ID = "{listId}";

    public ListEndpoint {
        if (!window.isEmpty() && window.size() != 2) {
            throw new IllegalArgumentException("window must name two parameters, such as starttime,endtime");
        }
        if (path.contains(LIST_ID) && listIds.isEmpty()) {
            throw new IllegalArgumentException("listIds is empty, but the path " + path + " needs ids");
        }
    }

    /** Whether days of creation bound the list. */
    boolean windowed() {
        return !window.isEmpty();
    }

    /** The request for the list {@code id} of {@code days}, without a page number. */
    public ApiRequest request(DateRange days, String id) {
        return request(path, days, id);
    }

    /**
     * The name of the list {@code id}: its path and its query, without days. A change of either, by the settings or the
     * routes, makes another list of it.
     */
    public String name(String id) {
        String parameters = query.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&"));
        return path.replace(LIST_ID, id) + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    /** Whether {@code name} may be the name of one of the lists. */
    public boolean mayHave(String name) {
        String[] parts = parts();
        return name.startsWith(parts[0]) && name.endsWith(parts[parts.length - 1]);
    }

    /** The id of the list that may have this name. */
    public String id(String name) {
        String[] parts = parts();
        return name.substring(parts[0].length(), name.length() - parts[parts.length - 1].length());
    }

    private String[] parts() {
        return name(LIST_ID).split(Pattern.quote(LIST_ID), 2);
    }

    /** The same for the list with the labels. */
    public Optional<ApiRequest> labelsRequest(DateRange days, String id) {
        return labelsPath.map(path -> request(path, days, id));
    }

    private ApiRequest request(String template, DateRange days, String id) {
        Map<String, String> parameters = new LinkedHashMap<>(query);
        if (windowed()) {
            parameters.put(window.get(0), days.from().toString());
            parameters.put(window.get(1), days.to().toString());
        }
        return ApiRequest.of(template.replace(LIST_ID, "{id}"), id, parameters);
    }
}
