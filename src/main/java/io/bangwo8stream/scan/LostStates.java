package io.bangwo8stream.scan;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.EventTopics;
import io.bangwo8stream.kafka.PublishedEvent;
import io.bangwo8stream.kafka.RefusedException;
import io.bangwo8stream.kafka.StreamSnapshot;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.time.MonotonicTime;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jboss.logging.Logger;

/**
 * Holds back the sources of a stream that has no state although its topic contains its events: the state topic was lost or
 * renamed, and a scan would publish every record a second time, with ids that the topic contains.
 */
@Singleton
public class LostStates {

    private static final Logger LOG = Logger.getLogger(LostStates.class);
    private static final Duration BETWEEN_REPORTS = Duration.ofHours(1);

    private final EventStreamRegistry streams;
    private final BiPredicate<String, String> hasEvents;
    private final Settings settings;
    private final MonotonicTime clock;
    /** Streams that were checked, and whose events cannot appear without their state. */
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    private final Map<String, Duration> reported = new ConcurrentHashMap<>();

    @Inject
    public LostStates(EventStreamRegistry streams, EventTopics topics, Settings settings, MonotonicTime clock) {
        this(streams, topics::hasEvents, settings, clock);
    }

    /** @param hasEvents whether a topic contains events with a {@code ce_source} */
    LostStates(
            EventStreamRegistry streams,
            BiPredicate<String, String> hasEvents,
            Settings settings,
            MonotonicTime clock) {
        this.streams = streams;
        this.hasEvents = hasEvents;
        this.settings = settings;
        this.clock = clock;
    }

    /** Why nothing of {@code source} is scanned, and what to do; empty where it may be scanned. */
    Optional<String> refusal(Source source) {
        if (checked.contains(source.stream()) || mayScan(source)) {
            checked.add(source.stream());
            return Optional.empty();
        }
        StreamSnapshot state = streams.of(source.stream()).snapshot();
        boolean partly = StateOrigin.isBeingRead(state.notes());
        report(source, explanation(source, state));
        return Optional.of((partly
                        ? "its state is not read back completely: wait for the command, or run "
                        : "no state of its events: run ")
                + commands(source) + " (state-missing in the log says more)");
    }

    private boolean mayScan(Source source) {
        try {
            return !isLost(source);
        } catch (RefusedException missingRight) {
            LOG.warnf(
                    "state-unchecked source=%s topic=%s reason=%s: if the state topic was lost, every record is published"
                            + " again",
                    source.name(), source.topic(), missingRight.getMessage());
            return true;
        }
    }

    /**
     * Whether the stream of {@code source} has no state, or only a part of it, although its topic contains its events.
     *
     * @throws RefusedException when the right to read the topic is missing
     */
    public boolean isLost(Source source) {
        return isLost(source, streams.of(source.stream()).snapshot());
    }

    /**
     * Why nothing of {@code source} would be scanned with this state, and what to do; empty where it would be.
     *
     * @throws RefusedException as {@link #isLost}
     */
    public Optional<String> problem(Source source, StreamSnapshot state) {
        return isLost(source, state) ? Optional.of(explanation(source, state)) : Optional.empty();
    }

    private String explanation(Source source, StreamSnapshot state) {
        return StateOrigin.isBeingRead(state.notes()) ? unfinished(source) : lost(source);
    }

    private boolean isLost(Source source, StreamSnapshot state) {
        return StateOrigin.isBeingRead(state.notes())
                || state.hasNoState()
                        && !StateOrigin.isKnown(state.notes())
                        && hasEvents.test(source.topic(), PublishedEvent.source(settings.tenant(), source.stream()));
    }

    private String lost(Source source) {
        return "the topic " + source.topic() + " contains events of the source, but the state topic "
                + settings.topic("state")
                + " has no state of it: it was lost, created again or renamed. Nothing of the source is scanned. Set"
                + " bangwo8.topics.state to the topic with the states, or run " + commands(source)
                + "; the first one reads the state back from the topic, the second one publishes every record anew";
    }

    private static String unfinished(Source source) {
        return "a command reads the state back from the topic, and has not done so completely. Nothing of the source is"
                + " scanned. Wait for the command; where it has failed, run " + commands(source);
    }

    private static String commands(Source source) {
        return "rebuild-state --source " + source.name() + ", or reset --source " + source.name() + " --confirm";
    }

    private void report(Source source, String text) {
        Duration now = clock.now();
        Duration last = reported.get(source.name());
        if (last == null || now.minus(last).compareTo(BETWEEN_REPORTS) >= 0) {
            reported.put(source.name(), now);
            LOG.errorf("state-missing source=%s topic=%s: %s", source.name(), source.topic(), text);
        }
    }
}
