package io.bangwo8stream.command;

import io.bangwo8stream.text.SafeText;
import io.quarkus.arc.All;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Runs one command in a process that has started without the service. */
@Singleton
public class CommandApplication implements QuarkusApplication {

    private final List<Action> actions;
    private final CommandSender sender;

    CommandApplication(@All List<Action> actions, CommandSender sender) {
        this.actions = actions;
        this.sender = sender;
    }

    @Override
    public int run(String... words) {
        CommandOptions options = new CommandOptions(CommandTree.parse(List.of(words)));
        Output out = new Output(System.out, options.has("--json"));
        try {
            Optional<Action> own = action(options.command());
            return own.isPresent() ? own.get().run(options, out) : sender.run(options, out);
        } catch (Exception failed) {
            System.err.println(message(failed));
            return CommandTree.FAILED;
        }
    }

    /** A command without an action of its own is carried out by the running product. */
    private Optional<Action> action(String name) {
        return actions.stream().filter(action -> action.name().equals(name)).findFirst();
    }

    /** Settings are reported in one line each; anything else in one line. */
    private static String message(Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigurationException || cause instanceof DeploymentException) {
                return cause.getMessage();
            }
        }
        return SafeText.of(failed);
    }
}
