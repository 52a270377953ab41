package io.bangwo8stream.routes;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Replaces {@code {{name}}} and {@code {{name:default}}} in texts of routes. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\??)([^{}:]+)(:[^{}]*)?}}");

    private final Function<String, Optional<String>> settings;

    /** @param settings finds the value of a setting; empty where nobody has set it */
    Placeholders(Function<String, Optional<String>> settings) {
        this.settings = settings;
    }

    /** The text with all values; a parameter of a template stands for itself. */
    String resolve(String text, Set<String> parameters) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(value(found, parameters)));
    }

    private String value(MatchResult placeholder, Set<String> parameters) {
        String name = placeholder.group(2).strip();
        if (parameters.contains(name)) {
            return name;
        }
        String fallback = placeholder.group(3);
        return settings.apply(name).orElse(fallback == null ? "" : fallback.substring(1));
    }

    /** The first setting in the text that has no value and no default. */
    Optional<String> unset(String text, Set<String> parameters) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .filter(found -> found.group(1).isEmpty() && found.group(3) == null)
                .map(found -> found.group(2).strip())
                // A prefix, such as env:, has a source of its own.
                .filter(name ->
                        !parameters.contains(name) && settings.apply(name).isEmpty())
                .findFirst();
    }
}
