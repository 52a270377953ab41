package io.bangwo8stream.api;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Counts the responses that are read although they are damaged, and logs the first of each kind and endpoint. */
@Singleton
class ResponseRepairs {

    private static final Logger LOG = Logger.getLogger(ResponseRepairs.class);

    private final MeterRegistry meters;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    ResponseRepairs(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param kind of the repair, such as {@code php-message} */
    void repaired(ApiRequest request, String kind) {
        meters.counter("bangwo8.responses.repaired", "endpoint", request.endpoint(), "reason", kind)
                .increment();
        if (logged.add(request.endpoint() + " " + kind)) {
            LOG.warnf("response-repaired endpoint=%s reason=%s request=%s", request.endpoint(), kind, request);
        }
    }
}
