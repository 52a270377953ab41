package io.bangwo8stream.health;

import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.ScanTimes;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.schedule.SourceNote;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Reports whether each source is led by a known instance, and those led here have lately been scanned well. */
@Readiness
@Singleton
class SourcesCheck implements HealthCheck {

    /** A scan of a second's interval may take longer than three intervals without any fault. */
    private static final Duration SHORTEST_LIMIT = Duration.ofMinutes(1);

    private final CamelContext context;
    private final SourceRegistry sources;
    private final Settings.Scanning scanning;
    private final boolean once;
    private final ScanTimes times;
    private final LeadershipCheck leaders;
    private final EventStreamRegistry streams;
    private final ScanScheduleRegistry schedules;

    SourcesCheck(
            CamelContext context,
            SourceRegistry sources,
            Settings settings,
            ScanMonitor monitor,
            LeadershipCheck leaders,
            EventStreamRegistry streams,
            ScanScheduleRegistry schedules) {
        this.context = context;
        this.sources = sources;
        this.scanning = settings.scanning();
        this.once = settings.once();
        this.times = monitor.times();
        this.leaders = leaders;
        this.streams = streams;
        this.schedules = schedules;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("sources are scanned").up();
        if (!context.isStarted()) {
            return response.down()
                    .withData("start", "the routes are being started")
                    .build();
        }
        // What another instance scans now has no recent time here, as it should.
        times.keep(source -> leaders.leads(source.stream()) || isInTurn(source));
        for (String name : sources.on()) {
            Readiness readiness = readiness(sources.get(name));
            response.withData(name, readiness.text());
            if (!readiness.good()) {
                response.down();
            }
        }
        return response.build();
    }

    private record Readiness(boolean good, String text) {}

    private Readiness readiness(Source source) {
        String stream = source.stream();
        Optional<String> leader = leaders.leaderOf(stream);
        if (leader.isEmpty()) {
            return new Readiness(false, leaders.whyUnled(stream));
        }
        if (!leaders.leads(stream)) {
            return new Readiness(true, "led by " + leader.get());
        }
        Optional<String> paused = SourceNote.PAUSED.since(streams.of(stream).notes(), source);
        if (paused.isPresent()) {
            return new Readiness(
                    true,
                    "paused by an operator since " + paused.get() + ", not scanned: the command resume --source "
                            + source.name() + " ends that");
        }
        return times.of(source)
                .map(status -> readiness(source, status))
                .orElseGet(() -> leaders.isKnown()
                        ? new Readiness(false, "its first scan is about to begin")
                        : new Readiness(true, "not scanned here; the cluster service does not say by whom"));
    }

    private Readiness readiness(Source source, ScanTimes.Status status) {
        Duration limit = limit(source);
        boolean lately = isWithin(limit, status.sinceSuccess());
        if (lately && !once && !streams.of(source.stream()).hasCommitted()) {
            return new Readiness(
                    false, "scanned, but no transaction is committed yet: the log says why, if that stays so");
        }
        if (lately) {
            return new Readiness(true, "scanned " + seconds(status.sinceSuccess()) + " ago" + incompleteDays(source));
        }
        String last = status.sinceSuccess().isEmpty()
                ? "not scanned completely yet"
                : "not scanned completely for " + seconds(status.sinceSuccess());
        if (status.failure().isPresent()) {
            return new Readiness(false, last + ": " + status.failure().get());
        }
        // A scan of many new records takes its time; as long as it commits pages, nothing is wrong.
        boolean longScan = status.sinceSuccess().isPresent() && isWithin(limit, status.sinceCommit());
        return new Readiness(longScan, last + "; a scan " + (status.inTurn() ? "is running" : "is due"));
    }

    /** What the API cannot send is no fault of this instance, but somebody has to know. */
    private String incompleteDays(Source source) {
        SortedSet<LocalDate> days = schedules.of(source).incompleteDays();
        if (days.isEmpty()) {
            return "";
        }
        String what = source.windowed()
                ? "incomplete days: " + days.size() + ", the last one " + days.last()
                : "its last scan was incomplete";
        return "; " + what + ": the log event scan-incomplete or endpoint-down says why, and later scans try again";
    }

    private Duration limit(Source source) {
        Duration interval = source.windowed() ? scanning.pollInterval() : scanning.sweepInterval();
        Duration limit = interval.multipliedBy(3);
        return limit.compareTo(SHORTEST_LIMIT) > 0 ? limit : SHORTEST_LIMIT;
    }

    private boolean isInTurn(Source source) {
        return times.of(source).filter(ScanTimes.Status::inTurn).isPresent();
    }

    private static boolean isWithin(Duration limit, Optional<Duration> age) {
        return age.isPresent() && age.get().compareTo(limit) <= 0;
    }

    private static String seconds(Optional<Duration> age) {
        return age.orElseThrow().toSeconds() + " s";
    }
}
