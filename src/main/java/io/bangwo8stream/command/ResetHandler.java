package io.bangwo8stream.command;

import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;

/**
 * {@code reset}: forgets what a source has published, and which days it has scanned, so that everything is published
 * anew. The ids of the last events stay, because no two events of a record share one.
 */
@Singleton
class ResetHandler implements CommandHandler {

    private final ScanScheduleRegistry schedules;

    ResetHandler(ScanScheduleRegistry schedules) {
        this.schedules = schedules;
    }

    @Override
    public String name() {
        return "reset";
    }

    @Override
    public Answer next(Step step) {
        Source source = step.source().orElseThrow();
        StateCursor states = StateCursor.next(step.stream(), StateCursor.ALL, step.position(), step::owns);
        states.states().forEach((id, state) -> step.batch().forget(id, state.chain()));
        long records = states.states().size() + step.counted("records");
        if (states.position().isPresent()) {
            return Answer.of(step.command(), Answer.State.RUNNING, "forgets the states")
                    .at(states.position().get())
                    .with("records", records);
        }
        step.stream().forgetScanned(source.name(), step.batch());
        return Answer.done(
                        step.command(),
                        "the states of " + source.name() + " are forgotten; the sweep that begins now publishes every"
                                + " record anew, and a backfill the days before the look-back since bangwo8.start-date")
                .with("records", records);
    }

    @Override
    public void committed(Step step) {
        schedules.sweepSoon(step.source());
    }
}
