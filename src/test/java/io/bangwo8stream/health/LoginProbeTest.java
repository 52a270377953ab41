package io.bangwo8stream.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.ProbeRequest;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoginProbeTest {

    private final TestClock clock = new TestClock("2026-01-30T18:00:00Z");
    private final List<ApiRequest> requests = new ArrayList<>();
    private Source source = TestSource.remoteRecords();
    private ApiException failure;
    private final LoginProbe probe =
            new LoginProbe(api(), new ProbeRequest(sources(), TestSettings.of(), clock), TestSettings.of());

    @Test
    void asksForOneRowOfTodayAtTheVendor() {
        assertThat(probe.problem()).contains("no request has been sent yet");

        assertThat(probe.probe()).isEmpty();

        assertThat(probe.problem()).isEmpty();
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request)
                    .hasToString("GET /remoterecord/histories.json"
                            + "?starttime=2026-01-31&endtime=2026-01-31&page=1&per_page=1");
            assertThat(request.retried()).isFalse();
        });
    }

    @Test
    void asksAgainFiveMinutesAfterARefusal() {
        failure = new ApiRejectedException("401", "GET /x.json answered 401");

        assertThat(probe.probe()).contains(Duration.ofMinutes(5));
        assertThat(probe.problem())
                .hasValueSatisfying(reason -> assertThat(reason).contains("answered 401", "check the login"));

        failure = null;
        assertThat(probe.probe()).isEmpty();
        assertThat(probe.problem()).isEmpty();
    }

    @Test
    void asksAgainSoonWhenTheApiDoesNotRespond() {
        failure = new ApiUnavailableException("500", "GET /x.json answered 500", null);

        assertThat(probe.probe()).contains(Duration.ofSeconds(20));
        assertThat(probe.problem()).contains("GET /x.json answered 500");
    }

    @Test
    void asksForOneViewWhereTheListNeedsIdsFromTheApi() {
        source = TestSource.with(
                "path", "/ticketviews/{listId}/tickets.json", "listIds", "#followedViews", "window", "");

        probe.probe();

        assertThat(requests).singleElement().hasToString("GET /ticketviews.json?page=1&per_page=1");
    }

    private ApiClient api() {
        return new ApiClient() {
            @Override
            public JsonNode get(ApiRequest request) {
                requests.add(request);
                if (failure != null) {
                    throw failure;
                }
                return LenientJson.object();
            }
        };
    }

    private SourceRegistry sources() {
        Settings settings = TestSettings.of();
        return new SourceRegistry(null, null, settings) {
            @Override
            public Set<String> on() {
                return Set.of(source.name());
            }

            @Override
            public Source get(String name) {
                return source;
            }
        };
    }
}
