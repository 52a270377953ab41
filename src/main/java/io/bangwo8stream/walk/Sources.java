package io.bangwo8stream.walk;

import io.bangwo8stream.record.FieldTable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.ResourceHelper;

/** Knows the sources: the routes that are instances of the source template. */
@Singleton
public class Sources {

    private final CamelContext context;
    private final Map<String, Source> byName = new ConcurrentHashMap<>();

    Sources(CamelContext context) {
        this.context = context;
    }

    /** The names of all sources, whether they are on or off. */
    public List<String> names() {
        return ((ModelCamelContext) context).getRouteDefinitions().stream()
                .filter(Sources::isSource).map(RouteDefinition::getId).sorted().toList();
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
        RouteDefinition route = ((ModelCamelContext) context).getRouteDefinition(name);
        Map<String, String> parameters = new HashMap<>();
        route.getTemplateParameters().forEach((parameter, value) ->
                parameters.put(parameter, context.resolvePropertyPlaceholders(String.valueOf(value))));
        return SourceReader.read(parameters, this::table);
    }

    private FieldTable table(String fields) {
        String file = fields.contains(":") ? fields : "classpath:fields/" + fields + ".json";
        try (InputStream table = ResourceHelper.resolveMandatoryResourceAsInputStream(context, file)) {
            return FieldTable.read(file, table);
        } catch (IOException missing) {
            throw new UncheckedIOException("the field table " + file + " cannot be read", missing);
        }
    }

    private static boolean isSource(RouteDefinition route) {
        return route.getTemplateParameters() != null && route.getTemplateParameters().containsKey("source");
    }
}
