package io.bangwo8stream.health;

import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.publish.HeldDeletions;
import io.bangwo8stream.publish.PublishMeters;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.ScanTimes;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.source.RoutesApplied;
import io.bangwo8stream.source.SourceRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.camel.quarkus.main.events.AfterStart;

/** Reports, when metrics are read, how fresh and complete what is published is, and which streams this instance leads. */
@Singleton
class SourceMeters {

    private final SourceRegistry sources;
    private final ScanMonitor monitor;
    private final PublishMeters published;
    private final HeldDeletions deletions;
    private final EventStreamRegistry streams;
    private final ScanTimes times;
    private final ScanScheduleRegistry schedules;
    private final LeadershipCheck leaders;
    private final MeterRegistry meters;
    private final Clock clock;

    SourceMeters(
            SourceRegistry sources,
            ScanMonitor monitor,
            PublishMeters published,
            HeldDeletions deletions,
            EventStreamRegistry streams,
            ScanScheduleRegistry schedules,
            LeadershipCheck leaders,
            MeterRegistry meters,
            Clock clock) {
        this.sources = sources;
        this.monitor = monitor;
        this.published = published;
        this.deletions = deletions;
        this.streams = streams;
        this.times = monitor.times();
        this.schedules = schedules;
        this.leaders = leaders;
        this.meters = meters;
        this.clock = clock;
    }

    void register(@Observes AfterStart event) {
        register();
    }

    /** Also for sources that a change of the routes has added; what is registered already stays. */
    void register(@Observes RoutesApplied event) {
        register();
    }

    private void register() {
        for (String name : sources.on()) {
            String stream = sources.get(name).stream();
            gauge("bangwo8.freshness", "source", name, self -> self.seconds(name, ScanTimes.Status::completeFor));
            gauge("bangwo8.last.success.timestamp", "source", name, self -> self.lastSuccess(name));
            gauge("bangwo8.incomplete.days", "source", name, self -> self.incompleteDays(name));
            gauge("bangwo8.leader", "stream", stream, self -> self.leaders.leads(stream) ? 1 : 0);
            monitor.register(name);
            published.register(name);
            deletions.register(name);
            streams.register(stream);
        }
    }

    private void gauge(String name, String tag, String value, ToDoubleFunction<SourceMeters> function) {
        boolean isTime = name.equals("bangwo8.freshness") || name.endsWith(".timestamp");
        Gauge.builder(name, this, function)
                .tag(tag, value)
                .baseUnit(isTime ? "seconds" : null)
                .register(meters);
    }

    /** Not a number where another instance leads, or nothing has been scanned completely yet. */
    private double seconds(String name, Function<ScanTimes.Status, Optional<Duration>> age) {
        times.keep(known -> leaders.leads(known.stream())
                || times.of(known).filter(ScanTimes.Status::inTurn).isPresent());
        return Optional.of(name)
                .filter(sources.on()::contains)
                .map(sources::get)
                .flatMap(times::of)
                .flatMap(age)
                .map(duration -> duration.toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    /** Not a number where another instance leads: what a former leader knew may be complete by now. */
    private double incompleteDays(String name) {
        return Optional.of(name)
                .filter(sources.on()::contains)
                .map(sources::get)
                .filter(source -> leaders.leads(source.stream()))
                .map(source -> (double) schedules.of(source).incompleteDays().size())
                .orElse(Double.NaN);
    }

    private double lastSuccess(String name) {
        return clock.millis() / 1000.0 - seconds(name, ScanTimes.Status::sinceSuccess);
    }
}
