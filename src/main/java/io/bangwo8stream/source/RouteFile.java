package io.bangwo8stream.source;

import java.nio.charset.StandardCharsets;

/**
 * A file of routes, or a table of fields beside them, as it was when it was read.
 *
 * @param name     without its folder, such as {@code tickets.camel.yaml}
 * @param location where it is, such as {@code file:/etc/bangwo8/tickets.camel.yaml}
 */
public record RouteFile(String name, String location, String content) {

    static final String ROUTES = ".camel.yaml";
    static final String FIELDS = ".fields.json";

    /** The content as it is in the file. */
    public byte[] bytes() {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    /** Where the file is, as a person writes it. */
    public String place() {
        return place(location);
    }

    /** What to say when this file has the name of {@code other}. */
    public String conflictWith(RouteFile other) {
        return "has the name of " + other.place() + ": rename one, names are unique over all folders";
    }

    static String place(String location) {
        return location.startsWith("file:") ? location.substring("file:".length()) : location;
    }

    /** {@code tickets.camel.yaml} of {@code file:/etc/bangwo8/tickets.camel.yaml}. */
    static String name(String location) {
        return location.replaceFirst(".*[/:]", "");
    }
}
