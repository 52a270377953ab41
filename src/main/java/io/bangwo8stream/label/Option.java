package io.bangwo8stream.label;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.source.Source;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An option of a field, by its id. */
record Option(String field, String id) implements Comparable<Option> {

    /** Zero and texts are no ids. */
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

    /** The options that the fields of a row contain, in the order of the fields. */
    static Set<Option> of(Source source, JsonNode row) {
        return source.list().labelFields().stream()
                .map(field -> new Option(field, row.path(field).asText("").strip()))
                .filter(option -> ID.matcher(option.id).matches())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public int compareTo(Option other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return field + "=" + id;
    }
}
