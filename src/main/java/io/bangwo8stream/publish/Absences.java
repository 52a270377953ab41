package io.bangwo8stream.publish;

import io.bangwo8stream.change.Presence;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.scan.ScannedWindow;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.source.Source;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds the records of one stream that none of their lists contains any more; used by one turn at a time. */
final class Absences {

    private final EventStream stream;
    private final Supplier<List<Source>> sources;
    private final Map<String, SweepProof> sweeps = new HashMap<>();
    private final Map<String, Set<String>> missingFrom = new HashMap<>();
    private int jumps;

    /** @param sources the sources of the stream that are on */
    Absences(EventStream stream, Supplier<List<Source>> sources) {
        this.stream = stream;
        this.sources = sources;
    }

    /**
     * Takes what the scan of a window has shown.
     *
     * @return whether it belongs to a new sweep, and the one before did not end
     */
    boolean windowEnded(ScannedWindow window) {
        Source source = window.source();
        SweepProof last = sweeps.get(source.name());
        boolean interrupted = false;
        if (window.mode() == ScanMode.SWEEP && (last == null || !last.has(window))) {
            interrupted = last != null && !last.isFollowedBy(window);
            sweeps.put(source.name(), new SweepProof(window));
        }
        missingFrom.keySet().removeAll(window.listed());
        sweeps.values().forEach(sweep -> sweep.seen(window.listed(), stream::state, window));
        if (window.mode() == ScanMode.SWEEP) {
            sweeps.get(source.name()).add(window, expected(window));
        }
        return interrupted;
    }

    /** The records that the lists of the window contained, all of which it has read to the end. */
    private Map<String, RecordState> expected(ScannedWindow window) {
        if (window.proved().isEmpty()
                || window.source().windowed() && !window.source().expires()) {
            // Where the day of creation is unknown, a record may stand in any window.
            return Map.of();
        }
        return window.source().windowed()
                ? stream.createdBetween(
                        window.window().from(), window.window().to(), state -> isExpected(state.presence(), window))
                : stream.select(state -> isExpected(state.presence(), window));
    }

    private static boolean isExpected(Presence presence, ScannedWindow window) {
        return isIn(presence, window.names())
                && presence.lists().stream().filter(window.names()::contains).allMatch(window.proved()::contains);
    }

    static boolean isIn(Presence presence, Set<String> lists) {
        return !Collections.disjoint(presence.lists(), lists);
    }

    /**
     * Takes the end of a sweep.
     *
     * @return the ids of the records that are missing from all of their lists that are followed, with their states; empty
     *         when the sweep was incomplete and shows nothing
     */
    Optional<Map<String, RecordState>> sweepEnded(Source source) {
        SweepProof sweep = sweeps.get(source.name());
        if (sweep == null || !sweep.isComplete(source.windowed())) {
            missingFrom.values().forEach(proofs -> proofs.remove(source.name()));
            return Optional.empty();
        }
        sweep.end();
        Map<String, RecordState> absent = new HashMap<>();
        for (String id : sweep.missing()) {
            RecordState state = stream.state(id);
            if (sweep.isMissing(id, state)) {
                missingFrom.computeIfAbsent(id, any -> new HashSet<>()).add(source.name());
                if (provesAbsence(source, state.presence())
                        && sources.get().stream().allMatch(other -> isMissingFrom(other, id, state.presence()))) {
                    absent.put(id, state);
                    missingFrom.remove(id);
                }
            }
        }
        return Optional.of(absent);
    }

    /**
     * Whether the lists that are followed show that a record with this presence does not exist: one of them is a list of all
     * records, or they are all that ever contained it. A list that settings or routes have left out may contain it still.
     * What is looked up needs no such proof.
     */
    private boolean provesAbsence(Source source, Presence presence) {
        if (source.lookUp().isPresent()) {
            return true;
        }
        Set<String> followed = new HashSet<>();
        for (Source other : sources.get()) {
            Set<String> ofOther = lists(other);
            if (other.list().listIds().isEmpty() && isIn(presence, ofOther)) {
                return true;
            }
            followed.addAll(ofOther);
        }
        return followed.containsAll(presence.lists());
    }

    /** Only lists that are still followed count; before its first sweep, those that a source may follow. */
    private boolean isMissingFrom(Source source, String id, Presence presence) {
        SweepProof sweep = sweeps.get(source.name());
        boolean follows = sweep != null
                ? isIn(presence, sweep.lists())
                : presence.lists().stream().anyMatch(source.list()::mayHave);
        return !follows || missingFrom.get(id).contains(source.name());
    }

    /** The names of the lists that the last sweep of the source followed. */
    Set<String> lists(Source source) {
        SweepProof sweep = sweeps.get(source.name());
        return sweep == null ? Set.of() : sweep.lists();
    }

    /** The number of records that the last sweep of the source looked for. */
    int known(Source source) {
        return sweeps.get(source.name()).known();
    }

    /**
     * Forgets what the sweeps have shown so far, when the clock has jumped since.
     *
     * @param number how often the clock has jumped so far
     */
    boolean clearAfter(int number) {
        boolean jumped = number != jumps;
        jumps = number;
        if (jumped) {
            sweeps.clear();
            missingFrom.clear();
        }
        return jumped;
    }
}
