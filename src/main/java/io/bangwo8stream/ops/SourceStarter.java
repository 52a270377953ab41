package io.bangwo8stream.ops;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.walk.Sources;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.AfterStart;
import org.jboss.logging.Logger;

/** Starts the routes of the sources that are on. */
@Singleton
class SourceStarter {

    private static final Logger LOG = Logger.getLogger(SourceStarter.class);

    private final Settings settings;
    private final Sources sources;
    private final CamelContext context;

    SourceStarter(Settings settings, Sources sources, CamelContext context) {
        this.settings = settings;
        this.sources = sources;
        this.context = context;
    }

    void start(@Observes AfterStart event) throws Exception {
        List<String> known = sources.names();
        for (String name : settings.sources()) {
            if (!known.contains(name)) {
                throw new ConfigurationException("bangwo8.sources names '" + name + "', but the sources are " + known);
            }
            sources.get(name);
        }
        LOG.infof("started sources=%s tenant=%s api=%s once=%s",
                settings.sources(), settings.tenant(), settings.api().baseUrl(), settings.once());
        for (String name : settings.sources()) {
            context.getRouteController().startRoute(name);
        }
    }
}
