package io.bangwo8stream.command;

import picocli.CommandLine.ParseResult;

/** The options of one command, as they were given. */
record CommandOptions(ParseResult parsed) {

    String command() {
        return parsed.commandSpec().name();
    }

    /** Whether an option without a value, such as {@code --json}, was given. */
    boolean has(String flag) {
        return parsed.matchedOptionValue(flag, false);
    }
}
