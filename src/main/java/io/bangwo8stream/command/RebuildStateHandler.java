package io.bangwo8stream.command;

import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventTopics;
import io.bangwo8stream.kafka.PublishedEvent;
import io.bangwo8stream.kafka.RefusedException;
import io.bangwo8stream.scan.LostStates;
import io.bangwo8stream.scan.StateFromEvent;
import io.bangwo8stream.scan.StateOrigin;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.text.SafeText;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * {@code rebuild-state}: reads the state of a stream back from the topic of its events, in the order of the topic, so that
 * a later event of a record replaces the state after an earlier one.
 */
@Singleton
class RebuildStateHandler implements CommandHandler {

    private static final Logger LOG = Logger.getLogger(RebuildStateHandler.class);

    private final Settings settings;
    private final SourceRegistry sources;
    private final EventTopics topics;
    private final LostStates lost;
    private final RevisitPolicy policy;
    private final ScanScheduleRegistry schedules;
    private final Clock clock;

    RebuildStateHandler(
            Settings settings,
            SourceRegistry sources,
            EventTopics topics,
            LostStates lost,
            RevisitPolicy policy,
            ScanScheduleRegistry schedules,
            Clock clock) {
        this.settings = settings;
        this.sources = sources;
        this.topics = topics;
        this.lost = lost;
        this.policy = policy;
        this.schedules = schedules;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "rebuild-state";
    }

    @Override
    public Answer next(Step step) {
        Source source = step.source().orElseThrow();
        try {
            if (step.position().isEmpty() && !lost.isLost(source)) {
                return Answer.refused(step.command(), refusal(step, source));
            }
            return read(step, source);
        } catch (RefusedException missingRight) {
            return Answer.of(step.command(), Answer.State.FAILED, missingRight.getMessage());
        }
    }

    private static String refusal(Step step, Source source) {
        return step.stream().snapshot().hasNoState()
                ? "the topic " + source.topic() + " contains no events of " + source.name() + ": nothing is needed"
                : source.name() + " has a state: nothing is needed; to publish everything anew, run reset --source "
                        + source.name() + " --confirm";
    }

    private Answer read(Step step, Source source) {
        EventCursor cursor = EventCursor.next(topics, settings.tenant(), source, step.position());
        StateFromEvent states =
                new StateFromEvent(owner(source), policy, schedules.of(source).today());
        long records = step.stream().size();
        for (PublishedEvent event : cursor.newest().values()) {
            boolean had = step.stream().state(event.key()) != null;
            boolean has = store(step, event, states);
            records += had == has ? 0 : has ? 1 : -1;
        }
        if (cursor.position().isPresent()) {
            StateOrigin.READING.store(step.batch(), clock.instant());
            return Answer.of(step.command(), Answer.State.RUNNING, "reads the topic " + source.topic())
                    .at(cursor.position().get())
                    .with("records", records);
        }
        StateOrigin.REBUILT.store(step.batch(), clock.instant());
        return Answer.done(
                        step.command(),
                        "the states of " + records + " records are read back from the topic " + source.topic()
                                + "; the scans that begin now fetch the records again, and publish what differs")
                .with("records", records);
    }

    /** Stores what follows from an event; returns whether the record has a state then. */
    private boolean store(Step step, PublishedEvent event, StateFromEvent states) {
        if (event.value() == null) {
            step.batch().forget(event.key(), event.chain());
            return false;
        }
        Optional<RecordState> state = states.read(event, clock.millis());
        if (state.isEmpty()) {
            LOG.warnf("unreadable-event key=%s: its record is published anew", SafeText.of(event.key()));
            step.batch().forget(event.key(), event.chain());
            return false;
        }
        step.batch().storeState(event.key(), state.get());
        return true;
    }

    /** No event names the source of a stream that published it: mostly the one that the stream is called after. */
    private Source owner(Source source) {
        return sources.on().contains(source.stream()) ? sources.get(source.stream()) : source;
    }

    @Override
    public void committed(Step step) {
        schedules.sweepSoon(step.source());
    }
}
