package io.bangwo8stream.routes;

import io.bangwo8stream.routes.RouteModel.Element;
import io.bangwo8stream.source.RouteFile;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ids of what a file defines.
 *
 * @param routes routes and instances of templates
 */
public record RouteElements(Set<String> routes, Set<String> templates, Set<String> configurations) {

    /** Reads a file without mistakes. */
    public static RouteElements of(RouteFile file) {
        RouteModel model = new RouteModel(List.of(YamlFile.parse(file)));
        Set<String> routes = new TreeSet<>(model.names(Element.ROUTE));
        routes.addAll(model.names(Element.INSTANCE));
        return new RouteElements(routes, model.names(Element.TEMPLATE), model.names(Element.CONFIGURATION));
    }
}
