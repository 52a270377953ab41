package io.bangwo8stream.command;

import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.schedule.ScanOrder;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.schedule.SourceNote;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code republish}: marks the states of records, and orders scans of their days. The transaction that publishes a record
 * again stores a state without the mark, so that it happens once, whoever leads then.
 */
@Singleton
class RepublishHandler implements CommandHandler {

    private static final String MARKED = "marked";

    private final ScanScheduleRegistry schedules;
    private final Clock clock;

    RepublishHandler(ScanScheduleRegistry schedules, Clock clock) {
        this.schedules = schedules;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "republish";
    }

    @Override
    public Answer next(Step step) {
        Source source = step.source().orElseThrow();
        Optional<String> problem = problem(step.command(), source);
        if (problem.isPresent()) {
            return Answer.refused(step.command(), problem.get());
        }
        return step.command().ids().isEmpty() ? days(step, source) : records(step, source);
    }

    private Optional<String> problem(Command command, Source source) {
        long choices = Stream.of(!command.ids().isEmpty(), command.from().isPresent(), command.all())
                .filter(chosen -> chosen)
                .count();
        return choices == 1
                ? ScanHandler.problem(command, source, schedules.of(source).today())
                : Optional.of("name the records with one of --id, --from and --all");
    }

    private Answer records(Step step, Source source) {
        List<String> unknown = step.command().ids().stream()
                .filter(id -> !isPublished(step, step.stream().state(id)))
                .toList();
        if (!unknown.isEmpty()) {
            return Answer.refused(
                    step.command(),
                    "no state of a published record of " + source.name() + " has the ids " + String.join(", ", unknown)
                            + ": name days with --from instead");
        }
        DaySet days = DaySet.EMPTY;
        for (String id : step.command().ids()) {
            RecordState state = step.stream().state(id);
            step.batch().storeState(id, state.toRepublish());
            LocalDate day = LocalDate.ofEpochDay(state.day());
            days = days.with(day, day);
        }
        Answer answer = order(step, source, days, step.command().ids().size());
        ScanOrder.ofSomeRecords(answer.json());
        return answer;
    }

    private Answer days(Step step, Source source) {
        DateRange days = range(step, source);
        StateCursor cursor = StateCursor.next(
                step.stream(),
                source.windowed() ? days : StateCursor.ALL,
                step.position(),
                state -> isPublished(step, state));
        cursor.states().forEach((id, state) -> step.batch().storeState(id, state.toRepublish()));
        long marked = cursor.states().size() + step.counted(MARKED);
        if (cursor.position().isPresent()) {
            return Answer.of(step.command(), Answer.State.RUNNING, "marks the records")
                    .at(cursor.position().get())
                    .with(MARKED, marked);
        }
        if (step.command().all()) {
            SourceNote.TOPIC_EMPTY.store(step.batch(), source, null);
        }
        return order(step, source, DaySet.EMPTY.with(days.from(), days.to()), marked);
    }

    /** The days of the command; with {@code --all}, every day that was ever scanned, or has a state. */
    private DateRange range(Step step, Source source) {
        ScanSchedule schedule = schedules.of(source);
        if (!step.command().all() || !source.windowed()) {
            return ScanHandler.days(step.command(), source, schedule);
        }
        LocalDate scanned = schedule.firstDay(step.stream().scannedDays(source.name()));
        LocalDate first = Stream.concat(Stream.of(scanned), step.stream().days().stream())
                .min(LocalDate::compareTo)
                .orElse(scanned);
        return new DateRange(first, schedule.today());
    }

    private static boolean isPublished(Step step, RecordState state) {
        return state != null && state.wasPublished() && step.owns(state);
    }

    private Answer order(Step step, Source source, DaySet days, long marked) {
        Answer answer = Answer.of(step.command(), Answer.State.RUNNING, "publishes " + marked + " records again")
                .with(MARKED, marked);
        LocalDate today = schedules.of(source).today();
        ScanOrder.place(answer.json(), source.windowed() ? days : DaySet.EMPTY.with(today, today), clock.instant());
        return answer;
    }

    @Override
    public void committed(Step step) {
        if (!step.source().orElseThrow().windowed()) {
            schedules.sweepSoon(step.source());
        }
    }
}
