package io.bangwo8stream.command;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventTopics;
import io.bangwo8stream.kafka.RefusedException;
import io.bangwo8stream.scan.LostStates;
import io.bangwo8stream.scan.RunningScans;
import io.bangwo8stream.scan.StateOrigin;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.schedule.SourceNote;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;

/**
 * {@code reset}: forgets what a source has published, and which days it has scanned, so that everything is published
 * anew. The ids of the last events stay, because no two events of a record share one; where the state is lost, they are
 * read from the topic of the events.
 */
@Singleton
class ResetHandler implements CommandHandler {

    private static final String RECORDS = "records";

    private final Settings settings;
    private final EventTopics topics;
    private final LostStates lost;
    private final ScanScheduleRegistry schedules;
    private final RunningScans scans;
    private final Clock clock;

    ResetHandler(
            Settings settings,
            EventTopics topics,
            LostStates lost,
            ScanScheduleRegistry schedules,
            RunningScans scans,
            Clock clock) {
        this.settings = settings;
        this.topics = topics;
        this.lost = lost;
        this.schedules = schedules;
        this.scans = scans;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "reset";
    }

    @Override
    public Answer next(Step step) {
        Source source = step.source().orElseThrow();
        // A day that is being scanned would count as scanned, although the states of its first pages are forgotten.
        scans.endTurns(Set.of(source.name()));
        try {
            boolean fromEvents =
                    step.position().isEmpty() ? lost.isLost(source) : EventCursor.isPosition(step.position());
            return fromEvents ? readIds(step, source) : forget(step, source);
        } catch (RefusedException missingRight) {
            return Answer.of(step.command(), Answer.State.FAILED, missingRight.getMessage());
        }
    }

    private Answer forget(Step step, Source source) {
        StateCursor states = StateCursor.next(step.stream(), StateCursor.ALL, step.position(), step::owns);
        states.states().forEach((id, state) -> step.batch().forget(id, state.chain()));
        long records = states.states().size() + step.counted(RECORDS);
        if (states.position().isPresent()) {
            return Answer.of(step.command(), Answer.State.RUNNING, "forgets the states")
                    .at(states.position().get())
                    .with(RECORDS, records);
        }
        step.stream().forgetScanned(source.name(), step.batch());
        SourceNote.TOPIC_EMPTY.store(step.batch(), source, null);
        return done(step, source).with(RECORDS, records);
    }

    /** The first event of a record would otherwise get the id of one that the topic contains. */
    private Answer readIds(Step step, Source source) {
        EventCursor events = EventCursor.next(topics, settings.tenant(), source, step.position());
        long records = step.counted(RECORDS)
                + events.newest().keySet().stream()
                        .filter(id -> !step.stream().knows(id))
                        .count();
        events.newest().forEach((id, event) -> step.batch().forget(id, event.chain()));
        if (events.position().isPresent()) {
            StateOrigin.READING.store(step.batch(), clock.instant());
            return Answer.of(step.command(), Answer.State.RUNNING, "reads the ids of the last events")
                    .at(events.position().get())
                    .with(RECORDS, records);
        }
        StateOrigin.RESET.store(step.batch(), clock.instant());
        return done(step, source).with(RECORDS, records);
    }

    private static Answer done(Step step, Source source) {
        return Answer.done(
                step.command(),
                "the states of " + source.name() + " are forgotten; the sweep that begins now publishes every"
                        + " record anew, and a backfill the days before the look-back since bangwo8.start-date");
    }

    @Override
    public void committed(Step step) {
        schedules.sweepSoon(step.source());
    }
}
