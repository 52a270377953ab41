package io.bangwo8stream.source;

import io.bangwo8stream.api.ApiRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list that a source walks.
 *
 * @param path     below {@code /api/v1}; {@code {each}} in it stands for one of several ids
 * @param listIds     the ids, separated by commas, or {@code #} and the name of the bean that knows them
 * @param membershipField   member of the event that says which of the lists hold a record; the lists are then merged
 * @param window   names of the two query parameters that bound the day of creation; none when the list has no such
 * @param query    further query parameters
 * @param recordsPath    member of the answer that holds the rows
 * @param labelFields fields whose ids have texts that are learned from a second list
 * @param labelsPath    path of that list: the same rows, with texts in the place of the ids
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

    public ListEndpoint {
        if (!window.isEmpty() && window.size() != 2) {
            throw new IllegalArgumentException("window must name two parameters, such as starttime,endtime");
        }
        if (path.contains("{each}") && listIds.isEmpty()) {
            throw new IllegalArgumentException("each is empty, but the path " + path + " needs ids");
        }
    }

    /** Whether the list is bounded by days of creation. */
    boolean windowed() {
        return !window.isEmpty();
    }

    /** The request for the list of {@code id} on {@code days}, without its page. */
    public ApiRequest request(DateRange days, String id) {
        return request(path, days, id);
    }

    /** The same for the list with the texts. */
    public Optional<ApiRequest> labelsRequest(DateRange days, String id) {
        return labelsPath.map(path -> request(path, days, id));
    }

    private ApiRequest request(String template, DateRange days, String id) {
        Map<String, String> parameters = new LinkedHashMap<>(query);
        if (windowed()) {
            parameters.put(window.get(0), days.from().toString());
            parameters.put(window.get(1), days.to().toString());
        }
        return ApiRequest.of(template.replace("{each}", "{id}"), id, parameters);
    }
}
