package io.bangwo8stream.routes;

import io.bangwo8stream.routes.YamlFile.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.nodes.Node;

/** What a set of files defines: routes, templates, their instances and route configurations. */
final class RouteModel {

    private static final String DIRECT = "direct:";

    private final List<Element> elements = new ArrayList<>();

    RouteModel(List<YamlFile> files) {
        files.forEach(file ->
                file.elements().forEach(element -> elements.add(new Element(file, element.key(), element.value()))));
    }

    /** One element at the top of a file. */
    record Element(YamlFile file, String kind, Node body) {

        static final String ROUTE = "route";
        static final String TEMPLATE = "routeTemplate";
        static final String INSTANCE = "templatedRoute";
        static final String CONFIGURATION = "routeConfiguration";

        Finding finding(int line, String text) {
            return file.finding(line, text);
        }

        int line() {
            return YamlFile.lineOf(body);
        }

        Optional<Member> id() {
            return YamlFile.member(body, kind.equals(INSTANCE) ? "routeId" : "id");
        }

        /** The id, or an empty text. */
        String name() {
            return id().flatMap(Member::text).orElse("");
        }

        /** The parameters of a template or of its instance. */
        List<Node> parameters() {
            return YamlFile.member(body, "parameters")
                    .map(parameters -> YamlFile.list(parameters.value()))
                    .orElse(List.of());
        }

        /** The names of the parameters; none where the element is no template. */
        Set<String> parameterNames() {
            Set<String> names = new TreeSet<>();
            if (kind.equals(TEMPLATE)) {
                parameters()
                        .forEach(parameter -> YamlFile.text(parameter, "name").ifPresent(names::add));
            }
            return names;
        }
    }

    List<Element> elements() {
        return elements;
    }

    List<Element> of(String kind) {
        return elements.stream().filter(element -> element.kind().equals(kind)).toList();
    }

    Optional<Element> named(String kind, String id) {
        return of(kind).stream().filter(element -> element.name().equals(id)).findFirst();
    }

    Set<String> names(String kind) {
        Set<String> names = new TreeSet<>();
        of(kind).forEach(element -> names.add(element.name()));
        return names;
    }

    /** The names of the {@code direct:} endpoints that routes receive from. */
    Set<String> directEndpoints() {
        Set<String> names = new TreeSet<>();
        visit((element, member) -> {
            if (member.key().equals("from")) {
                member.text()
                        .or(() -> YamlFile.text(member.value(), "uri"))
                        .filter(uri -> uri.startsWith(DIRECT))
                        .ifPresent(uri -> names.add(directName(uri)));
            }
        });
        return names;
    }

    static boolean isDirect(String uri) {
        return uri.startsWith(DIRECT);
    }

    static String directName(String uri) {
        return uri.substring(DIRECT.length()).replaceFirst("\\?.*", "").replaceFirst("^/+", "");
    }

    /** Shows every member of every element to {@code visitor}. */
    void visit(BiConsumer<Element, Member> visitor) {
        for (Element element : elements) {
            YamlFile.visit(element.body(), member -> visitor.accept(element, member));
        }
    }
}
