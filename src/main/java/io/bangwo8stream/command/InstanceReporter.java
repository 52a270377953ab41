package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.source.RouteFiles;
import io.bangwo8stream.source.SourceRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.camel.quarkus.main.events.AfterStart;
import org.apache.camel.quarkus.main.events.BeforeStop;

/** Writes which streams this instance leads, at each change and every 30 s, and removes that when the process ends. */
@Singleton
class InstanceReporter {

    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final long CHECK_MS = 1_000;

    private final Settings settings;
    private final Instance instance;
    private final RouteFiles files;
    private final SourceRegistry sources;
    private final LeadershipCheck leads;
    private final StatusWriter writer;
    private final Clock clock;
    private Instant startedAt;
    private Instant writtenAt = Instant.MIN;
    private SortedSet<String> written = new TreeSet<>();
    private String writtenRoutes = "";
    private volatile boolean stopping;

    InstanceReporter(
            Settings settings,
            Instance instance,
            RouteFiles files,
            SourceRegistry sources,
            LeadershipCheck leads,
            StatusWriter writer,
            Clock clock) {
        this.settings = settings;
        this.instance = instance;
        this.files = files;
        this.sources = sources;
        this.leads = leads;
        this.writer = writer;
        this.clock = clock;
    }

    void start(@Observes AfterStart event) {
        startedAt = clock.instant();
        writer.every(CHECK_MS, this::report);
    }

    void stop(@Observes BeforeStop event) {
        stopping = true;
        writer.remove(name());
    }

    private void report() {
        if (stopping) {
            return;
        }
        SortedSet<String> led = new TreeSet<>();
        sources.on().stream()
                .map(name -> sources.get(name).stream())
                .filter(leads::leads)
                .forEach(led::add);
        Instant now = clock.instant();
        String routes = files.current().revision() + files.problem();
        if (!led.equals(written)
                || !routes.equals(writtenRoutes)
                || Duration.between(writtenAt, now).compareTo(INTERVAL) >= 0) {
            written = led;
            writtenRoutes = routes;
            writtenAt = now;
            writer.write(name(), status(led, now));
        }
    }

    private ObjectNode status(SortedSet<String> led, Instant now) {
        ObjectNode status = LenientJson.object()
                .put("member", instance.member())
                .put("version", instance.version())
                .put("routes", files.current().revision())
                .put("once", settings.once())
                .put("startedAt", StatusWriter.text(startedAt))
                .put("writtenAt", StatusWriter.text(now));
        files.problem().ifPresent(problem -> status.put("routesProblem", problem));
        if (!files.stopped().isEmpty()) {
            files.stopped().stream().sorted().forEach(status.putArray("stoppedSources")::add);
        }
        led.forEach(status.putArray("leads")::add);
        return status;
    }

    private String name() {
        return StatusText.INSTANCES + instance.member();
    }
}
