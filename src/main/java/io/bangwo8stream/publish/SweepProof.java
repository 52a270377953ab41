package io.bangwo8stream.publish;

import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.scan.ScannedWindow;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What one sweep of one source has shown about records that its lists contained before. */
final class SweepProof {

    private final int number;
    private final LocalDate firstDay;
    private final LocalDate today;
    private final Set<String> lists = new HashSet<>();
    private final Map<String, Integer> missing = new HashMap<>();
    private final Set<String> listedElsewhere = new HashSet<>();
    private DaySet complete = DaySet.EMPTY;
    private int known;
    private boolean failed;
    private boolean ended;

    SweepProof(ScannedWindow first) {
        this.number = first.sweep();
        this.firstDay = first.firstDay();
        this.today = first.today();
    }

    /**
     * Takes a window.
     *
     * @param states the states of the records that the lists contained, of the days of the window, by id
     */
    void add(ScannedWindow window, Map<String, RecordState> states) {
        lists.addAll(window.names());
        failed |= !window.complete();
        if (window.complete()) {
            complete = complete.with(window.window().from(), window.window().to());
        }
        known += states.size();
        states.forEach((id, state) -> {
            if (!window.listed().contains(id)) {
                missing.put(id, state.day());
            }
        });
    }

    /** Takes sightings of records. One that is listed on another day than its own is not missing there. */
    void seen(Collection<String> ids, Function<String, RecordState> states, ScannedWindow window) {
        for (String id : ids) {
            missing.remove(id);
            RecordState state = window.source().windowed() ? states.apply(id) : null;
            if (state != null
                    && (state.day() < window.window().from().toEpochDay()
                            || state.day() > window.window().to().toEpochDay())) {
                listedElsewhere.add(id);
            }
        }
    }

    /** Whether the record is missing: it stands on no other day, and was listed nowhere since. */
    boolean isMissing(String id, RecordState state) {
        return state != null
                && missing.containsKey(id)
                && missing.get(id) == state.day()
                && !listedElsewhere.contains(id);
    }

    Set<String> missing() {
        return missing.keySet();
    }

    /** The names of the lists of the source. */
    Set<String> lists() {
        return lists;
    }

    /** The number of records that the sweep looked for. */
    int known() {
        return known;
    }

    /** Whether {@code window} belongs to the sweep. */
    boolean has(ScannedWindow window) {
        return number == window.sweep();
    }

    /** Whether {@code window} belongs to the sweep after this one, which has ended. */
    boolean isFollowedBy(ScannedWindow window) {
        return ended && number + 1 == window.sweep();
    }

    void end() {
        ended = true;
    }

    /** Whether every day of the look-back was scanned completely, and no other day failed. */
    boolean isComplete(boolean windowed) {
        return !failed && (!windowed || complete.newestMissing(firstDay, today).isEmpty());
    }
}
