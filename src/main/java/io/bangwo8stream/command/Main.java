package io.bangwo8stream.command;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalInt;
import org.apache.camel.quarkus.main.CamelMainApplication;

/** Starts the product, or, when there are words on the command line or in {@code bangwo8.command}, one command. */
@QuarkusMain
public final class Main {

    Main() {}

    public static void main(String... arguments) {
        List<String> words = CommandWords.of(arguments);
        if (words.isEmpty()) {
            Quarkus.run(CamelMainApplication.class);
            return;
        }
        // Before anything starts: help and wrong usage need neither settings nor a broker.
        OptionalInt ended =
                CommandTree.check(words, new PrintWriter(System.out, true), new PrintWriter(System.err, true));
        if (ended.isPresent()) {
            System.exit(ended.getAsInt());
        }
        CommandProcess.configure(words);
        Quarkus.run(CommandApplication.class, words.toArray(String[]::new));
    }
}
