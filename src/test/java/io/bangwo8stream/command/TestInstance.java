package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.join.JoinSteps;
import io.bangwo8stream.join.TestJoins;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.EventTopics;
import io.bangwo8stream.kafka.StatusTopic;
import io.bangwo8stream.kafka.TestBroker;
import io.bangwo8stream.kafka.TopicTail;
import io.bangwo8stream.publish.HeldDeletions;
import io.bangwo8stream.publish.PagePublisher;
import io.bangwo8stream.publish.TestPublisher;
import io.bangwo8stream.record.SchemaValidator;
import io.bangwo8stream.scan.LostStates;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestScans;
import io.bangwo8stream.scan.TestSource;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What one instance of the product does with commands, on the topics of a test; two sources with streams of their own. */
final class TestInstance implements AutoCloseable {

    private static final RevisitPolicy POLICY = new RevisitPolicy(List.of(), Duration.ofSeconds(1), false);

    private final TestBroker broker;
    private final EventTopics topics;
    private final StatusTopic statuses;
    private final StatusWriter writer;
    final EventStreamRegistry streams;
    final Set<String> led = ConcurrentHashMap.newKeySet();
    final Set<String> endedTurns = ConcurrentHashMap.newKeySet();
    final CommandReceiver receiver;

    final CommandExecutor executor;
    private final SourceRegistry sources;
    private final ScanScheduleRegistry schedules;
    private final LostStates lost;
    private final TestClock clock;
    private final Settings settings;

    TestInstance(TestBroker broker, TestClock clock, List<CommandHandler> handlers) {
        this(broker, clock, broker.eventTopics(), instance -> handlers);
    }

    /** An instance that knows every command. */
    static TestInstance withAllHandlers(TestBroker broker, TestClock clock) {
        return withAllHandlers(broker, clock, broker.eventTopics());
    }

    /** The same, which reads events by {@code topics}. */
    static TestInstance withAllHandlers(TestBroker broker, TestClock clock, EventTopics topics) {
        return new TestInstance(
                broker,
                clock,
                topics,
                instance -> List.of(
                        new PauseHandlers.Pause(clock),
                        new PauseHandlers.Resume(),
                        new ConfirmDeletionsHandler(
                                new HeldDeletions(instance.streams, new SimpleMeterRegistry()), instance.schedules),
                        new ScanHandler(instance.schedules, clock),
                        new ResetHandler(
                                instance.settings,
                                instance.topics,
                                instance.lost,
                                instance.schedules,
                                instance.endedTurns::addAll,
                                clock),
                        new RebuildStateHandler(
                                instance.settings,
                                instance.sources,
                                instance.topics,
                                instance.lost,
                                POLICY,
                                instance.schedules,
                                clock),
                        new RepublishHandler(instance.schedules, clock),
                        new RedriveHandler(instance.schedules, clock)));
    }

    private TestInstance(
            TestBroker broker,
            TestClock clock,
            EventTopics topics,
            Function<TestInstance, List<CommandHandler>> handlers) {
        this.broker = broker;
        this.topics = topics;
        this.streams = broker.newInstance();
        this.clock = clock;
        this.settings = broker.settings("bangwo8.per-page", "2", "bangwo8.look-back", "3d");
        this.sources = sources(broker);
        this.schedules = new ScanScheduleRegistry(sources, streams, settings, clock.watch());
        this.lost = new LostStates(streams, topics, settings, clock);
        this.executor = new CommandExecutor(handlers.apply(this), clock.watch());
        this.statuses = broker.statusTopic();
        this.writer = new StatusWriter(statuses);
        led.addAll(Set.of("remote-records", "tickets"));
        CommandDispatcher dispatcher = new CommandDispatcher(
                sources,
                streams,
                led::contains,
                executor,
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
                            broker.settings().topic(name),
                            "joinRoute",
                            ""));
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

    /** Scans the source until nothing is due any more, and publishes what has changed. */
    Scan scan(TestScans.Api api) throws InterruptedException {
        return scan(api, Integer.MAX_VALUE);
    }

    /** The same, but the instance is killed after some pages with records. */
    Scan scan(TestScans.Api api, int pages) throws InterruptedException {
        JoinSteps joins = TestJoins.steps(streams, POLICY, clock.watch());
        PagePublisher publisher = TestPublisher.of(streams, POLICY, settings, clock);
        return new TestScans(api, sources, streams, schedules, lost, settings, clock)
                .turn(
                        "remote-records",
                        page -> {
                            joins.due(page);
                            publisher.publish(page);
                        },
                        pages);
    }

    /** Begins the first sweep. */
    void beginSweep() {
        schedules.of(source()).next(DaySet.EMPTY, List::of);
    }

    /** Whether the schedule starts another sweep of the source once the running one has ended. */
    boolean isSweepDue() {
        ScanSchedule schedule = schedules.of(source());
        int sweep = schedule.sweep();
        for (int windows = 0; windows < 20 && schedule.sweep() == sweep; windows++) {
            schedule.next(DaySet.EMPTY, List::of);
        }
        return schedule.sweep() > sweep;
    }

    Source source() {
        return sources.get("remote-records");
    }

    /** Reads and carries out what is in the topic, and waits until the answers are written. */
    void run() throws InterruptedException {
        receiver.run();
        writer.flushed();
    }

    /** The record of the command line {@code words}, sent now. */
    ObjectNode command(String id, String words) {
        CommandOptions options = new CommandOptions(CommandTree.parse(CommandWords.split(words)));
        ObjectNode command = CommandSender.command(id, options, clock.instant()).toJson();
        assertThat(SchemaValidator.errors("command", command)).isEmpty();
        return command;
    }

    /** Sends a command line, carries out what is in the topic, and returns the answer. */
    JsonNode send(String id, String words) throws InterruptedException {
        return send(command(id, words));
    }

    JsonNode send(ObjectNode command) throws InterruptedException {
        assertThat(SchemaValidator.errors("command", command)).isEmpty();
        broker.commandTopic().send(command);
        return runFor(command.path("id").asText());
    }

    /** Carries out what is in the topic, and returns the answer to one command. */
    JsonNode runFor(String id) throws InterruptedException {
        run();
        JsonNode answer = answer(id);
        assertThat(SchemaValidator.errors("status", answer)).as("%s", answer).isEmpty();
        return answer;
    }

    /** The answer to a command, or {@code null}. */
    JsonNode answer(String id) {
        return statuses().get("commands/" + id);
    }

    Map<String, JsonNode> statuses() {
        try (TopicTail written = statuses.statuses()) {
            Map<String, JsonNode> present = new HashMap<>();
            statuses.collect(written, present);
            return present;
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
