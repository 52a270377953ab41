package io.bangwo8stream.routes;

import io.bangwo8stream.source.RouteFile;
import io.bangwo8stream.text.SafeText;

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

    /** {@code /etc/bangwo8/routes/calls.camel.yaml:12: text}. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (file.isEmpty() ? "" : ": ") + text;
    }
}
