package io.bangwo8stream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.config.TestSettings;
import io.bangwo8stream.source.RouteFiles;
import io.bangwo8stream.source.SourceRegistry;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutesCheckTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RouteFiles files = new RouteFiles(context, "", Optional.empty());
    private final RoutesCheck check = new RoutesCheck(
            context,
            new SourceRegistry(context, null, TestSettings.of()) {
                @Override
                public Set<String> on() {
                    return Set.of("calls");
                }
            },
            files);

    @BeforeEach
    void startContext() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:api").routeId("api").stop();
                from("direct:calls").routeId("calls").autoStartup(false).stop();
                from("direct:tickets").routeId("tickets").autoStartup(false).stop();
            }
        });
        context.start();
        context.getRouteController().startRoute("calls");
    }

    @AfterEach
    void stopContext() {
        context.stop();
    }

    @Test
    void isReadyWhileTheRoutesOfSourcesThatAreOnAndAllOthersRun() {
        assertThat(check.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void namesEachRouteThatShouldRun() throws Exception {
        context.getRouteController().stopRoute("api");
        context.getRouteController().stopRoute("calls");

        HealthCheckResponse response = check.call();

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsOnlyKeys("api", "calls");
    }

    /** There may be no route of such a source any more. */
    @Test
    void namesASourceThatDoesNotRunBecauseAChangeCouldNotBeUndone() {
        files.setStopped(Set.of("orders"));

        HealthCheckResponse response = check.call();

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsOnlyKeys("orders");
        assertThat(response.getData().orElseThrow().get("orders").toString()).contains("bangwo8.routes", "restart");
    }
}
