package io.bangwo8stream.source;

import io.bangwo8stream.record.FieldTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Reads a {@link Source} from the parameters of its route. */
public final class SourceParser {

    /** The rule {@code closed} of a source whose records may change at any time although their rows stay the same. */
    private static final String NEVER = "never";

    private final Map<String, String> parameters;
    private final String name;

    private SourceParser(Map<String, String> parameters) {
        this.parameters = parameters;
        this.name = parameters.get("source");
    }

    /**
     * The source that {@code parameters} describe.
     *
     * @param tables finds the field table with a name
     * @throws IllegalArgumentException naming the source and the parameter that is missing or wrong
     */
    public static Source read(Map<String, String> parameters, Function<String, FieldTable> tables) {
        return new SourceParser(parameters).source(tables);
    }

    /**
     * The values of parameters, with settings and other parameters in the place of their placeholders: the default of a
     * parameter may name another one.
     *
     * @param settings replaces the placeholders that are no parameters
     */
    public static Map<String, String> resolve(Map<String, ?> parameters, UnaryOperator<String> settings) {
        Map<String, String> resolved = new HashMap<>();
        parameters.forEach((name, value) -> {
            String text = String.valueOf(value);
            for (Map.Entry<String, ?> other : parameters.entrySet()) {
                text = text.replace("{{" + other.getKey() + "}}", String.valueOf(other.getValue()));
            }
            resolved.put(name, settings.apply(text));
        });
        return resolved;
    }

    private Source source(Function<String, FieldTable> tables) {
        return new Source(
                name,
                required("stream"),
                required("topic"),
                required("type"),
                optional("schema"),
                listEndpoint(),
                required("idField"),
                table(tables),
                optional("pageRoute"),
                optional("joinRoute"),
                optional("created"),
                optional("ended"),
                optional("closed").map(this::closed),
                optional("lookUpPath").map(this::lookUp));
    }

    private Source.LookUp lookUp(String path) {
        return named(() -> new Source.LookUp(
                path,
                list(optional("lookUpWindow").orElse("")),
                optional("changed").orElse("")));
    }

    private FieldTable table(Function<String, FieldTable> tables) {
        return named(() -> tables.apply(required("fields")));
    }

    private ListEndpoint listEndpoint() {
        return named(() -> new ListEndpoint(
                required("path"),
                optional("listIds"),
                optional("membershipField"),
                list(optional("window").orElse("")),
                query(optional("query").orElse("")),
                required("recordsPath"),
                list(optional("labelFields").orElse("")),
                optional("labelsPath")));
    }

    /** Puts the name of the source in front of the error of a part. */
    private <T> T named(Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException wrong) {
            throw wrong.getMessage().startsWith("source ")
                    ? wrong
                    : new IllegalArgumentException("source " + name + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Reads {@code fields=show_tickets_num}, several of them separated by {@code &}. */
    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String parameter : text.isEmpty() ? new String[0] : text.split("&")) {
            String[] parts = parameter.split("=", 2);
            query.put(parts[0].strip(), parts.length == 2 ? parts[1].strip() : "");
        }
        return query;
    }

    /** Reads {@code csStat=0,5}. */
    private Source.Closed closed(String rule) {
        if (rule.equals(NEVER)) {
            return new Source.Closed("", Set.of());
        }
        String field = rule.replaceFirst("=.*", "").strip();
        List<String> values = list(rule.substring(rule.indexOf('=') + 1));
        if (!rule.contains("=") || field.isEmpty() || values.isEmpty()) {
            throw new IllegalArgumentException("source " + name + ": closed must be like csStat=0,5, but is " + rule);
        }
        return new Source.Closed(field, Set.copyOf(values));
    }

    private String required(String parameter) {
        return optional(parameter)
                .orElseThrow(() -> new IllegalArgumentException(
                        "source " + name + ": the parameter " + parameter + " is missing"));
    }

    private Optional<String> optional(String parameter) {
        return Optional.ofNullable(parameters.get(parameter)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static List<String> list(String values) {
        return Arrays.stream(values.split(","))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
