package io.bangwo8stream.source;

import io.bangwo8stream.config.Settings;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    private final RouteFiles files;
    private final Settings settings;
    private volatile Map<String, Source> byName = new ConcurrentHashMap<>();
    private volatile List<String> names;

    public SourceRegistry(CamelContext context, RouteFiles files, Settings settings) {
        this.context = context;
        this.files = files;
        this.settings = settings;
    }

    /** The names of all sources, on or off. */
    public List<String> names() {
        return names == null ? namesInContext() : names;
    }

    /**
     * Reads the sources again, after routes were replaced; until then those that were read before stay.
     *
     * @param changed names of the sources that may have changed; all others stay the same objects
     */
    public void refresh(Collection<String> changed) {
        List<String> present = namesInContext();
        Map<String, Source> read = new ConcurrentHashMap<>(byName);
        read.keySet().retainAll(present);
        read.keySet().removeAll(changed);
        for (String name : on(present, settings)) {
            if (present.contains(name)) {
                read.computeIfAbsent(name, this::read);
            }
        }
        byName = read;
        names = present;
    }

    private List<String> namesInContext() {
        return ((ModelCamelContext) context)
                .getRouteDefinitions().stream()
                        .filter(SourceRegistry::isSource)
                        .map(RouteDefinition::getId)
                        .sorted()
                        .toList();
    }

    /** The names of the sources that are on; there may be no source with such a name. */
    public Set<String> on() {
        return on(names(), settings);
    }

    /** The same where {@code names} are those of all sources. */
    public static Set<String> on(Collection<String> names, Settings settings) {
        Set<String> on = new TreeSet<>(names);
        on.removeAll(SWITCHED);
        on.addAll(settings.sources());
        return on;
    }

    /** The topics of {@code sources}, by the names of the sources. */
    public static Map<String, String> topics(Collection<Source> sources) {
        Map<String, String> topicBySource = new TreeMap<>();
        sources.forEach(source -> topicBySource.put(source.name(), source.topic()));
        return topicBySource;
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
        Map<String, String> parameters = SourceParser.resolve(given, context::resolvePropertyPlaceholders);
        return SourceParser.read(parameters, table -> FieldTableLoader.get(table, files.current()));
    }

    private static boolean isSource(RouteDefinition route) {
        return route.getTemplateParameters() != null
                && route.getTemplateParameters().containsKey("source");
    }
}
