package io.bangwo8stream.source;

import io.bangwo8stream.config.Settings;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** The sources: the routes that are instances of the source template. */
@Singleton
public class SourceRegistry {

    /** The sources that {@code bangwo8.sources} turns on and off; any other is on because its file exists. */
    private static final Set<String> SWITCHED = Set.of("remote-records", "agent-records", "tickets", "ticket-views");

    private final CamelContext context;
    private final FieldTableLoader tables;
    private final Settings settings;
    private final Map<String, Source> byName = new ConcurrentHashMap<>();

    public SourceRegistry(CamelContext context, FieldTableLoader tables, Settings settings) {
        this.context = context;
        this.tables = tables;
        this.settings = settings;
    }

    /** The names of all sources, on or off. */
    public List<String> names() {
        return ((ModelCamelContext) context)
                .getRouteDefinitions().stream()
                        .filter(SourceRegistry::isSource)
                        .map(RouteDefinition::getId)
                        .sorted()
                        .toList();
    }

    /** The names of the sources that are on; there may be no source with such a name. */
    public Set<String> on() {
        Set<String> on = new TreeSet<>(names());
        on.removeAll(SWITCHED);
        on.addAll(settings.sources());
        return on;
    }

    /**
     * The source whose route has the id {@code name}.
     *
     * @throws IllegalArgumentException naming the parameter of the route, or the field of its table, that is wrong
     */
    public Source get(String name) {
        return byName.computeIfAbsent(name, this::read);
    }

    private Source read(String name) {
        Map<String, Object> given =
                ((ModelCamelContext) context).getRouteDefinition(name).getTemplateParameters();
        Map<String, String> parameters = new HashMap<>();
        given.forEach((parameter, value) -> parameters.put(parameter, resolve(String.valueOf(value), given)));
        return SourceParser.read(parameters, tables::get);
    }

    /** Replaces placeholders by their values; the default of a parameter may name another parameter. */
    private String resolve(String value, Map<String, Object> given) {
        String resolved = value;
        for (Map.Entry<String, Object> other : given.entrySet()) {
            resolved = resolved.replace("{{" + other.getKey() + "}}", String.valueOf(other.getValue()));
        }
        return context.resolvePropertyPlaceholders(resolved);
    }

    private static boolean isSource(RouteDefinition route) {
        return route.getTemplateParameters() != null
                && route.getTemplateParameters().containsKey("source");
    }
}
