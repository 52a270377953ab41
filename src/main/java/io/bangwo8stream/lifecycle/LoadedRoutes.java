package io.bangwo8stream.lifecycle;

import io.bangwo8stream.routes.RouteElements;
import io.bangwo8stream.source.RouteFile;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Puts the routes of files into the Camel context, and takes them out again. */
@Singleton
class LoadedRoutes {

    private final ModelCamelContext context;

    LoadedRoutes(CamelContext context) {
        this.context = (ModelCamelContext) context;
    }

    /** Adds what the files define; in a context that runs, all but sources start at once. */
    void add(Collection<RouteFile> files) throws Exception {
        List<Resource> resources = new ArrayList<>();
        files.forEach(file -> resources.add(ResourceHelper.fromString(file.location(), file.content())));
        Collection<RoutesBuilder> builders =
                PluginHelper.getRoutesLoader(context).findRoutesBuilders(resources);
        // Configurations apply to routes that are added after them, and templates must be there before their instances.
        for (RoutesBuilder builder : builders) {
            if (builder instanceof RouteConfigurationsBuilder configurations) {
                context.addRoutesConfigurations(configurations);
            }
        }
        for (RoutesBuilder builder : builders) {
            context.addRoutes(builder);
        }
        for (RoutesBuilder builder : builders) {
            context.addTemplatedRoutes(builder);
        }
    }

    /** Stops and removes what the files define, as far as it is there. */
    void remove(Collection<RouteFile> files) throws Exception {
        for (RouteFile file : files) {
            RouteElements defined = RouteElements.of(file);
            for (String id : defined.routes()) {
                if (context.getRouteDefinition(id) != null) {
                    context.removeRouteDefinition(context.getRouteDefinition(id));
                }
            }
            for (String id : defined.templates()) {
                if (context.getRouteTemplateDefinition(id) != null) {
                    context.removeRouteTemplateDefinition(context.getRouteTemplateDefinition(id));
                }
            }
            for (String id : defined.configurations()) {
                if (context.getRouteConfigurationDefinition(id) != null) {
                    context.removeRouteConfiguration(context.getRouteConfigurationDefinition(id));
                }
            }
        }
    }
}
