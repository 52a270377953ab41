package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiFailureProcessorTest {

    private static final ApiRequest CALL = new ApiRequest("/list.json", "/list.json", Map.of());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RateLimiter rateLimiter = new RateLimiter(1000, () -> 0);
    private final ApiFailureProcessor processor = new ApiFailureProcessor(
            rateLimiter, new ApiMeters(meters, new RequestActivity(), Traces.OFF), new EndpointHealth());

    @ParameterizedTest
    @ValueSource(strings = {"429", "503"})
    void halvesTheRateWhenTheApiHasTooManyRequests(String outcome) {
        process(new ApiUnavailableException(outcome, "refused", null));

        assertThat(rateLimiter.requestsPerSecond()).isEqualTo(500);
        assertThat(meters.get("bangwo8.requests")
                        .tag("outcome", outcome)
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void halvesTheRateOnceForRequestsThatWereRefusedTogether() {
        process(new ApiUnavailableException("429", "refused", null));
        process(ApiUnavailableException.until("503", "refused", Optional.of(Duration.ofSeconds(1))));

        assertThat(rateLimiter.requestsPerSecond()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "502", "504", "408", "401", "broken", "unreadable"})
    void keepsTheRateAfterAnotherTemporaryFailure(String outcome) {
        process(new ApiUnavailableException(outcome, "failed", null));

        assertThat(rateLimiter.requestsPerSecond()).isEqualTo(1000);
    }

    @Test
    void keepsTheRateAfterARejectionAndAFailedConnection() {
        process(new ApiRejectedException("403", "refused"));
        process(new IOException("no route to host"));

        assertThat(rateLimiter.requestsPerSecond()).isEqualTo(1000);
    }

    private void process(Exception failure) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        exchange.setVariable(ApiRequestProcessor.REQUEST, CALL);
        processor.process(exchange);
    }
}
