package io.bangwo8stream.api;

import io.bangwo8stream.text.SafeText;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the failure of an endpoint from failures of single records: an endpoint is down when requests for several
 * records have failed in a row, and none has succeeded since.
 */
@Singleton
public class EndpointHealth {

    private static final int FAILED_RECORDS = 3;

    private final Map<String, Failures> failures = new ConcurrentHashMap<>();

    /**
     * The failures of an endpoint since it last responded.
     *
     * @param paths  requests that failed; more of them than are needed to tell that it is down are not kept
     * @param reason of the last failure
     */
    private record Failures(Set<String> paths, String reason) {

        boolean areOfTheEndpoint() {
            return paths.size() >= FAILED_RECORDS;
        }
    }

    void succeeded(ApiRequest request) {
        failures.remove(request.endpoint());
    }

    void failed(ApiRequest request, Exception failure) {
        if (failure instanceof ApiRejectedException refusal && !refusal.isOfLogin()) {
            return;
        }
        failures.compute(request.endpoint(), (endpoint, known) -> {
            Set<String> paths = known == null ? new HashSet<>() : new HashSet<>(known.paths());
            if (paths.size() < FAILED_RECORDS) {
                paths.add(request.path());
            }
            return new Failures(paths, SafeText.of(failure));
        });
    }

    /** The endpoints that are down, each with the reason of its last failure. */
    public SortedMap<String, String> down() {
        SortedMap<String, String> down = new TreeMap<>();
        failures.forEach((endpoint, known) -> {
            if (known.areOfTheEndpoint()) {
                down.put(endpoint, known.reason());
            }
        });
        return down;
    }

    /** Whether the requests of {@code endpoint} fail, whatever record they are for. */
    public boolean isDown(String endpoint) {
        Failures known = failures.get(endpoint);
        return known != null && known.areOfTheEndpoint();
    }
}
