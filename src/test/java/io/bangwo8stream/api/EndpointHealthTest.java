package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointHealthTest {

    private static final String SUMMARY = "/servicesummary/{id}.json";
    private static final Exception FAILURE = new ApiUnavailableException("500", "answered 500", null);

    private final EndpointHealth health = new EndpointHealth();

    @Test
    void findsAnEndpointDownWhenTheRequestsForThreeRecordsFailInARow() {
        fail("1", FAILURE);
        fail("2", new ApiRejectedException("403", "answered 403"));
        assertThat(health.isDown(SUMMARY)).isFalse();

        fail("3", FAILURE);

        assertThat(health.isDown(SUMMARY)).isTrue();
        assertThat(health.down()).isEqualTo(Map.of(SUMMARY, "answered 500"));
        assertThat(health.isDown("/other.json")).isFalse();
    }

    @Test
    void findsAnEndpointUpAgainAfterOneSuccess() {
        fail("1", FAILURE);
        fail("2", FAILURE);
        fail("3", FAILURE);
        health.succeeded(request("4"));

        assertThat(health.isDown(SUMMARY)).isFalse();
        assertThat(health.down()).isEmpty();
    }

    @Test
    void blamesTheRecordWhoseRequestFailsAgainAndAgain() {
        for (int attempt = 0; attempt < 10; attempt++) {
            fail("1", FAILURE);
        }

        assertThat(health.isDown(SUMMARY)).isFalse();
    }

    @Test
    void ignoresRefusalsThatApplyToOneRecord() {
        for (String id : new String[] {"1", "2", "3", "4"}) {
            fail(id, ApiRejectedException.absent("404", "answered 404"));
        }

        assertThat(health.isDown(SUMMARY)).isFalse();
    }

    private void fail(String id, Exception failure) {
        health.failed(request(id), failure);
    }

    private static ApiRequest request(String id) {
        return ApiRequest.of(SUMMARY, id, Map.of());
    }
}
