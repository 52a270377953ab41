package io.bangwo8stream.routes;

import io.bangwo8stream.routes.RouteModel.Element;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.Node;

/** Finds parameters that an instance of a template lacks, or that the template does not know. */
final class InstanceCheck implements Check {

    @Override
    public void run(RouteModel model, Consumer<Finding> found) {
        for (Element instance : model.of(Element.INSTANCE)) {
            YamlFile.text(instance.body(), "routeTemplateRef")
                    .flatMap(id -> model.named(Element.TEMPLATE, id))
                    .ifPresent(template -> check(instance, template, found));
        }
    }

    private static void check(Element instance, Element template, Consumer<Finding> found) {
        Set<String> known = template.parameterNames();
        Map<String, Node> given = given(instance);
        given.forEach((name, parameter) -> {
            if (!known.contains(name)) {
                found.accept(instance.finding(
                        YamlFile.lineOf(parameter),
                        "the template " + template.name() + " has no parameter " + name + Names.nearest(name, known)));
            }
        });
        Set<String> missing = new TreeSet<>(required(template));
        missing.removeAll(given.keySet());
        missing.forEach(name -> found.accept(instance.finding(
                instance.line(),
                "the parameter " + name + " is missing, which the template " + template.name() + " requires: add it")));
    }

    /** The parameters of an instance by their names. */
    static Map<String, Node> given(Element instance) {
        Map<String, Node> given = new LinkedHashMap<>();
        instance.parameters()
                .forEach(parameter -> YamlFile.text(parameter, "name").ifPresent(name -> given.put(name, parameter)));
        return given;
    }

    /** Whether all parameters are there, and known. */
    static boolean isComplete(Element instance, Element template) {
        Set<String> given = given(instance).keySet();
        return template.parameterNames().containsAll(given) && given.containsAll(required(template));
    }

    private static Set<String> required(Element template) {
        Set<String> required = new TreeSet<>();
        for (Node parameter : template.parameters()) {
            boolean optional = YamlFile.member(parameter, "defaultValue").isPresent()
                    || YamlFile.text(parameter, "required")
                            .filter("false"::equals)
                            .isPresent();
            if (!optional) {
                YamlFile.text(parameter, "name").ifPresent(required::add);
            }
        }
        return required;
    }
}
