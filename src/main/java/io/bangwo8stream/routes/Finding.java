package io.bangwo8stream.routes;

import io.bangwo8stream.source.RouteFile;
import io.bangwo8stream.text.SafeText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong in a file of routes, and what to do.
 *
 * @param file empty where no file is wrong
 * @param line from 1; 0 where no line is wrong
 */
public record Finding(String file, int line, String text) {

    static Finding of(RouteFile file, int line, String text) {
        return new Finding(file.place(), line, SafeText.line(text));
    }

    /** All of {@code findings}, one in each line. */
    public static String lines(List<Finding> findings) {
        return findings.stream().map(Finding::toString).collect(Collectors.joining(System.lineSeparator()));
    }

    /** {@code /etc/bangwo8/routes/calls.camel.yaml:12: text}. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (file.isEmpty() ? "" : ": ") + text;
    }
}
