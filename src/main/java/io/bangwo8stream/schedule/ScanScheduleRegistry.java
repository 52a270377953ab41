package io.bangwo8stream.schedule;

import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.time.ClockWatch;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The schedules of all sources. */
@Singleton
public class ScanScheduleRegistry {

    private final SourceRegistry sources;
    private final EventStreamRegistry streams;
    private final Settings settings;
    private final ClockWatch clock;
    private final Map<String, ScanSchedule> schedules = new ConcurrentHashMap<>();

    public ScanScheduleRegistry(
            SourceRegistry sources, EventStreamRegistry streams, Settings settings, ClockWatch clock) {
        this.sources = sources;
        this.streams = streams;
        this.settings = settings;
        this.clock = clock;
    }

    public ScanSchedule of(Source source) {
        // A source whose route was replaced is another one, and begins with a sweep.
        return schedules.compute(
                source.name(),
                (name, known) ->
                        known != null && known.isOf(source) ? known : new ScanSchedule(source, settings, clock));
    }

    /** Makes the next sweep of {@code source} due now; without a source, those of all. */
    public void sweepSoon(Optional<Source> source) {
        source.ifPresentOrElse(
                one -> of(one).sweepSoon(),
                () -> sources.on().forEach(name -> of(sources.get(name)).sweepSoon()));
    }

    /** The days before the look-back that any source of {@code stream} still has to scan. */
    public Predicate<LocalDate> stillScanned(String stream) {
        EventStream events = streams.of(stream);
        SortedSet<LocalDate> pending = events.pendingDays();
        List<Source> ofStream = sources.on().stream()
                .map(sources::get)
                .filter(source -> source.stream().equals(stream))
                .toList();
        Map<Source, DaySet> ordered = ofStream.stream()
                .collect(Collectors.toMap(source -> source, source -> ScanOrder.daysLeft(events, source)));
        return day -> ofStream.stream()
                .anyMatch(source -> of(source).isStillScanned(day, events.scannedDays(source.name()), pending)
                        || ordered.get(source).contains(day));
    }
}
