package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.FencedException;
import io.bangwo8stream.kafka.StreamUnavailableException;
import io.bangwo8stream.schedule.ScanOrder;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.text.NearestName;
import io.bangwo8stream.text.SafeText;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Carries out commands on the streams that they concern, where this instance leads them, and writes the answers. */
@Singleton
class CommandDispatcher {

    private static final Logger LOG = Logger.getLogger(CommandDispatcher.class);

    /** How long a status that nobody renews stays in its topic. */
    private static final Duration STATUSES_KEPT = Duration.ofDays(7);

    private final SourceRegistry sources;
    private final EventStreamRegistry streams;
    private final LeadershipCheck leads;
    private final CommandExecutor executor;
    private final StatusWriter writer;
    private final Instance instance;
    private final Clock clock;
    /** Commands whose work goes on in scans, with the answer that was written last. */
    private final Map<String, JsonNode> running = new HashMap<>();

    private volatile boolean stopping;

    CommandDispatcher(
            SourceRegistry sources,
            EventStreamRegistry streams,
            LeadershipCheck leads,
            CommandExecutor executor,
            StatusWriter writer,
            Instance instance,
            Clock clock) {
        this.sources = sources;
        this.streams = streams;
        this.leads = leads;
        this.executor = executor;
        this.writer = writer;
        this.instance = instance;
        this.clock = clock;
    }

    void stop() {
        stopping = true;
    }

    /** Notes for each stream that is led here since when it has a state. */
    void begin() throws InterruptedException {
        for (String stream : streamsOf(sources.on())) {
            if (mayWrite(stream)) {
                executor.begin(streams.of(stream));
            } else {
                running.clear();
            }
        }
    }

    private SortedSet<String> streamsOf(Set<String> names) {
        return names.stream().map(name -> sources.get(name).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean mayWrite(String stream) {
        return !stopping && leads.leads(stream);
    }

    /** Carries out a command, if this instance leads its streams; returns whether its last answer is written. */
    boolean isAnswered(Command command) throws InterruptedException {
        Optional<Source> source =
                command.source().filter(sources.on()::contains).map(sources::get);
        Set<String> concerned = source.map(Source::stream).map(Set::of).orElseGet(() -> streamsOf(sources.on()));
        if (concerned.isEmpty() || !concerned.stream().allMatch(this::mayWrite)) {
            return false;
        }
        Optional<Answer> refusal = refusal(command, source);
        if (refusal.isPresent()) {
            write(refusal.get());
            return true;
        }
        return isAnswered(command, source, concerned);
    }

    private boolean isAnswered(Command command, Optional<Source> source, Set<String> concerned)
            throws InterruptedException {
        try {
            return carryOut(command, source, concerned);
        } catch (FencedException | StreamUnavailableException later) {
            throw later;
        } catch (RuntimeException failed) {
            // Otherwise it would fail again and again, and hold up the commands behind it.
            write(Answer.of(command, Answer.State.FAILED, SafeText.named(failed)));
            return true;
        }
    }

    private boolean carryOut(Command command, Optional<Source> source, Set<String> concerned)
            throws InterruptedException {
        Answer answer = null;
        for (String name : concerned) {
            EventStream stream = streams.of(name);
            JsonNode note = stream.notes().get(Answer.name(command.id()));
            if (note != null && running.containsKey(command.id()) && !Answer.isFinal(Answer.state(note))) {
                writeProgress(command, note);
                return false;
            }
            if (answer == null) {
                write(Answer.of(command, Answer.State.ACCEPTED, "the leader carries the command out"));
            }
            Answer ofStream = executor.carryOut(command, source, stream, () -> mayWrite(name));
            answer = answer == null ? ofStream : answer.and(ofStream);
        }
        write(answer);
        if (!answer.isFinal() && !answer.hasPosition()) {
            running.put(command.id(), answer.json());
        }
        return answer.isFinal();
    }

    private void writeProgress(Command command, JsonNode note) {
        if (!note.equals(running.put(command.id(), note))) {
            write(new Answer(note.deepCopy()));
        }
    }

    /** Why no stream is asked: the command, or its source, is unknown. */
    private Optional<Answer> refusal(Command command, Optional<Source> source) {
        Optional<CommandHandler> handler = executor.handler(command.name());
        if (handler.isEmpty()) {
            return Optional.of(Answer.refused(
                    command, "the leader does not know this command, only " + String.join(", ", executor.names())));
        }
        if (command.source().isEmpty() && !handler.get().concernsAllSources()) {
            return Optional.of(Answer.refused(command, "name a source: " + String.join(", ", sources.on())));
        }
        if (command.source().isPresent() && source.isEmpty()) {
            String name = command.source().get();
            return Optional.of(Answer.refused(
                    command,
                    "no source that is on has the name '" + SafeText.of(name) + "'"
                            + NearestName.of(name, sources.on())
                                    .map(near -> ": is it " + near + "?")
                                    .orElse("")));
        }
        return Optional.empty();
    }

    /** Writes an answer, without what only the product needs. */
    void write(Answer answer) {
        ObjectNode status = answer.json().deepCopy();
        status.remove(Answer.POSITION);
        ScanOrder.removeFrom(status);
        status.put("leader", instance.member()).put("writtenAt", StatusWriter.text(clock.instant()));
        if (answer.isFinal()) {
            LOG.infof(
                    "command-answered command=%s source=%s id=%s state=%s: %s",
                    SafeText.of(status.path("command").asText()),
                    SafeText.of(status.path("source").asText("all")),
                    status.path("id").asText(),
                    answer.state(),
                    SafeText.of(status.path("message").asText()));
        }
        writer.write(Answer.name(status.path("id").asText()), status);
    }

    /** Removes old answers, and the statuses of killed instances and of sources that do not run any more. */
    void forgetOld(Map<String, JsonNode> statuses) {
        statuses.forEach((name, status) -> {
            if (!sources.on().contains(name) && isOld(status.path("writtenAt").asText())) {
                writer.remove(name);
            }
        });
    }

    private boolean isOld(String time) {
        try {
            return Duration.between(Instant.parse(time), clock.instant()).compareTo(STATUSES_KEPT) > 0;
        } catch (DateTimeException unreadable) {
            return true;
        }
    }
}
