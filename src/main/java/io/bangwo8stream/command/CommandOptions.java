package io.bangwo8stream.command;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** The options of one command, as they were given. */
record CommandOptions(ParseResult parsed) {

    String command() {
        return parsed.commandSpec().name();
    }

    /** The value of an option; empty where it was not given. */
    Optional<String> value(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, null));
    }

    /** The values of an option, which may be separated by commas too. */
    List<String> values(String option) {
        List<String> given = parsed.matchedOptionValue(option, List.of());
        return given.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** Whether an option without a value, such as {@code --json}, was given. */
    boolean has(String flag) {
        return parsed.matchedOptionValue(flag, false);
    }
}
