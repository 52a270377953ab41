package io.bangwo8stream.command;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertiesLocationConfigSourceFactory;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Finds the words of a command: those on the command line, else those in the setting {@code bangwo8.command}. */
final class CommandWords {

    static final String KEY = "bangwo8.command";

    /** The file beside the working directory that Quarkus reads, and with what rank. */
    private static final Path FILE = Path.of("config", "application.properties");

    /** The variables that name further files of settings, or folders of them. */
    private static final List<String> LOCATIONS = List.of("BANGWO8_CONFIG", "QUARKUS_CONFIG_LOCATIONS");

    private static final int RANK_OF_FILE = 260;

    private CommandWords() {}

    static List<String> of(String... arguments) {
        return of(System::getenv, arguments);
    }

    /** @param environment returns an environment variable of the process, or {@code null} */
    static List<String> of(UnaryOperator<String> environment, String... arguments) {
        return arguments.length > 0 ? List.of(arguments) : split(configured(environment));
    }

    static List<String> split(String words) {
        return Arrays.stream(words.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Read before Quarkus starts, because a command needs other settings of the process than the service. */
    private static String configured(UnaryOperator<String> environment) {
        SmallRyeConfigBuilder sources = new SmallRyeConfigBuilder().addDefaultSources();
        if (Files.isReadable(FILE)) {
            try {
                sources.withSources(new PropertiesConfigSource(FILE.toUri().toURL(), RANK_OF_FILE));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(FILE + " cannot be read", unreadable);
            }
        }
        String locations = LOCATIONS.stream()
                .map(environment)
                .filter(location -> location != null && !location.isBlank())
                .collect(Collectors.joining(","));
        if (!locations.isEmpty()) {
            // A location that does not exist is reported by the command, like by the start.
            sources.withSources(new PropertiesConfigSource(
                            Map.of("smallrye.config.locations", locations), "locations", RANK_OF_FILE))
                    .withSources(new PropertiesLocationConfigSourceFactory());
        }
        return sources.build().getOptionalValue(KEY, String.class).orElse("");
    }
}
