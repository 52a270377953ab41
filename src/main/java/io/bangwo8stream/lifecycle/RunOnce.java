package io.bangwo8stream.lifecycle;

import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.cluster.LeadershipStatus;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.ScanSummary;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.DaemonThread;
import io.bangwo8stream.time.MonotonicTime;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.quarkus.main.events.AfterStop;
import org.apache.camel.quarkus.main.events.BeforeStart;
import org.apache.camel.support.service.ServiceHelper;
import org.jboss.logging.Logger;

/** Ends the process after one scan of every source, when {@code bangwo8.once} is true. */
@Singleton
class RunOnce {

    private static final Logger LOG = Logger.getLogger(RunOnce.class);

    private final Settings settings;
    private final CamelContext context;
    private final LeadershipCheck leads;
    private final LeadershipTimeout unled;
    private final IntConsumer exit;
    private final Map<String, Source> waitingFor = new LinkedHashMap<>();
    /** Sources whose scan has started: it ends by itself, and no timeout applies to it. */
    private final Set<String> started = new HashSet<>();

    private final ScanSummary total = new ScanSummary();
    private ScheduledExecutorService watch;

    @Inject
    RunOnce(Settings settings, CamelContext context, LeadershipCheck leads, MonotonicTime clock) {
        this(settings, context, leads, clock, Quarkus::asyncExit);
    }

    /** @param exit ends the process with an exit code */
    RunOnce(Settings settings, CamelContext context, LeadershipCheck leads, MonotonicTime clock, IntConsumer exit) {
        this.leads = leads;
        this.settings = settings;
        this.context = context;
        this.unled = new LeadershipTimeout(leads, clock);
        this.exit = exit;
    }

    void listen(@Observes BeforeStart event, ScanMonitor monitor) {
        if (settings.once()) {
            monitor.onStart(this::started);
            monitor.onEnd(this::ended);
        }
    }

    /** Sets the sources to scan, before the first scan starts. */
    synchronized void awaits(Collection<Source> sources) {
        sources.forEach(source -> waitingFor.put(source.name(), source));
        if (settings.once()) {
            watch = Executors.newSingleThreadScheduledExecutor(DaemonThread.named("run-once"));
            watch.scheduleWithFixedDelay(this::abandonUnledSources, 1, 1, TimeUnit.SECONDS);
        }
    }

    private synchronized void started(Scan scan) {
        started.add(scan.source().name());
    }

    private synchronized void ended(Scan scan) {
        if (scan.isWithoutLeadership()) {
            // Nothing was scanned; the source waits for the leadership again.
            started.remove(scan.source().name());
        } else if (waitingFor.remove(scan.source().name()) != null) {
            total.add(scan.report());
            suspendTimer(scan.source());
            watch.execute(() -> releaseLeadership(scan.source()));
            endWhenDone();
        }
    }

    /** The next timer event must not meet a route that is being stopped. */
    private void suspendTimer(Source scanned) {
        Route route = context.getRoute(scanned.name());
        if (route != null) {
            ServiceHelper.suspendService(route.getConsumer());
        }
    }

    /** Whether {@code source} starts only after another one, whose labels it uses, has been scanned. */
    synchronized boolean startsLater(Source source) {
        return settings.once() && waitingFor.values().stream().anyMatch(source::followsLabelsOf);
    }

    /** Releases the leadership of a scanned stream, so that another run of the tenant need not wait for this one. */
    private void releaseLeadership(Source scanned) {
        try {
            for (Source next : followersOf(scanned)) {
                context.getRouteController().startRoute(next.name());
            }
            context.getRouteController().stopRoute(scanned.name());
        } catch (Exception ending) {
            LOG.warnf("leadership-release-failed source=%s reason=%s", scanned.name(), SafeText.named(ending));
        }
    }

    private synchronized List<Source> followersOf(Source scanned) {
        return waitingFor.values().stream()
                .filter(source -> source.followsLabelsOf(scanned))
                .toList();
    }

    /** A run beside a service of the same tenant would otherwise wait for the leadership without an end. */
    private synchronized void abandonUnledSources() {
        List<Source> abandoned = unled.among(waitingFor.values().stream()
                .filter(source -> !started.contains(source.name()))
                .toList());
        if (!abandoned.isEmpty()) {
            reasons(abandoned)
                    .forEach((reason, names) -> LOG.errorf(
                            "not-scanned sources=%s tenant=%s: this run did not lead their streams for %d s: %s",
                            names, settings.tenant(), LeadershipTimeout.LEADERSHIP_TIMEOUT.toSeconds(), reason));
            abandoned.forEach(source -> waitingFor.remove(source.name()));
            total.incomplete();
            endWhenDone();
        }
    }

    private Map<String, List<String>> reasons(List<Source> abandoned) {
        return abandoned.stream()
                .collect(Collectors.groupingBy(
                        source -> reason(leads.status(source.stream())),
                        TreeMap::new,
                        Collectors.mapping(Source::name, Collectors.toList())));
    }

    private static String reason(LeadershipStatus status) {
        return switch (status.reason()) {
            case LED, STREAM_UNLED ->
                "another running instance of the tenant leads its streams. Stop that instance and run again, or let it"
                        + " publish the changes";
            case ELECTING, UNKNOWN -> "no instance leads them. Run again";
            default -> status.detail();
        };
    }

    /** Ends the process from the thread that stops the routes, after it has stopped them. */
    private void endWhenDone() {
        if (waitingFor.isEmpty()) {
            watch.execute(() -> exit.accept(exitCode()));
        }
    }

    /** Writes the last line of the log, after all other lines about the end of the run. */
    synchronized void logSummary(@Observes AfterStop event) {
        if (settings.once() && waitingFor.isEmpty()) {
            LOG.infof("finished %s exit=%d", total, exitCode());
        }
    }

    private int exitCode() {
        return total.isClean() ? 0 : 1;
    }
}
