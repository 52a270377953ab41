package io.bangwo8stream.routes;

import io.bangwo8stream.routes.RouteModel.Element;
import io.bangwo8stream.routes.YamlFile.Member;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Finds ids that are there twice, and templates, configurations and routes that are named but absent. */
final class ReferenceCheck implements Check {

    /** The product itself sends its requests there. */
    private static final String GATEWAY = "bangwo8-api";

    private static final Set<String> IDS = Set.of("id", "routeId");

    @Override
    public void run(RouteModel model, Consumer<Finding> found) {
        findDuplicates(model, found);
        model.visit((element, member) -> member.text().ifPresent(text -> {
            if (member.key().equals("routeTemplateRef")) {
                check(model, Element.TEMPLATE, "template", element, member, text, found);
            } else if (member.key().equals("routeConfigurationId")) {
                for (String id : text.split(",")) {
                    check(model, Element.CONFIGURATION, "route configuration", element, member, id.strip(), found);
                }
            }
        }));
        if (!model.directEndpoints().contains(GATEWAY)) {
            found.accept(new Finding(
                    "",
                    0,
                    "no route receives from direct:" + GATEWAY + ", to which the product sends every request: restore"
                            + " the file " + GATEWAY + ".camel.yaml"));
        }
    }

    private static void check(
            RouteModel model,
            String kind,
            String word,
            Element element,
            Member member,
            String id,
            Consumer<Finding> found) {
        Set<String> names = model.names(kind);
        // A pattern, such as retry-*, may also mean none.
        if (!names.contains(id) && !id.contains("*")) {
            found.accept(element.finding(
                    member.line(),
                    "there is no " + word + " " + id + Names.nearest(id, names) + ", or restore its file"));
        }
    }

    private static void findDuplicates(RouteModel model, Consumer<Finding> found) {
        Map<String, String> places = new HashMap<>();
        for (Element element : model.elements()) {
            element.id().ifPresent(id -> findDuplicate(element, id, places, found));
            YamlFile.visit(element.body(), member -> {
                boolean ofElement = element.id().filter(member::equals).isPresent();
                if (IDS.contains(member.key()) && !ofElement) {
                    findDuplicate(element, member, places, found);
                }
            });
        }
    }

    private static void findDuplicate(Element element, Member id, Map<String, String> places, Consumer<Finding> found) {
        id.text().ifPresent(text -> {
            String place = element.file().file().place() + ":" + id.line();
            String before = places.putIfAbsent(text, place);
            if (before != null) {
                found.accept(element.finding(
                        id.line(), "the id " + text + " is there twice: it stands in " + before + " too; rename one"));
            }
        });
    }
}
