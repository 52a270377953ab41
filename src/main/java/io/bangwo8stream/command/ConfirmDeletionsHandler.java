package io.bangwo8stream.command;

import io.bangwo8stream.publish.HeldDeletions;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;

/** {@code confirm-deletions}: the records of a mass disappearance are gone indeed. */
@Singleton
class ConfirmDeletionsHandler implements CommandHandler {

    private final HeldDeletions held;
    private final ScanScheduleRegistry schedules;

    ConfirmDeletionsHandler(HeldDeletions held, ScanScheduleRegistry schedules) {
        this.held = held;
        this.schedules = schedules;
    }

    @Override
    public String name() {
        return "confirm-deletions";
    }

    @Override
    public Answer next(Step step) {
        Source source = step.source().orElseThrow();
        int records = held.release(source, step.batch());
        return records == 0
                ? Answer.refused(
                        step.command(),
                        "no deletions of " + source.name() + " are held back; after the start of a leader this is known"
                                + " at the end of its first sweep")
                : Answer.done(step.command(), "the sweep that begins now publishes the deletions that are still due")
                        .with("records", records);
    }

    @Override
    public void committed(Step step) {
        schedules.sweepSoon(step.source());
    }
}
