package io.bangwo8stream.health;

import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.source.Source;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Reports whether the scans of this instance make progress; an instance that leads nothing is healthy too. */
@Singleton
class ScanHealth {

    /** Longer than a page takes when each of its calls is retried to the end. */
    private static final Duration STALL_LIMIT = Duration.ofHours(1);

    private final Settings.Scanning scanning;
    private final ScanMonitor monitor;
    private final LeadershipCheck leads;
    private final Clock clock;

    ScanHealth(Settings settings, ScanMonitor monitor, LeadershipCheck leads, Clock clock) {
        this.scanning = settings.scanning();
        this.monitor = monitor;
        this.leads = leads;
        this.clock = clock;
    }

    /** Not ready when no scan has succeeded for three intervals or 5 minutes, whichever is longer. */
    @Readiness
    @Produces
    HealthCheck recent() {
        return () -> check(
                "the last scan is recent",
                monitor::lastSuccess,
                source -> longer(
                        Duration.ofMinutes(5),
                        (source.windowed() ? scanning.pollInterval() : scanning.sweepInterval()).multipliedBy(3)));
    }

    /** Not alive when nothing has happened for so long that only a restart can help. */
    @Liveness
    @Produces
    HealthCheck moving() {
        return () -> check(
                "scans make progress", monitor::lastProgress, source -> STALL_LIMIT.plus(scanning.sweepInterval()));
    }

    private HealthCheckResponse check(
            String name, Supplier<Map<Source, Instant>> times, Function<Source, Duration> longest) {
        // What another instance scans now makes no progress here, as it should.
        monitor.keepTimes(source -> leads.leads(source.stream()));
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).up();
        times.get().forEach((source, time) -> {
            Duration age = Duration.between(time, clock.instant());
            response.withData(source.name(), age.toSeconds() + " s ago");
            if (age.compareTo(longest.apply(source)) > 0) {
                response.down();
            }
        });
        return response.build();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
