package io.bangwo8stream.walk;

import io.bangwo8stream.record.FieldTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a {@link Source} from the parameters of its route. */
final class SourceReader {

    /** The template's default: the route that leaves a record as it is. */
    private static final String JOINS_NOTHING = "direct:nothing";

    private final Map<String, String> parameters;
    private final String name;

    private SourceReader(Map<String, String> parameters) {
        this.parameters = parameters;
        this.name = parameters.get("source");
    }

    /**
     * The source that {@code parameters} describe.
     *
     * @param tables gives the field table of a name
     * @throws IllegalArgumentException naming the source and the parameter that is missing or wrong
     */
    static Source read(Map<String, String> parameters, Function<String, FieldTable> tables) {
        return new SourceReader(parameters).source(tables);
    }

    private Source source(Function<String, FieldTable> tables) {
        return new Source(name, required("stream"), required("topic"), required("type"), required("schema"), required("path"),
                list(optional("window").orElse("")), required("items"), required("id"),
                tables.apply(required("fields")),
                !optional("join").orElse(JOINS_NOTHING).equals(JOINS_NOTHING),
                optional("created"), optional("ended"), optional("closed").map(this::closed));
    }

    /** Reads {@code csStat=0,5}. */
    private Source.Closed closed(String rule) {
        String field = rule.replaceFirst("=.*", "").strip();
        List<String> values = list(rule.substring(rule.indexOf('=') + 1));
        if (!rule.contains("=") || field.isEmpty() || values.isEmpty()) {
            throw new IllegalArgumentException("source " + name + ": closed must be like csStat=0,5, but is " + rule);
        }
        return new Source.Closed(field, Set.copyOf(values));
    }

    private String required(String parameter) {
        return optional(parameter).orElseThrow(() ->
                new IllegalArgumentException("source " + name + ": the parameter " + parameter + " is missing"));
    }

    private Optional<String> optional(String parameter) {
        return Optional.ofNullable(parameters.get(parameter)).map(String::strip)
                .filter(value -> !value.isEmpty() && !value.equals("none"));
    }

    private static List<String> list(String values) {
        return Arrays.stream(values.split(",")).map(String::strip).filter(value -> !value.isEmpty()).toList();
    }
}
