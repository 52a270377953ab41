package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.StatusTopic;
import io.bangwo8stream.kafka.TestBroker;
import io.bangwo8stream.kafka.TopicTail;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What one instance of the product does with commands, on the topics of a test; two sources with streams of their own. */
final class TestInstance implements AutoCloseable {

    private final TestBroker broker;
    private final StatusTopic statuses;
    private final StatusWriter writer;
    final EventStreamRegistry streams;
    final Set<String> led = ConcurrentHashMap.newKeySet();
    final CommandReceiver receiver;

    TestInstance(TestBroker broker, TestClock clock, List<CommandHandler> handlers) {
        this(broker, clock, broker.newInstance(), handlers);
    }

    TestInstance(TestBroker broker, TestClock clock, EventStreamRegistry streams, List<CommandHandler> handlers) {
        this.broker = broker;
        this.streams = streams;
        this.statuses = broker.statusTopic();
        this.writer = new StatusWriter(statuses);
        led.addAll(Set.of("remote-records", "tickets"));
        CommandDispatcher dispatcher = new CommandDispatcher(
                sources(broker),
                streams,
                led::contains,
                new CommandExecutor(handlers, clock),
                writer,
                new Instance("instance-" + System.identityHashCode(this), "0"),
                clock);
        receiver = new CommandReceiver(broker.settings(), broker.commandTopic(), statuses, dispatcher);
    }

    /** The sources of each instance. */
    static SourceRegistry sources(TestBroker broker) {
        Map<String, Source> sources = new TreeMap<>();
        for (String name : List.of("remote-records", "tickets")) {
            sources.put(
                    name,
                    TestSource.with(
                            "source",
                            name,
                            "stream",
                            name,
                            "topic",
                            broker.settings().topic(name)));
        }
        return new SourceRegistry(null, null, broker.settings()) {
            @Override
            public Set<String> on() {
                return sources.keySet();
            }

            @Override
            public Source get(String name) {
                return sources.get(name);
            }
        };
    }

    EventStream stream() {
        return streams.of("remote-records");
    }

    Source source() {
        return sources(broker).get("remote-records");
    }

    /** Reads and carries out what is in the topic, and waits until the answers are written. */
    void run() throws InterruptedException {
        receiver.run();
        writer.flushed();
    }

    /** The answer to a command, or {@code null}. */
    JsonNode answer(String id) {
        try (TopicTail written = statuses.statuses()) {
            Map<String, JsonNode> present = new HashMap<>();
            statuses.collect(written, present);
            return present.get("commands/" + id);
        }
    }

    @Override
    public void close() {
        try {
            receiver.close();
            writer.close();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
