package io.bangwo8stream.command;

import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The commands, their options and their help. Written with picocli's programming model: its annotations would need
 * reflection, which a native image has only for registered classes.
 */
final class CommandTree {

    /** Exit codes: done, refused or failed, wrong usage. */
    static final int DONE = 0;

    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final int WIDTH = 100;

    private CommandTree() {}

    static CommandLine create() {
        CommandSpec root = CommandSpec.create().name("bangwo8-stream").addOption(help());
        root.usageMessage()
                .description(
                        "Without a command, publishes the changes of a Bangwo8 account to Kafka until it is stopped.")
                .footer("", "Exit codes: 0 done, 1 refused or failed, 2 wrong usage.");
        for (CommandSpec command : commands()) {
            root.addSubcommand(command.name(), command.addOption(help()).addOption(json()));
        }
        CommandLine line = new CommandLine(root);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setUsageHelpWidth(WIDTH);
        return line;
    }

    /** Parses {@code words}; the result has a subcommand. */
    static ParseResult parse(List<String> words) {
        return subcommand(create().parseArgs(words.toArray(String[]::new)));
    }

    private static ParseResult subcommand(ParseResult parsed) {
        if (!parsed.hasSubcommand()) {
            throw new ParameterException(parsed.commandSpec().commandLine(), "name a command");
        }
        return parsed.subcommand();
    }

    /** Prints help or what is wrong with the words; then the exit code, else nothing. */
    static OptionalInt check(List<String> words, PrintWriter out, PrintWriter err) {
        CommandLine line = create().setOut(out).setErr(err);
        try {
            ParseResult parsed = line.parseArgs(words.toArray(String[]::new));
            if (CommandLine.printHelpIfRequested(parsed)) {
                return OptionalInt.of(DONE);
            }
            checkDays(subcommand(parsed));
            return OptionalInt.empty();
        } catch (ParameterException wrong) {
            err.println(wrong.getMessage());
            err.println("Try: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return OptionalInt.of(WRONG_USAGE);
        }
    }

    private static void checkDays(ParseResult command) {
        String from = command.matchedOptionValue("--from", "");
        String to = command.matchedOptionValue("--to", from);
        if (from.compareTo(to) > 0) {
            throw new ParameterException(command.commandSpec().commandLine(), from + " is after " + to);
        }
    }

    private static List<CommandSpec> commands() {
        return List.of(
                command("status", "Shows what each source and each instance does.")
                        .addOption(flag("--watch", "Prints again every 2 seconds, until it is ended.")),
                command(
                        "check",
                        "Finds what would be wrong with a start: settings, routes, the login, topics and rights. Changes"
                                + " nothing."),
                command(
                                "plan",
                                "Counts what a backfill or a first run would list, request and take; publishes nothing.")
                        .addOption(day(
                                "--from", "The first day of creation; the start date or the look-back when left out."))
                        .addOption(day("--to", "The last day; today when it is left out."))
                        .addOption(source(false)),
                command("pause", "Stops the scans of a source, also after a restart, until it is resumed.")
                        .addOption(source(true)),
                command("resume", "Starts the scans of a paused source again.").addOption(source(true)),
                command("confirm-deletions", "Publishes the deletions of a mass disappearance, which are held back.")
                        .addOption(source(true)),
                command(
                                "scan",
                                "Scans days of a source now, beside the live scans; the whole look-back without --from.")
                        .addOption(source(true))
                        .addOption(day("--from", "The first day of creation, such as 2026-01-31."))
                        .addOption(day("--to", "The last day; today when it is left out.")),
                command("republish", "Publishes records again with their present content, for a topic that was lost.")
                        .addOption(source(true))
                        .addOption(ids())
                        .addOption(day("--from", "The first day of creation of the records."))
                        .addOption(day("--to", "The last day; today when it is left out."))
                        .addOption(flag("--all", "Publishes every record.")),
                command("reset", "Forgets what a source has published, and publishes everything anew.")
                        .addOption(source(true))
                        .addOption(OptionSpec.builder("--confirm")
                                .required(true)
                                .description("Every record of the source is published as if it were new.")
                                .build()),
                command(
                                "rebuild-state",
                                "Reads the state of a source back from the topic of its events, after the state topic was"
                                        + " lost.")
                        .addOption(source(true)),
                command("adopt-account", "Makes a new login of the same account the owner of the tenant's states."),
                command("redrive", "Tries records again that could not be published: all, those of a source, or some.")
                        .addOption(source(false))
                        .addOption(ids()));
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec command = CommandSpec.create().name(name);
        command.usageMessage().description(description);
        return command;
    }

    private static OptionSpec source(boolean required) {
        return OptionSpec.builder("--source")
                .type(String.class)
                .paramLabel("SOURCE")
                .required(required)
                .description("Name of the source, such as remote-records.")
                .build();
    }

    private static OptionSpec day(String name, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .converters(CommandTree::day)
                .paramLabel("DAY")
                .description(description)
                .build();
    }

    private static String day(String text) {
        try {
            return LocalDate.parse(text).toString();
        } catch (DateTimeException wrong) {
            throw new TypeConversionException("'" + text + "' is no day such as 2026-01-31");
        }
    }

    private static OptionSpec ids() {
        return OptionSpec.builder("--id")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1..*")
                .paramLabel("ID")
                .description("Ids of records, separated by spaces or commas.")
                .build();
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build();
    }

    private static OptionSpec json() {
        return flag("--json", "Prints JSON.");
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).description(description).build();
    }
}
