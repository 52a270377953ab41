package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints the result of a command: JSON when that was asked for, else lines and tables. */
final class Output {

    private final PrintStream stream;
    private final PrintStream errors;
    private final boolean json;

    Output(PrintStream stream, boolean json) {
        this(stream, System.err, json);
    }

    Output(PrintStream stream, PrintStream errors, boolean json) {
        this.stream = stream;
        this.errors = errors;
        this.json = json;
    }

    /** Prints why there is no result. */
    void error(String text) {
        errors.println(text);
    }

    boolean isJson() {
        return json;
    }

    void json(JsonNode value) {
        stream.println(value.toString());
    }

    void line(String text) {
        stream.println(text);
    }

    /** Prints rows of the same length, the first of which is the head, in columns. */
    void table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (List<String> row : rows) {
            line(IntStream.range(0, columns)
                    .mapToObj(column -> pad(row.get(column), widths[column]))
                    .collect(Collectors.joining("  "))
                    .stripTrailing());
        }
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
