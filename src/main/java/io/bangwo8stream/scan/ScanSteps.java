package io.bangwo8stream.scan;

import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.StreamUnavailableException;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.schedule.ScanOrder;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.schedule.SourceNote;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.text.FatalErrors;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.ClockWatch;
import io.opentelemetry.context.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.quarkus.main.events.BeforeStop;
import org.jboss.logging.Logger;

/** Starts and ends turns, and moves them from window to window; steps of the source template. */
@Singleton
@Named("scanSteps")
@RegisterForReflection
public class ScanSteps implements RunningScans {

    private static final Logger LOG = Logger.getLogger(ScanSteps.class);

    private final SourceRegistry sources;
    private final EventStreamRegistry streams;
    private final PageSequenceFactory pageSequences;
    private final ScanScheduleRegistry schedules;
    private final ScanCompletion completion;
    private final ScanMonitor monitor;
    private final LeadershipCheck leads;
    private final LostStates lost;
    private final ClockWatch clock;
    private final Duration pageDeadline;
    private final Set<Scan> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    ScanSteps(
            SourceRegistry sources,
            EventStreamRegistry streams,
            PageSequenceFactory pageSequences,
            ScanScheduleRegistry schedules,
            ScanCompletion completion,
            ScanMonitor monitor,
            LeadershipCheck leads,
            LostStates lost,
            ClockWatch clock,
            Settings settings) {
        this.sources = sources;
        this.streams = streams;
        this.pageSequences = pageSequences;
        this.schedules = schedules;
        this.completion = completion;
        this.monitor = monitor;
        this.leads = leads;
        this.lost = lost;
        this.clock = clock;
        this.pageDeadline = settings.scanning().pageDeadline();
    }

    /**
     * Starts a turn of the source whose route has the id {@code route}. No other source of this process uses its stream
     * until {@link #end}, which the caller must call in any case.
     */
    public Scan begin(String route) throws InterruptedException {
        Source source = sources.get(route);
        ScanSchedule schedule = schedules.of(source);
        Scan scan = new Scan(source, schedule, clock.elapsed(), pageDeadline, sources.on(), this::nextPass);
        schedule.turn();
        running.add(scan);
        monitor.due(scan);
        try {
            stream(scan).lock();
            if (leads.leads(source.stream())) {
                lost.refusal(source).ifPresent(scan::abort);
            }
        } catch (InterruptedException ending) {
            running.remove(scan);
            throw ending;
        } catch (StreamUnavailableException unavailable) {
            // The turn is taken all the same; only its end releases the stream.
            startFailed(scan, SafeText.line(unavailable.getMessage()));
        } catch (RuntimeException | Error unexpected) {
            FatalErrors.endProcessAfter(unexpected);
            startFailed(scan, SafeText.named(unexpected));
        }
        // Not earlier: waiting for another source of the stream is no standstill.
        monitor.started(scan);
        if (stopping) {
            scan.abort();
        }
        return scan;
    }

    private static void startFailed(Scan scan, String reason) {
        scan.abort(reason);
        LOG.errorf("scan-start-failed source=%s reason=%s", scan.source().name(), reason);
    }

    /** Moves to the next window that is due, or repeats the last one; {@code false} when nothing is left to do. */
    public boolean nextWindow(Scan scan) throws InterruptedException {
        // For the calls between the pages, which this thread makes.
        Scope current = scan.trace().turn().makeCurrent();
        try {
            return moveOn(scan);
        } finally {
            current.close();
        }
    }

    private boolean moveOn(Scan scan) throws InterruptedException {
        if (scan.current() != null && !scan.current().isUnfinished() && !scan.hasMore()) {
            scan.deferLateRecords();
        }
        if (scan.current() != null) {
            pageSequences.reportRefused(scan);
        }
        if (scan.current() != null && completion.needsRetry(scan, () -> canContinue(scan))) {
            repeat(scan);
            return true;
        }
        if (!canContinue(scan)) {
            if (!scan.hasScanned() && isPaused(scan)) {
                scan.idle();
            }
            return false;
        }
        if (scan.hasMore()) {
            scan.nextList();
            return true;
        }
        EventStream stream = stream(scan);
        if (scan.hasScanned()) {
            // One turn scans many days; another source of the stream must not wait for the last of them.
            stream.yieldTurn();
            monitor.progressed(scan);
        }
        if (scan.hasSuspended() && !scan.schedule().isRecentDue()) {
            scan.resume();
            return true;
        }
        scan.schedule().order(ScanOrder.daysLeft(stream, scan.source()));
        Optional<ScanSchedule.Due> due =
                scan.schedule().next(stream.scannedDays(scan.source().name()), stream::pendingDays);
        if (due.isEmpty() && !scan.hasScanned()) {
            scan.idle();
        }
        return due.isPresent() && startWindow(scan, due.get());
    }

    /** Reads a list of several pages again while the records of its last page are joined. */
    private Optional<PageSequence> nextPass(Scan scan) {
        if (!completion.settlesAtOnce(scan)) {
            return Optional.empty();
        }
        repeat(scan);
        return Optional.of(scan.current());
    }

    private void repeat(Scan scan) {
        scan.repeat(pageSequences.again(scan, scan.current(), () -> canContinue(scan)));
    }

    private boolean startWindow(Scan scan, ScanSchedule.Due due) {
        try {
            // Before the first request: an order that is placed later is not fulfilled by what is fetched now.
            Set<String> orders = ScanOrder.ids(stream(scan), scan.source());
            List<PageSequence> lists = pageSequences.of(scan, due, () -> canContinue(scan));
            if (!lists.isEmpty()) {
                scan.start(lists);
                scan.orders(orders, ScanOrder.republishes(stream(scan), scan.source(), due.window()));
                monitor.windowStarted(scan);
                if (scan.mode() == ScanMode.BACKFILL) {
                    monitor.backfills(scan, ScanCompletion.daysLeft(scan, stream(scan)));
                }
            } else {
                monitor.nothingListed(scan, due);
            }
            return !lists.isEmpty();
        } catch (ApiException failed) {
            if (failed.isOfCredentials()) {
                scan.refuseLogin(failed.getMessage());
            } else {
                scan.abort(failed.getMessage());
            }
            LOG.warnf("scan-start-failed source=%s reason=%s", scan.source().name(), failed.getMessage());
            return false;
        }
    }

    /** Reports a turn of the route {@code route} that could not even start. */
    public void notStarted(String route, Exception failure) {
        FatalErrors.endProcessAfter(failure);
        LOG.errorf("scan-failed source=%s reason=%s", route, SafeText.named(FatalErrors.unwrapped(failure)));
    }

    /** Ends the turn after an unexpected failure; committed pages stay. */
    public void failed(Scan scan, Throwable failure) {
        FatalErrors.endProcessAfter(failure);
        String reason = SafeText.named(FatalErrors.unwrapped(failure));
        scan.abort(reason);
        LOG.errorf("scan-failed source=%s reason=%s", scan.source().name(), reason);
    }

    /** Ends a turn; must be called for each that started. */
    public void end(Scan scan) {
        stream(scan).unlock();
        running.remove(scan);
        monitor.ended(scan);
    }

    /** Whether a turn of a source of {@code stream} has not ended yet, and may still send requests. */
    public boolean isRunning(String stream) {
        return running.stream().anyMatch(scan -> scan.source().stream().equals(stream));
    }

    @Override
    public boolean endTurns(Collection<String> ofSources) {
        List<Scan> ending = running.stream()
                .filter(scan -> ofSources.contains(scan.source().name()))
                .toList();
        ending.forEach(Scan::abort);
        return ending.isEmpty();
    }

    /** Ends all turns with the pages that are being joined now. */
    void stop(@Observes BeforeStop event) {
        stopping = true;
        running.forEach(Scan::abort);
    }

    private boolean canContinue(Scan scan) {
        if (!leads.leads(scan.source().stream())) {
            // Final: if the leadership returned, the split would ask once more when it ends, and drop the page.
            scan.loseLeadership();
        }
        if ((isPaused(scan) || StateOrigin.isBeingRead(stream(scan).notes())) && !scan.isAborted()) {
            // Final, too: the next turn scans what is left.
            scan.abort();
        }
        return !scan.isAborted() && !stopping;
    }

    /** Whether an operator has paused the source. */
    private boolean isPaused(Scan scan) {
        return SourceNote.PAUSED.since(stream(scan).notes(), scan.source()).isPresent();
    }

    private EventStream stream(Scan scan) {
        return streams.of(scan.source().stream());
    }
}
