package io.bangwo8stream.command;

import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.source.DateRange;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Some of a stream's states, by day of creation and id, for one transaction.
 *
 * @param states   by record id
 * @param position of the last one; empty where no more follow
 */
record StateCursor(Map<String, RecordState> states, Optional<String> position) {

    private static final int STATES = 1_000;

    /** Every day. */
    static final DateRange ALL = new DateRange(LocalDate.MIN, LocalDate.MAX);

    /**
     * The next wanted states of some days behind {@code after}, the position of those before; empty for the first ones.
     */
    static StateCursor next(EventStream stream, DateRange days, Optional<String> after, Predicate<RecordState> wanted) {
        LocalDate first = after.map(StateCursor::day).orElse(days.from());
        Map<String, RecordState> states = new LinkedHashMap<>();
        for (LocalDate day : stream.days(first, days.to())) {
            TreeMap<String, RecordState> ofDay = new TreeMap<>(stream.createdBetween(day, day, wanted));
            if (after.isPresent() && day.equals(first)) {
                ofDay.headMap(id(after.get()), true).clear();
            }
            for (Map.Entry<String, RecordState> state : ofDay.entrySet()) {
                states.put(state.getKey(), state.getValue());
                if (states.size() == STATES) {
                    return new StateCursor(states, Optional.of(day + "/" + state.getKey()));
                }
            }
        }
        return new StateCursor(states, Optional.empty());
    }

    private static LocalDate day(String position) {
        return LocalDate.parse(position.substring(0, position.indexOf('/')));
    }

    private static String id(String position) {
        return position.substring(position.indexOf('/') + 1);
    }
}
