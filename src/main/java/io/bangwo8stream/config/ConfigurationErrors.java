package io.bangwo8stream.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Collects what is wrong with the settings, one message per mistake, each naming its key. */
final class ConfigurationErrors {

    private final List<String> messages = new ArrayList<>();

    /** Parses {@code text}; a failure is noted as a mistake of {@code key}, and {@code null} is returned. */
    <T> T parse(String key, String text, Function<String, T> parser) {
        try {
            return parser.apply(text.strip());
        } catch (RuntimeException wrong) {
            note(key, "is '" + withoutLogin(text) + "', but " + wrong.getMessage());
            return null;
        }
    }

    void note(String key, String message) {
        messages.add(key + " " + message);
    }

    /** An address may have been given with a login in it, with or without a scheme, which must not reach the log. */
    private static String withoutLogin(String text) {
        // All up to the last @, since a password may hold anything.
        return text.replaceFirst("(?s)^(\\s*[A-Za-z]+://)?.*@", "$1***@");
    }

    List<String> messages() {
        return List.copyOf(messages);
    }
}
