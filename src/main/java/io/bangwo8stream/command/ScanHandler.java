package io.bangwo8stream.command;

import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.schedule.ScanOrder;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.source.DateRange;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;

/** {@code scan}: a backfill of some days now, or of the look-back; of a source without days, its whole list. */
@Singleton
class ScanHandler implements CommandHandler {

    private final ScanScheduleRegistry schedules;
    private final Clock clock;

    ScanHandler(ScanScheduleRegistry schedules, Clock clock) {
        this.schedules = schedules;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public Answer next(Step step) {
        Source source = step.source().orElseThrow();
        ScanSchedule schedule = schedules.of(source);
        Optional<String> problem = problem(step.command(), source, schedule.today());
        if (problem.isPresent()) {
            return Answer.refused(step.command(), problem.get());
        }
        Answer answer = Answer.of(step.command(), Answer.State.RUNNING, "the scan begins");
        DateRange days = days(step.command(), source, schedule);
        ScanOrder.place(answer.json(), DaySet.EMPTY.with(days.from(), days.to()), clock.instant());
        return answer;
    }

    /** What is wrong with the days of a command. */
    static Optional<String> problem(Command command, Source source, LocalDate today) {
        if (!source.windowed() && (command.from().isPresent() || command.to().isPresent())) {
            return Optional.of("the list of " + source.name() + " has no days: leave --from and --to out");
        }
        if (command.to().isPresent() && command.from().isEmpty()) {
            return Optional.of("--to needs --from, the first day");
        }
        return command.from()
                .filter(first -> first.isAfter(today))
                .map(first -> first + " is after today, " + today + " at the vendor");
    }

    /** The days of a command, up to today; without any, the look-back. */
    static DateRange days(Command command, Source source, ScanSchedule schedule) {
        LocalDate today = schedule.today();
        if (!source.windowed()) {
            return new DateRange(today, today);
        }
        LocalDate last = command.to().filter(day -> day.isBefore(today)).orElse(today);
        return new DateRange(command.from().orElse(schedule.firstDayOfLookBack()), last);
    }

    @Override
    public void committed(Step step) {
        if (!step.source().orElseThrow().windowed()) {
            schedules.sweepSoon(step.source());
        }
    }
}
