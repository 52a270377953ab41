package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.CommandTopic;
import io.bangwo8stream.kafka.StatusTopic;
import io.bangwo8stream.kafka.TopicTail;
import io.bangwo8stream.text.FatalErrors;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.DaemonThread;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.quarkus.main.events.AfterStart;
import org.apache.camel.quarkus.main.events.BeforeStop;
import org.jboss.logging.Logger;

/**
 * Reads the commands of the tenant. Every instance remembers those that are not answered yet, so that each new leader
 * carries out what the one before has left.
 */
@Singleton
class CommandReceiver {

    private static final Logger LOG = Logger.getLogger(CommandReceiver.class);
    private static final long INTERVAL_MS = 500;
    private static final long SECONDS_AT_END = 5;

    private final Settings settings;
    private final CommandTopic topic;
    private final StatusTopic statuses;
    private final CommandDispatcher dispatcher;
    private final Map<String, Command> pending = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("commands"));
    private TopicTail tail;
    private String failure = "";

    CommandReceiver(Settings settings, CommandTopic topic, StatusTopic statuses, CommandDispatcher dispatcher) {
        this.settings = settings;
        this.topic = topic;
        this.statuses = statuses;
        this.dispatcher = dispatcher;
    }

    void start(@Observes AfterStart event) {
        // A single run ends before anybody has the answer.
        if (!settings.once()) {
            thread.scheduleWithFixedDelay(this::runReporting, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes BeforeStop event) {
        dispatcher.stop();
        thread.shutdown();
    }

    @PreDestroy
    void close() throws InterruptedException {
        dispatcher.stop();
        thread.shutdown();
        if (thread.awaitTermination(SECONDS_AT_END, TimeUnit.SECONDS)) {
            closeTail();
        }
    }

    private void runReporting() {
        try {
            run();
            failure = "";
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failed) {
            // A task that throws is never run again.
            FatalErrors.endProcessAfter(failed);
            closeTail();
            String reason = SafeText.named(failed);
            if (!reason.equals(failure)) {
                failure = reason;
                LOG.warnf("commands-unavailable reason=%s: tries again", reason);
            }
        }
    }

    /** Reads the new commands, and carries out those for streams that this instance leads. */
    void run() throws InterruptedException {
        // First: an instance that may not read the commands is ready all the same.
        dispatcher.begin();
        if (tail == null) {
            collectAnswered();
            tail = topic.commands();
        }
        tail.readToEnd().stream()
                .filter(entry -> settings.tenant().equals(entry.key()))
                .forEach(entry -> accept(entry.value()));
        for (Command command : new ArrayList<>(pending.values())) {
            if (dispatcher.isAnswered(command)) {
                pending.remove(command.id());
            }
        }
    }

    /** What was answered at some time is not carried out again, even if nothing else remembers it. */
    private void collectAnswered() {
        try (TopicTail written = statuses.statuses()) {
            Map<String, JsonNode> present = new HashMap<>();
            statuses.collect(written, present);
            present.forEach((name, answer) -> {
                if (name.startsWith(Answer.name("")) && Answer.isFinal(Answer.state(answer))) {
                    known.add(name.substring(Answer.name("").length()));
                }
            });
            dispatcher.forgetOld(present);
        }
    }

    private void accept(JsonNode value) {
        try {
            if (value == null) {
                throw new IllegalArgumentException("its value is no JSON");
            }
            Command command = Command.read(value);
            if (known.add(command.id())) {
                pending.put(command.id(), command);
            }
        } catch (IllegalArgumentException wrong) {
            LOG.warnf("command-ignored tenant=%s reason=%s", settings.tenant(), SafeText.of(wrong));
        }
    }

    /** The commands that wait for a leader of their streams, for tests. */
    List<String> pending() {
        return List.copyOf(pending.keySet());
    }

    private void closeTail() {
        if (tail != null) {
            tail.close();
            tail = null;
        }
    }
}
