package io.bangwo8stream.config;

import io.bangwo8stream.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Collects the errors in the settings: one message per error, each of which names the key. */
final class ConfigurationErrors {

    private final List<String> messages = new ArrayList<>();

    /** Parses {@code text}; if it is invalid, adds an error that names {@code key}, and returns {@code null}. */
    <T> T parse(String key, String text, Function<String, T> parser) {
        try {
            return parser.apply(text.strip());
        } catch (RuntimeException invalid) {
            add(key, "is '" + SafeText.of(redactLogin(text)) + "', but " + invalid.getMessage());
            return null;
        }
    }

    void add(String key, String message) {
        messages.add(key + " " + message);
    }

    /** Redacts the login that an address may contain, with or without a scheme, because it must not reach the log. */
    private static String redactLogin(String text) {
        // Up to the last @, because a password may contain any character.
        return text.replaceFirst("(?s)^(\\s*[A-Za-z]+://)?.*@", "$1***@");
    }

    List<String> messages() {
        return List.copyOf(messages);
    }
}
