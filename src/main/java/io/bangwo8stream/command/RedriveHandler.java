package io.bangwo8stream.command;

import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code redrive}: records that could not be published are due now, and the next sweep, which begins at once, tries again. */
@Singleton
class RedriveHandler implements CommandHandler {

    private final ScanScheduleRegistry schedules;
    private final Clock clock;

    RedriveHandler(ScanScheduleRegistry schedules, Clock clock) {
        this.schedules = schedules;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "redrive";
    }

    @Override
    public boolean concernsAllSources() {
        return true;
    }

    @Override
    public Answer next(Step step) {
        StateCursor failed = failed(step);
        long now = clock.millis();
        failed.states().forEach((id, state) -> step.batch().storeState(id, state.dueBy(now)));
        long records = failed.states().size() + step.counted("records");
        Answer answer = failed.position().isPresent()
                ? Answer.of(step.command(), Answer.State.RUNNING, "looks for more records")
                        .at(failed.position().get())
                : Answer.done(
                        step.command(),
                        records == 0
                                ? "no such record could not be published; records that wait for an endpoint are fetched now"
                                : "the records are due, and the sweep that begins now fetches them");
        return answer.with("records", records);
    }

    private static StateCursor failed(Step step) {
        if (step.command().ids().isEmpty()) {
            return StateCursor.next(step.stream(), StateCursor.ALL, step.position(), state -> isFailed(step, state));
        }
        Map<String, RecordState> states = new TreeMap<>();
        for (String id : step.command().ids()) {
            RecordState state = step.stream().state(id);
            if (state != null && isFailed(step, state)) {
                states.put(id, state);
            }
        }
        return new StateCursor(states, Optional.empty());
    }

    /** A row without an id is tried again only when its content changes, because nothing else identifies it. */
    private static boolean isFailed(Step step, RecordState state) {
        return state.failures() > 0 && state.dueAt() != 0 && step.owns(state);
    }

    @Override
    public void committed(Step step) {
        schedules.sweepSoon(step.source());
    }
}
