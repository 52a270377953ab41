package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.kafka.CommandTopic;
import io.bangwo8stream.kafka.StatusTopic;
import io.bangwo8stream.kafka.TopicTail;
import io.bangwo8stream.time.MonotonicTime;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Sends a command to the running product, and prints its answer. */
@Singleton
class CommandSender {

    private static final long INTERVAL_MS = 250;

    private final CommandTopic commands;
    private final StatusTopic statuses;
    private final Clock clock;
    private final MonotonicTime time;
    private final Duration patience;

    @Inject
    CommandSender(CommandTopic commands, StatusTopic statuses, Clock clock, MonotonicTime time) {
        this(commands, statuses, clock, time, Duration.ofSeconds(60));
    }

    /** @param patience how long the product may leave the command unanswered */
    CommandSender(CommandTopic commands, StatusTopic statuses, Clock clock, MonotonicTime time, Duration patience) {
        this.commands = commands;
        this.statuses = statuses;
        this.clock = clock;
        this.time = time;
        this.patience = patience;
    }

    int run(CommandOptions options, Output out) throws InterruptedException {
        Command command = command(UUID.randomUUID().toString(), options, clock.instant());
        try (TopicTail written = statuses.statuses()) {
            commands.send(command.toJson());
            return await(command, written, out);
        }
    }

    static Command command(String id, CommandOptions options, Instant now) {
        return new Command(
                id,
                options.command(),
                options.value("--source"),
                options.value("--from").map(LocalDate::parse),
                options.value("--to").map(LocalDate::parse),
                options.values("--id"),
                options.has("--all"),
                now.truncatedTo(ChronoUnit.MILLIS));
    }

    private int await(Command command, TopicTail written, Output out) throws InterruptedException {
        Duration deadline = time.now().plus(patience);
        Map<String, JsonNode> present = new HashMap<>();
        AnswerPrinter printer = new AnswerPrinter(out);
        while (true) {
            statuses.collect(written, present);
            JsonNode answer = present.get(Answer.name(command.id()));
            Answer.State state = answer == null ? Answer.State.ACCEPTED : Answer.state(answer);
            if (state != Answer.State.ACCEPTED) {
                printer.print(answer);
            }
            if (Answer.isFinal(state)) {
                return state == Answer.State.DONE ? CommandTree.DONE : CommandTree.FAILED;
            }
            if (state == Answer.State.ACCEPTED && time.now().compareTo(deadline) > 0) {
                out.error(unanswered(command, answer != null));
                return CommandTree.FAILED;
            }
            TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
        }
    }

    private String unanswered(Command command, boolean accepted) {
        return "No answer to the command " + command.id() + " for " + patience.toSeconds() + " s: "
                + (accepted ? "the leader has received it, but could not carry it out yet" : "no instance leads")
                + ". The command stays, and is carried out when an instance leads that can, within a day; the command"
                + " status shows the instances";
    }
}
