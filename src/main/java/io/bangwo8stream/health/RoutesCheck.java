package io.bangwo8stream.health;

import io.bangwo8stream.source.RouteFiles;
import io.bangwo8stream.source.SourceRegistry;
import jakarta.inject.Singleton;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Reports the routes that should run and do not: those of the sources that are on, and all that they use. */
@Readiness
@Singleton
class RoutesCheck implements HealthCheck {

    private final CamelContext context;
    private final SourceRegistry sources;
    private final RouteFiles files;

    RoutesCheck(CamelContext context, SourceRegistry sources, RouteFiles files) {
        this.files = files;
        this.context = context;
        this.sources = sources;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("routes run").up();
        files.problem().ifPresent(problem -> response.withData("files", problem));
        if (files.isChanging()) {
            return response.withData("change", "routes are being replaced").build();
        }
        for (String source : files.stopped()) {
            response.down()
                    .withData(source, "does not run: correct the files of bangwo8.routes, or restart the instance");
        }
        Set<String> on = sources.on();
        for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
            String id = route.getId();
            ServiceStatus status = context.getRouteController().getRouteStatus(id);
            boolean wanted = on.contains(id) || !"false".equals(route.getAutoStartup());
            if (wanted && !files.stopped().contains(id) && (status == null || !status.isStarted())) {
                response.down().withData(id, "is " + status + " but should run: restart the instance");
            }
        }
        return response.build();
    }
}
