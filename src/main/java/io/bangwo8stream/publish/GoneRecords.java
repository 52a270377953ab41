package io.bangwo8stream.publish;

import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.scan.MissingRecords;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.ScannedWindow;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.time.ClockWatch;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Finds the records that are gone: those that are missing from all of their lists at the ends of two complete sweeps, at
 * least one {@code bangwo8.sweep-interval} apart. The first absence is stored; a sighting, an incomplete sweep or a jump
 * of the clock ends it.
 */
@Singleton
public class GoneRecords implements MissingRecords {

    private final SourceRegistry sources;
    private final EventStreamRegistry streams;
    private final GoneRecordPublisher publisher;
    private final HeldDeletions held;
    private final Settings settings;
    private final ClockWatch clock;
    private final Map<String, Absences> absences = new ConcurrentHashMap<>();
    private final AtomicInteger jumps = new AtomicInteger();

    GoneRecords(
            SourceRegistry sources,
            EventStreamRegistry streams,
            GoneRecordPublisher publisher,
            HeldDeletions held,
            Settings settings,
            ClockWatch clock) {
        this.sources = sources;
        this.streams = streams;
        this.publisher = publisher;
        this.held = held;
        this.settings = settings;
        this.clock = clock;
        clock.onJump(jumps::incrementAndGet);
    }

    @Override
    public void windowEnded(ScannedWindow window) throws InterruptedException {
        if (!settings.deletions()) {
            return;
        }
        Source source = window.source();
        Absences ofStream = absences.computeIfAbsent(source.stream(), this::absences);
        if (ofStream.clearAfter(jumps.get())) {
            // The times of the absences no longer say how long ago they began.
            endAbsences(source, state -> true);
        }
        Set<String> lists = ofStream.lists(source);
        if (ofStream.windowEnded(window)) {
            endAbsences(source, state -> Absences.isIn(state.presence(), lists));
        }
    }

    private Absences absences(String stream) {
        return new Absences(
                streams.of(stream),
                () -> sources.on().stream()
                        .map(sources::get)
                        .filter(source -> source.stream().equals(stream))
                        .toList());
    }

    private void endAbsences(Source source, Predicate<RecordState> which) throws InterruptedException {
        EventStream stream = streams.of(source.stream());
        stream.markMissing(
                stream.select(state -> isMissing(state) && which.test(state)).keySet(), 0);
    }

    private static boolean isMissing(RecordState state) {
        return state.presence().missingSince() != 0;
    }

    @Override
    public void sweepEnded(Scan scan) throws InterruptedException {
        if (!settings.deletions()) {
            return;
        }
        Source source = scan.source();
        Absences ofStream = absences.get(source.stream());
        Optional<Map<String, RecordState>> missing = clock.isTrusted() ? ofStream.sweepEnded(source) : Optional.empty();
        if (missing.isPresent()) {
            decide(scan, ofStream, missing.get());
        } else {
            endAbsences(source, state -> Absences.isIn(state.presence(), ofStream.lists(source)));
        }
    }

    private void decide(Scan scan, Absences ofStream, Map<String, RecordState> missing) throws InterruptedException {
        Source source = scan.source();
        int known = ofStream.known(source);
        long now = clock.instant().toEpochMilli();
        Map<String, RecordState> first = new HashMap<>(missing);
        first.values().removeIf(GoneRecords::isMissing);
        streams.of(source.stream()).markMissing(first.keySet(), now);
        Map<String, RecordState> again = new HashMap<>(missing);
        again.values().removeIf(state -> !isMissingFor(settings.scanning().sweepInterval(), state, now));
        if (source.lookUp().isPresent()) {
            publisher.lookUp(scan, again, known);
            forgetUnlisted(source, ofStream.lists(source), now);
        } else if (!held.holds(source, missing.size(), known)) {
            publisher.delete(scan, again.keySet());
        } else if (!again.isEmpty()) {
            scan.report().incomplete();
        }
    }

    private static boolean isMissingFor(Duration time, RecordState state, long now) {
        return isMissing(state) && now - state.presence().missingSince() >= time.toMillis();
    }

    /** No window tells when a record of these sources is too old: it is after the look-back, in no followed list. */
    private void forgetUnlisted(Source source, Set<String> lists, long now) throws InterruptedException {
        EventStream stream = streams.of(source.stream());
        Map<String, RecordState> unlisted = stream.select(state -> !Absences.isIn(state.presence(), lists));
        Duration lookBack = Duration.ofDays(settings.scanning().lookBackDays());
        Map<String, RecordState> old = new HashMap<>(unlisted);
        old.values().removeIf(state -> !isMissingFor(lookBack, state, now));
        stream.forget(old.keySet());
        unlisted.values().removeIf(GoneRecords::isMissing);
        stream.markMissing(unlisted.keySet(), now);
    }
}
