package io.bangwo8stream.routes;

import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiUnavailableException;
import io.bangwo8stream.routes.RouteModel.Element;
import io.bangwo8stream.routes.YamlFile.Member;
import io.bangwo8stream.text.NearestName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Finds classes that routes name, but that are not there; a native image lacks most classes that exist on a JVM. The
 * names are resolved as Camel does it when it runs the route.
 */
final class ClassCheck implements Check {

    private static final Set<String> EXCEPTIONS = Set.of("exception", "exceptionType");

    private static final Set<String> CLASSES = Set.of(
            "beanType",
            "builderClass",
            "classType",
            "collectionType",
            "documentType",
            "instanceClass",
            "resultType",
            "unmarshalType");

    /** Elsewhere {@code type} may be anything, such as a parameter of a template. */
    private static final Set<String> TYPED = Set.of("convertBodyTo", "convertHeaderTo", "convertVariableTo", "beans");

    /** As a value of its own or in the query of a URI; arguments and a factory method may follow the name. */
    private static final Pattern REFERENCE = Pattern.compile("(?:^|[?&][\\w.-]+=)#(?:class|type):([\\w.$]+)");

    /** What somebody may have meant. */
    private static final List<Class<?>> USUAL = List.of(
            ApiRejectedException.class,
            ApiUnavailableException.class,
            IOException.class,
            Exception.class,
            Throwable.class,
            IllegalArgumentException.class,
            IllegalStateException.class,
            String.class,
            GroupedBodyAggregationStrategy.class,
            GroupedExchangeAggregationStrategy.class,
            UseLatestAggregationStrategy.class,
            UseOriginalAggregationStrategy.class);

    private final CamelContext context;

    ClassCheck(CamelContext context) {
        this.context = context;
    }

    @Override
    public void run(RouteModel model, Consumer<Finding> found) {
        model.visit((element, member) -> {
            if (EXCEPTIONS.contains(member.key())) {
                names(member.value()).forEach(name -> checkException(element, name, found));
            } else if (CLASSES.contains(member.key())) {
                names(member.value()).forEach(name -> checkClass(element, name, found));
            } else if (TYPED.contains(member.key())) {
                types(member.value()).forEach(name -> checkClass(element, name, found));
            }
            member.text()
                    .ifPresent(text -> references(text).forEach(name -> resolve(element, member.line(), name, found)));
        });
    }

    private static Stream<ScalarNode> names(Node node) {
        return Stream.concat(Stream.of(node), YamlFile.list(node).stream())
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast);
    }

    /** The types of conversions, which may stand without their key, and of the beans of a template. */
    private static Stream<ScalarNode> types(Node node) {
        return Stream.concat(Stream.of(node), YamlFile.list(node).stream())
                .map(each -> YamlFile.member(each, "type").map(Member::value).orElse(each))
                .flatMap(ClassCheck::names);
    }

    private static Stream<String> references(String text) {
        return REFERENCE.matcher(text).results().map((MatchResult found) -> found.group(1));
    }

    private void checkException(Element element, ScalarNode name, Consumer<Finding> found) {
        checkClass(element, name, found)
                .filter(type -> !Throwable.class.isAssignableFrom(type))
                .ifPresent(type -> found.accept(element.finding(
                        YamlFile.lineOf(name),
                        "the class " + name.getValue() + " is no exception: name one such as java.io.IOException")));
    }

    private Optional<Class<?>> checkClass(Element element, ScalarNode node, Consumer<Finding> found) {
        String name = node.getValue();
        // References are checked wherever they stand, and a placeholder has no value before Camel gives it one.
        return name.isBlank() || name.startsWith("#") || name.contains("{{")
                ? Optional.empty()
                : resolve(element, YamlFile.lineOf(node), name, found);
    }

    private Optional<Class<?>> resolve(Element element, int line, String name, Consumer<Finding> found) {
        Optional<Class<?>> type = find(name);
        if (type.isEmpty()) {
            found.accept(element.finding(line, "there is no class " + name + advice(name)));
        }
        return type;
    }

    private Optional<Class<?>> find(String name) {
        return Optional.ofNullable(context.getClassResolver().resolveClass(name));
    }

    private String advice(String name) {
        List<String> there = USUAL.stream()
                .map(Class::getName)
                .filter(each -> find(each).isPresent())
                .toList();
        return there.stream()
                .filter(each -> simpleName(each).equals(simpleName(name)))
                .findFirst()
                .or(() -> NearestName.typoOf(name, there))
                .map(nearest -> "; the nearest one is " + nearest)
                .orElse(": name a class of the product, of Camel or of Java; a native binary contains only those that"
                        + " the README lists");
    }

    private static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
