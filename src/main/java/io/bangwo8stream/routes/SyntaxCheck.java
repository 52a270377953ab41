package io.bangwo8stream.routes;

import io.bangwo8stream.routes.RouteModel.Element;
import io.bangwo8stream.source.RouteFile;
import io.bangwo8stream.text.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Finds what is no YAML, and what Camel's YAML DSL does not know. */
final class SyntaxCheck {

    /** What can be replaced while the product runs; anything else, such as beans, would stay. */
    private static final Set<String> KINDS =
            Set.of(Element.ROUTE, Element.TEMPLATE, Element.INSTANCE, Element.CONFIGURATION);

    private static final Pattern FIELD = Pattern.compile("Unsupported field: (\\S+)");

    private final CamelContext context;

    SyntaxCheck(CamelContext context) {
        this.context = context;
    }

    /** The first mistake in {@code file}: after it, no other can be told from its consequences. */
    Optional<Finding> mistake(RouteFile file) {
        try {
            YamlFile yaml = YamlFile.parse(file);
            if (!yaml.isList()) {
                return Optional.of(yaml.finding(
                        1, "is no list of routes: it has to start with \"- route:\" or another element; see routes/"));
            }
            Optional<Finding> foreign = yaml.elements().stream()
                    .filter(element -> !KINDS.contains(element.key()))
                    .findFirst()
                    .map(element -> yaml.finding(
                            YamlFile.lineOf(element.parent()),
                            element.key() + " is no element of such a file" + Names.nearest(element.key(), KINDS)));
            if (foreign.isPresent()) {
                return foreign;
            }
            readAsCamelDoes(file);
            // What has no id could not be replaced while the product runs.
            return yaml.elements().stream()
                    .map(element -> new Element(yaml, element.key(), element.value()))
                    .filter(element -> element.name().isBlank())
                    .findFirst()
                    .map(element ->
                            element.finding(element.line(), "has no id: give it one, such as \"id: join-call\""));
        } catch (MarkedYamlEngineException marked) {
            return Optional.of(Finding.of(file, line(marked, file), text(marked)));
        } catch (YamlEngineException unmarked) {
            return Optional.of(Finding.of(file, 0, "is no YAML: " + SafeText.of(unmarked)));
        } catch (Exception refused) {
            return Optional.of(Finding.of(file, 0, "cannot be read: " + SafeText.of(refused)));
        }
    }

    /** Builds the model of the routes, which belongs to nobody and is thrown away. */
    private void readAsCamelDoes(RouteFile file) throws Exception {
        RouteConfigurationBuilder read = (RouteConfigurationBuilder) PluginHelper.getRoutesLoader(context)
                .getRoutesLoader("camel.yaml")
                .loadRoutesBuilder(ResourceHelper.fromString(file.location(), file.content()));
        read.setCamelContext(context);
        read.configuration();
        read.configure();
    }

    /** The mark of Camel is that of a value, which may stand below its name. */
    private static int line(MarkedYamlEngineException marked, RouteFile file) {
        int line = marked.getProblemMark()
                .or(marked::getContextMark)
                .map(Mark::getLine)
                .map(number -> number + 1)
                .orElse(0);
        Matcher named = FIELD.matcher(String.valueOf(marked.getProblem()));
        if (!named.matches()) {
            return line;
        }
        List<String> lines = file.content().lines().toList();
        int above = Math.min(line, lines.size());
        while (above > 0 && !lines.get(above - 1).contains(named.group(1) + ":")) {
            above--;
        }
        return above > 0 ? above : line;
    }

    private static String text(MarkedYamlEngineException marked) {
        String problem = SafeText.of(marked.getProblem());
        if (problem.contains("TAB")) {
            return "contains a tab before the first character of a line: replace it by spaces";
        }
        return marked.getClass().getPackageName().startsWith("org.snakeyaml")
                ? "is no YAML: " + problem + "; check the indentation, and quote texts that contain a colon or braces"
                : problem + ": correct or remove it; Camel's YAML DSL does not know it at this place";
    }
}
