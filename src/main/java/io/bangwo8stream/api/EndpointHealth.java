package io.bangwo8stream.api;

import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the failure of an endpoint from failures of single records: an endpoint is down when requests for several
 * records have failed in a row, and none has succeeded since.
 */
@Singleton
public class EndpointHealth {

    private static final int FAILED_RECORDS = 3;

    /** Refusals that apply to the login, not to one record. */
    private static final Set<String> REFUSALS_OF_LOGIN = Set.of("401", "403");

    private final Map<String, Set<String>> failedPaths = new ConcurrentHashMap<>();

    void succeeded(ApiRequest request) {
        failedPaths.remove(request.endpoint());
    }

    void failed(ApiRequest request, Exception failure) {
        if (failure instanceof ApiRejectedException refusal && !REFUSALS_OF_LOGIN.contains(refusal.outcome())) {
            return;
        }
        failedPaths.compute(request.endpoint(), (endpoint, known) -> {
            Set<String> paths = known == null ? new HashSet<>() : known;
            if (paths.size() < FAILED_RECORDS) {
                paths.add(request.path());
            }
            return paths;
        });
    }

    /** Whether the requests of {@code endpoint} fail, whatever record they are for. */
    public boolean isDown(String endpoint) {
        Set<String> paths = failedPaths.get(endpoint);
        return paths != null && paths.size() >= FAILED_RECORDS;
    }
}
