package io.bangwo8stream.command;

/** What one command does. */
interface Action {

    /** The word on the command line. */
    String name();

    /** Does it, prints the result to {@code out}, and returns the exit code. */
    int run(CommandOptions options, Output out) throws Exception;
}
