package io.bangwo8stream.routes;

import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.routes.RouteModel.Element;
import io.bangwo8stream.source.FieldTableLoader;
import io.bangwo8stream.source.RouteSet;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceParser;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** Finds wrong parameters of sources, and tables, fields and schemas that they name but nobody has. */
final class SourceCheck implements Check {

    /** The schemas of events that the product contains. */
    private static final Set<String> SCHEMAS = Set.of("remote-record", "ticket", "ticket-view");

    private final RouteSet files;
    private final Placeholders placeholders;
    private final Predicate<String> on;

    /** @param on whether a source with a name is on */
    SourceCheck(RouteSet files, Placeholders placeholders, Predicate<String> on) {
        this.files = files;
        this.placeholders = placeholders;
        this.on = on;
    }

    /** The sources of a model without mistakes that are on, by their names. */
    Map<String, Source> sources(RouteModel model) {
        Map<String, Source> sources = new TreeMap<>();
        forEachSource(model, (instance, values) -> {
            if (isOn(values)) {
                sources.put(values.get("source"), read(values));
            }
        });
        return sources;
    }

    @Override
    public void run(RouteModel model, Consumer<Finding> found) {
        forEachSource(model, (instance, values) -> check(instance, values, found));
    }

    /** Without instances that lack a parameter: another check names them. */
    private void forEachSource(RouteModel model, BiConsumer<Element, Map<String, String>> use) {
        for (Element instance : model.of(Element.INSTANCE)) {
            YamlFile.text(instance.body(), "routeTemplateRef")
                    .flatMap(id -> model.named(Element.TEMPLATE, id))
                    .filter(template -> InstanceCheck.isComplete(instance, template))
                    .map(template -> values(instance, template))
                    .filter(values -> values.containsKey("source"))
                    .ifPresent(values -> use.accept(instance, values));
        }
    }

    private void check(Element instance, Map<String, String> values, Consumer<Finding> found) {
        String name = values.get("source");
        if (!name.equals(instance.name())) {
            found.accept(at(
                    instance,
                    "source",
                    "the parameter source is " + name + ", but routeId is " + instance.name()
                            + ": give both the same name"));
            return;
        }
        if (!isOn(values)) {
            // Such as agent-records without agents.
            values.computeIfPresent("listIds", (any, ids) -> ids.isBlank() ? "0" : ids);
        }
        try {
            checkFields(instance, values, read(values), found);
        } catch (IllegalArgumentException | UncheckedIOException wrong) {
            found.accept(at(instance, parameterIn(wrong.getMessage(), instance), wrong.getMessage()));
        }
        checkSchema(instance, Optional.ofNullable(values.get("schema")), found);
    }

    private boolean isOn(Map<String, String> values) {
        return on.test(values.get("source"));
    }

    private Source read(Map<String, String> values) {
        return SourceParser.read(values, table -> FieldTableLoader.get(table, files));
    }

    private void checkFields(Element instance, Map<String, String> values, Source source, Consumer<Finding> found) {
        FieldTable table = source.fields();
        Map<String, String> used = new LinkedHashMap<>();
        used.put("idField", source.idField());
        source.created().ifPresent(field -> used.put("created", field));
        source.ended().ifPresent(field -> used.put("ended", field));
        source.closed().filter(rule -> !rule.field().isEmpty()).ifPresent(rule -> used.put("closed", rule.field()));
        source.lookUp().ifPresent(lookUp -> used.put("changed", lookUp.changed()));
        used.forEach((parameter, field) -> check(instance, parameter, field, table, values, found));
        source.list().labelFields().forEach(field -> check(instance, "labelFields", field, table, values, found));
    }

    private static void check(
            Element instance,
            String parameter,
            String field,
            FieldTable table,
            Map<String, String> values,
            Consumer<Finding> found) {
        if (!table.has(field)) {
            found.accept(at(
                    instance,
                    parameter,
                    parameter + " names the field " + field + ", which the field table " + values.get("fields")
                            + " does not have" + Names.nearest(field, table.names())));
        }
    }

    private void checkSchema(Element instance, Optional<String> schema, Consumer<Finding> found) {
        schema.filter(name -> !name.isBlank()).ifPresent(name -> {
            if (!SCHEMAS.contains(name)) {
                found.accept(at(
                        instance,
                        "schema",
                        "there is no schema " + name + Names.nearest(name, SCHEMAS)
                                + "; leave the parameter out for events without a schema"));
            }
        });
    }

    /** The values of all parameters of an instance, as the product reads them. */
    private Map<String, String> values(Element instance, Element template) {
        Map<String, String> raw = new HashMap<>();
        template.parameters()
                .forEach(parameter -> YamlFile.text(parameter, "name")
                        .ifPresent(name ->
                                YamlFile.text(parameter, "defaultValue").ifPresent(value -> raw.put(name, value))));
        InstanceCheck.given(instance)
                .forEach((name, parameter) ->
                        YamlFile.text(parameter, "value").ifPresent(value -> raw.put(name, value)));
        return SourceParser.resolve(raw, text -> placeholders.resolve(text, Set.of()));
    }

    private static Finding at(Element instance, String parameter, String text) {
        Node node = InstanceCheck.given(instance).get(parameter);
        return instance.finding(node == null ? instance.line() : YamlFile.lineOf(node), text);
    }

    /** The parameter that a message names, or else an empty text. */
    private static String parameterIn(String message, Element instance) {
        String text = message.replaceAll("(?i)field table", "fields");
        return new TreeSet<>(InstanceCheck.given(instance).keySet())
                .descendingSet().stream()
                        .filter(name -> !name.equals("source"))
                        .filter(name -> Pattern.compile("\\b" + name + "\\b")
                                .matcher(text)
                                .find())
                        .findFirst()
                        .orElse("");
    }
}
