package io.bangwo8stream.routes;

import io.bangwo8stream.routes.RouteModel.Element;
import io.bangwo8stream.routes.YamlFile.Member;
import io.bangwo8stream.text.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.util.StringHelper;

/** Finds endpoints without a component, options that a component does not know, and {@code direct:} routes that are absent. */
final class EndpointCheck implements Check {

    /** Members whose value is an address. */
    private static final Set<String> ADDRESSES =
            Set.of("uri", "from", "to", "toD", "wireTap", "enrich", "poll", "pollEnrich");

    /** Parameters of a template whose value is an address. */
    private static final Set<String> ROUTE_PARAMETERS = Set.of("joinRoute", "pageRoute");

    private static final List<String> COMPONENTS =
            List.of("bean", "direct", "http", "https", "kafka", "log", "master", "timer");

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

    private final CamelContext context;
    private final Placeholders placeholders;

    EndpointCheck(CamelContext context, Placeholders placeholders) {
        this.context = context;
        this.placeholders = placeholders;
    }

    @Override
    public void run(RouteModel model, Consumer<Finding> found) {
        Set<String> targets = model.directEndpoints();
        model.visit((element, member) -> {
            if (ADDRESSES.contains(member.key())) {
                member.text().ifPresent(uri -> check(element, member, uri, targets, found));
            } else if (member.key().equals("value") && isRouteParameter(member)) {
                member.text()
                        .filter(uri -> !uri.isBlank())
                        .ifPresent(uri -> check(element, member, uri, targets, found));
            }
        });
    }

    private static boolean isRouteParameter(Member member) {
        return YamlFile.text(member.parent(), "name")
                .filter(ROUTE_PARAMETERS::contains)
                .isPresent();
    }

    private void check(Element element, Member member, String written, Set<String> targets, Consumer<Finding> found) {
        String uri = placeholders.resolve(written, element.parameterNames());
        if (uri.startsWith("${")) {
            return;
        }
        if (!SCHEME.matcher(uri).matches()) {
            found.accept(element.finding(
                    member.line(), written + " is no address: it has to start with a component, such as direct:"));
            return;
        }
        if (RouteModel.isDirect(uri) && !uri.contains("${") && !isInput(member)) {
            String name = RouteModel.directName(uri);
            if (!targets.contains(name)) {
                found.accept(element.finding(
                        member.line(),
                        "no route receives from direct:" + name + Names.nearest(name, targets)
                                + ", or restore the file of that route"));
            }
        }
        checkOptions(element, member, uri, found);
    }

    private static boolean isInput(Member member) {
        return member.key().equals("from");
    }

    private void checkOptions(Element element, Member member, String uri, Consumer<Finding> found) {
        String scheme = component(uri);
        Optional<EndpointUriFactory> factory = factory(scheme);
        if (factory.isEmpty()) {
            found.accept(element.finding(
                    member.line(),
                    "there is no component " + scheme + Names.nearest(scheme, COMPONENTS)
                            + "; the product contains no others"));
            return;
        }
        options(uri).forEach(option -> check(element, option, member.line(), scheme, factory.get(), found));
        if (member.key().equals("uri")) {
            YamlFile.member(member.parent(), "parameters")
                    .ifPresent(parameters -> YamlFile.members(parameters.value())
                            .forEach(option ->
                                    check(element, option.key(), option.line(), scheme, factory.get(), found)));
        }
    }

    /** The component of an address; with {@code master:name:timer:name}, the one that receives. */
    private static String component(String uri) {
        String[] parts = uri.split(":", 4);
        return parts[0].equals("master") && parts.length == 4 ? parts[2] : parts[0];
    }

    private Optional<EndpointUriFactory> factory(String scheme) {
        return Optional.ofNullable(context.getCamelContextExtension().getEndpointUriFactory(scheme));
    }

    private static Set<String> options(String uri) {
        Set<String> options = new TreeSet<>();
        int start = uri.indexOf('?');
        if (start >= 0) {
            for (String option : uri.substring(start + 1).split("&")) {
                options.add(StringHelper.dashToCamelCase(option.replaceFirst("=.*", "")));
            }
        }
        return options;
    }

    private static void check(
            Element element,
            String option,
            int line,
            String scheme,
            EndpointUriFactory factory,
            Consumer<Finding> found) {
        Set<String> known = factory.propertyNames();
        boolean prefixed = factory.multiValuePrefixes().values().stream().anyMatch(option::startsWith);
        if (known.contains(option) || prefixed) {
            return;
        }
        // Such a component passes unknown options on, as parameters of its requests: a typo is unlikely to mean that.
        if (!factory.isLenientProperties() || NearestName.typoOf(option, known).isPresent()) {
            found.accept(element.finding(
                    line, "the component " + scheme + " has no option " + option + Names.nearest(option, known)));
        }
    }
}
