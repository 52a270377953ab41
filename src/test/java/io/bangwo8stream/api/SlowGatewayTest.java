package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bangwo8stream.cluster.Candidacy;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.standin.HelpDesk;
import io.bangwo8stream.standin.StandIn;
import io.bangwo8stream.time.ClockWatch;
import io.bangwo8stream.time.MonotonicTime;
import io.bangwo8stream.trace.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowGatewayTest {

    private static final ApiRequest VIEWS = new ApiRequest("/ticketviews.json", "/ticketviews.json", Map.of());

    private final DefaultCamelContext context = new DefaultCamelContext();
    private StandIn standIn;

    @BeforeEach
    void startApi() {
        standIn = StandIn.start(HelpDesk.empty(Clock.systemUTC()), 0);
    }

    @AfterEach
    void stop() {
        context.stop();
        standIn.close();
    }

    @Test
    void sendsTheRequestsOfTheClientWithoutAnyRoute() throws Exception {
        ApiClient api = client("demo");

        assertThat(api.get(VIEWS.page(1, 1)).path("count").isMissingNode()).isFalse();
        assertThat(api.get(VIEWS.page(1, 1)).has("ticketviews")).isTrue();

        assertThat(standIn.requests().total()).isEqualTo(2);
        assertThat(context.getRoutes()).isEmpty();
    }

    @Test
    void passesOnWhatTheApiRefuses() throws Exception {
        ApiClient api = client("wrong");

        assertThatThrownBy(() -> api.get(VIEWS))
                .isInstanceOf(ApiRejectedException.class)
                .hasMessageContaining("answered 401");
    }

    private ApiClient client(String password) throws Exception {
        Settings settings = TestSettings.of(
                "bangwo8.base-url",
                standIn.baseUri().toString(),
                "bangwo8.account",
                "demo",
                "bangwo8.password",
                password);
        MonotonicTime time = () -> Duration.ofNanos(System.nanoTime());
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Credentials credentials = new Credentials(settings, time);
        ApiMeters apiMeters = new ApiMeters(meters, new RequestActivity(), Traces.OFF);
        context.getRegistry()
                .bind(
                        "apiHttpClient",
                        new ApiHttpClient(settings, credentials, new ExchangeDeadlines(settings), meters));
        ApiClient api = new ApiClient();
        api.candidacy = new Candidacy("login", 1);
        api.gateway = context.createProducerTemplate();
        api.gateway.setDefaultEndpointUri("direct:bangwo8-api");
        new SlowGateway(
                        context,
                        settings,
                        new TokenFetcher(api, credentials),
                        new ApiRequestProcessor(credentials, apiMeters),
                        new ApiResponseProcessor(
                                credentials,
                                new ClockWatch(Clock.systemUTC(), time, meters),
                                apiMeters,
                                new EndpointHealth(),
                                new ResponseMemory(),
                                new ResponseRepairs(meters)))
                .open();
        return api;
    }
}
