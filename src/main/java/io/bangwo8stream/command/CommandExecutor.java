package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.command.CommandHandler.Step;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.time.ClockWatch;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Carries out commands on one stream, each once: the answer is a note of the stream, stored in the transactions that do
 * the work.
 */
@Singleton
class CommandExecutor {

    /** Commands that are older are not carried out: what they were meant for has passed. */
    static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** The note with the time since when the stream has a state. */
    private static final String BEGUN = "begun";

    private final List<CommandHandler> handlers;
    private final ClockWatch clock;

    CommandExecutor(@All List<CommandHandler> handlers, ClockWatch clock) {
        this.handlers = handlers;
        this.clock = clock;
    }

    Optional<CommandHandler> handler(String command) {
        return handlers.stream()
                .filter(handler -> handler.name().equals(command))
                .findFirst();
    }

    List<String> names() {
        return handlers.stream().map(CommandHandler::name).sorted().toList();
    }

    /**
     * Notes since when the stream has a state; earlier commands were meant for another one. Stores the same note again as
     * the first transaction of an instance, which shows that it can commit.
     */
    void begin(EventStream stream) throws InterruptedException {
        if (!stream.notes().containsKey(BEGUN) || !stream.hasCommitted()) {
            stream.commitBesideScans(() -> {
                WriteBatch batch = new WriteBatch();
                JsonNode known = stream.notes().get(BEGUN);
                batch.storeNote(
                        BEGUN,
                        known != null
                                ? known
                                : LenientJson.object().put("at", StatusWriter.text(clock.likelyInstant())));
                return batch;
            });
        }
    }

    /**
     * Carries out a command, or the rest of one that another leader has begun.
     *
     * @param source      of the command; empty for all sources of the stream
     * @param canContinue whether this instance may go on with another transaction
     * @return the answer so far
     */
    Answer carryOut(Command command, Optional<Source> source, EventStream stream, BooleanSupplier canContinue)
            throws InterruptedException {
        AtomicReference<Step> step = new AtomicReference<>();
        AtomicReference<Answer> answer = new AtomicReference<>();
        do {
            stream.commitBesideScans(() -> {
                Optional<JsonNode> before = Optional.ofNullable(stream.notes().get(Answer.name(command.id())));
                step.set(new Step(command, source, stream, new WriteBatch(), before));
                answer.set(answer(step.get()));
                return step.get().batch();
            });
        } while (answer.get().hasPosition() && canContinue.getAsBoolean());
        if (answer.get().isTaken() && !answer.get().hasPosition()) {
            handler(command.name()).ifPresent(handler -> handler.committed(step.get()));
        }
        return answer.get();
    }

    private Answer answer(Step step) {
        Optional<JsonNode> before = step.before();
        if (before.isPresent() && !before.get().has(Answer.POSITION)) {
            return new Answer(before.get().deepCopy());
        }
        Command command = step.command();
        if (before.isEmpty() && isExpired(command, step.stream())) {
            return Answer.of(
                    command,
                    Answer.State.EXPIRED,
                    "the command is older than a day, or than the state of the stream: send it again");
        }
        CommandHandler handler = handler(command.name()).orElse(null);
        Answer answer = handler != null
                ? handler.next(step)
                : Answer.refused(command, "the leader does not know this command, only " + names());
        step.batch().storeNote(Answer.name(command.id()), answer.json());
        forgetOld(step);
        return answer;
    }

    private boolean isExpired(Command command, EventStream stream) {
        Instant begun = time(stream.notes().get(BEGUN)).orElse(Instant.EPOCH);
        return command.at().isBefore(begun) || isOld(command.at(), LONGEST_WAIT);
    }

    private boolean isOld(Instant time, Duration limit) {
        return Duration.between(time, clock.likelyInstant()).compareTo(limit) > 0;
    }

    /** A command that is older than a day expires without its note, too. */
    private void forgetOld(Step step) {
        step.stream().notes().forEach((name, note) -> {
            boolean ended = name.startsWith(Answer.name("")) && Answer.isFinal(Answer.state(note));
            if (ended && isOld(time(note).orElse(Instant.EPOCH), LONGEST_WAIT.multipliedBy(2))) {
                step.batch().storeNote(name, null);
            }
        });
    }

    private static Optional<Instant> time(JsonNode note) {
        try {
            return Optional.ofNullable(note)
                    .map(json -> Instant.parse(json.path("at").asText()));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
