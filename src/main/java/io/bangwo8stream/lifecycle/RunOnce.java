package io.bangwo8stream.lifecycle;

import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.ScanSummary;
import io.bangwo8stream.source.Source;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.AfterStop;
import org.apache.camel.quarkus.main.events.BeforeStart;
import org.jboss.logging.Logger;

/** Ends the process after one walk of every source, when {@code bangwo8.once} says so. */
@Singleton
class RunOnce {

    private static final Logger LOG = Logger.getLogger(RunOnce.class);

    private final Settings settings;
    private final CamelContext context;
    private final LeadershipTimeout unled;
    private final Map<String, Source> waitingFor = new LinkedHashMap<>();
    /** A walk that began ends by itself, however long it takes and whoever leads meanwhile. */
    private final Set<String> begun = new HashSet<>();

    private final ScanSummary total = new ScanSummary();
    private ScheduledExecutorService watch;

    RunOnce(Settings settings, CamelContext context, LeadershipCheck leads, Clock clock) {
        this.settings = settings;
        this.context = context;
        this.unled = new LeadershipTimeout(leads, clock);
    }

    void listen(@Observes BeforeStart event, ScanMonitor monitor) {
        if (settings.once()) {
            monitor.onBegin(this::began);
            monitor.onEnd(this::ended);
        }
    }

    /** Says which sources are walked, before the first of them is. */
    synchronized void awaits(Collection<Source> sources) {
        sources.forEach(source -> waitingFor.put(source.name(), source));
        if (settings.once()) {
            watch = Executors.newSingleThreadScheduledExecutor(RunOnce::daemon);
            watch.scheduleWithFixedDelay(this::abandonUnledSources, 1, 1, TimeUnit.SECONDS);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "once-run");
        thread.setDaemon(true);
        return thread;
    }

    private synchronized void began(Scan scan) {
        begun.add(scan.source().name());
    }

    private synchronized void ended(Scan scan) {
        if (waitingFor.remove(scan.source().name()) != null) {
            total.add(scan.report());
            watch.execute(() -> releaseLeadership(scan.source()));
            endWhenDone();
        }
    }

    /** Whether {@code source} is to be started only when another one, whose texts it takes over, has been walked. */
    synchronized boolean startsLater(Source source) {
        return settings.once() && waitingFor.values().stream().anyMatch(source::followsLabelsOf);
    }

    /** Gives up the lead of a stream that is walked, so that another run of the tenant need not wait for this one. */
    private void releaseLeadership(Source scanned) {
        try {
            for (Source next : followersOf(scanned)) {
                context.getRouteController().startRoute(next.name());
            }
            context.getRouteController().stopRoute(scanned.name());
        } catch (Exception ending) {
            LOG.warnf("leadership-release-failed source=%s reason=%s", scanned.name(), ending);
        }
    }

    private synchronized List<Source> followersOf(Source scanned) {
        return waitingFor.values().stream()
                .filter(source -> source.followsLabelsOf(scanned))
                .toList();
    }

    /** A run beside a service of the same tenant would wait for ever for a lead that it does not get. */
    private synchronized void abandonUnledSources() {
        List<Source> abandoned = unled.among(waitingFor.values().stream()
                .filter(source -> !begun.contains(source.name()))
                .toList());
        if (!abandoned.isEmpty()) {
            LOG.errorf(
                    "not-scanned sources=%s tenant=%s: for %d s this process did not get the lead of their streams, "
                            + "which another running instance of the tenant has. Stop that one and run again, or leave the "
                            + "changes to it",
                    abandoned.stream().map(Source::name).toList(),
                    settings.tenant(),
                    LeadershipTimeout.LEADERSHIP_TIMEOUT.toSeconds());
            abandoned.forEach(source -> waitingFor.remove(source.name()));
            total.incomplete();
            endWhenDone();
        }
    }

    private void endWhenDone() {
        if (waitingFor.isEmpty()) {
            Quarkus.asyncExit(exit());
        }
    }

    /** The last line of the log: whatever else is told at the end has been told. */
    synchronized void logSummary(@Observes AfterStop event) {
        if (settings.once() && waitingFor.isEmpty()) {
            LOG.infof("finished %s exit=%d", total, exit());
        }
    }

    private int exit() {
        return total.isClean() ? 0 : 1;
    }
}
