package io.bangwo8stream.scan;

import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.quarkus.main.events.BeforeStop;
import org.jboss.logging.Logger;

/** Begins and ends walks, and moves them from window to window; steps of the source template. */
@Singleton
@Named("walks")
@RegisterForReflection
public class ScanSteps {

    private static final Logger LOG = Logger.getLogger(ScanSteps.class);

    private final SourceRegistry sources;
    private final EventStreamRegistry streams;
    private final PageSequenceFactory pageSequences;
    private final ScanScheduleRegistry schedules;
    private final ScanCompletion completion;
    private final ScanMonitor monitor;
    private final LeadershipCheck leads;
    private final Clock clock;
    private final Set<Scan> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    ScanSteps(
            SourceRegistry sources,
            EventStreamRegistry streams,
            PageSequenceFactory pageSequences,
            ScanScheduleRegistry schedules,
            ScanCompletion completion,
            ScanMonitor monitor,
            LeadershipCheck leads,
            Clock clock) {
        this.sources = sources;
        this.streams = streams;
        this.pageSequences = pageSequences;
        this.schedules = schedules;
        this.completion = completion;
        this.monitor = monitor;
        this.leads = leads;
        this.clock = clock;
    }

    /**
     * Begins a turn of the source whose route has the id {@code route}. Nobody else in this process uses its stream
     * until {@link #end}, which must be called whatever happens.
     */
    public Scan begin(String route) throws InterruptedException {
        Source source = sources.get(route);
        ScanSchedule schedule = schedules.of(source);
        Scan scan = new Scan(source, schedule, clock.instant());
        schedule.turn();
        underWay.add(scan);
        try {
            stream(scan).lock();
        } catch (RuntimeException unreachable) {
            // Whatever it was: the turn is taken, and only the end of the walk gives it back.
            scan.abort();
            LOG.errorf("scan-start-failed source=%s reason=%s", route, unreachable.getMessage());
        }
        // Not before: to wait for another walk of the stream is no standstill.
        monitor.begun(scan);
        if (stopping) {
            scan.abort();
        }
        return scan;
    }

    /** Moves to the next window that is due, or walks the last one again; {@code false} when nothing is left to do. */
    public boolean nextWindow(Scan scan) throws InterruptedException {
        if (scan.current() != null && completion.needsRetry(scan, () -> canContinue(scan))) {
            scan.repeat(pageSequences.again(scan, scan.current(), () -> canContinue(scan)));
            return true;
        }
        if (!canContinue(scan)) {
            return false;
        }
        if (scan.hasMore()) {
            scan.nextList();
            return true;
        }
        EventStream stream = stream(scan);
        Optional<ScanSchedule.Due> due = scan.schedule()
                .next(stream.oldestPending(), stream.backfilledTo(scan.source().name()));
        if (due.isPresent() && due.get().mode() == ScanMode.BACKFILL) {
            // One turn goes through all its days, and another source of the stream would wait for the last.
            stream.yieldTurn();
            monitor.canContinue(scan);
        }
        if (due.isEmpty() && !scan.hasScanned()) {
            scan.idle();
        }
        return due.isPresent() && go(scan, due.get());
    }

    private boolean go(Scan scan, ScanSchedule.Due due) {
        if (due.mode() == ScanMode.BACKFILL && scan.hasSuspended()) {
            scan.resume();
            return true;
        }
        try {
            List<PageSequence> lists = pageSequences.of(scan, due, () -> canContinue(scan));
            if (!lists.isEmpty()) {
                scan.go(lists);
            }
            return !lists.isEmpty();
        } catch (ApiException unanswered) {
            scan.abort();
            LOG.warnf("scan-start-failed source=%s reason=%s", scan.source().name(), unanswered.getMessage());
            return false;
        }
    }

    /** Says that something went wrong that nobody foresaw; what was committed stands. */
    public void failed(Scan scan, Exception unforeseen) {
        scan.abort();
        LOG.errorf("scan-failed source=%s reason=%s", scan.source().name(), unforeseen);
    }

    /** Ends a turn; must be called for each that began. */
    public void end(Scan scan) {
        stream(scan).unlock();
        underWay.remove(scan);
        monitor.ended(scan);
    }

    /** Ends the walks that are under way with the pages that are being joined now. */
    void stop(@Observes BeforeStop event) {
        stopping = true;
        underWay.forEach(Scan::abort);
    }

    private boolean canContinue(Scan scan) {
        if (!leads.leads(scan.source().stream())) {
            // For good: the split asks once more when it is done, and would drop the page it got if the lead were back.
            scan.abort();
        }
        return !scan.isAborted() && !stopping;
    }

    private EventStream stream(Scan scan) {
        return streams.of(scan.source().stream());
    }
}
