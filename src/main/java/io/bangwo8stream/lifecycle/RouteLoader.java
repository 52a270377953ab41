package io.bangwo8stream.lifecycle;

import io.bangwo8stream.routes.Finding;
import io.bangwo8stream.routes.RouteValidator;
import io.bangwo8stream.source.RouteFiles;
import io.bangwo8stream.source.RouteSet;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.camel.quarkus.main.events.AfterConfigure;

/** Loads the routes at the start, in the place of Camel's own loader, once they have no mistakes. */
@Singleton
class RouteLoader {

    void load(@Observes AfterConfigure event, RouteFiles files, RouteValidator validator, LoadedRoutes loaded)
            throws Exception {
        RouteSet routes = files.current();
        List<Finding> findings = validator.findings(routes);
        if (!findings.isEmpty()) {
            throw new ConfigurationException(Finding.lines(findings));
        }
        loaded.add(routes.routes());
    }
}
