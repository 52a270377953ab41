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
    private final PageSequenceFactory listings;
    private final ScanScheduleRegistry plans;
    private final ScanCompletion judge;
    private final ScanMonitor ledger;
    private final LeadershipCheck leads;
    private final Clock clock;
    private final Set<Scan> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    ScanSteps(SourceRegistry sources, EventStreamRegistry streams, PageSequenceFactory listings, ScanScheduleRegistry plans, ScanCompletion judge, ScanMonitor ledger,
            LeadershipCheck leads, Clock clock) {
        this.sources = sources;
        this.streams = streams;
        this.listings = listings;
        this.plans = plans;
        this.judge = judge;
        this.ledger = ledger;
        this.leads = leads;
        this.clock = clock;
    }

    /**
     * Begins a turn of the source whose route has the id {@code route}. Nobody else in this process uses its stream
     * until {@link #end}, which must be called whatever happens.
     */
    public Scan begin(String route) throws InterruptedException {
        Source source = sources.get(route);
        ScanSchedule plan = plans.of(source);
        Scan walk = new Scan(source, plan, clock.instant());
        plan.turn();
        underWay.add(walk);
        try {
            stream(walk).enter();
        } catch (RuntimeException unreachable) {
            // Whatever it was: the turn is taken, and only the end of the walk gives it back.
            walk.abort();
            LOG.errorf("not-begun source=%s reason=%s", route, unreachable.getMessage());
        }
        // Not before: to wait for another walk of the stream is no standstill.
        ledger.begun(walk);
        if (stopping) {
            walk.abort();
        }
        return walk;
    }

    /** Moves to the next window that is due, or walks the last one again; {@code false} when nothing is left to do. */
    public boolean nextWindow(Scan walk) throws InterruptedException {
        if (walk.current() != null && judge.isToBeWalkedAgain(walk, () -> goesOn(walk))) {
            walk.repeat(listings.again(walk, walk.current(), () -> goesOn(walk)));
            return true;
        }
        if (!goesOn(walk)) {
            return false;
        }
        if (walk.hasMore()) {
            walk.goOn();
            return true;
        }
        EventStream stream = stream(walk);
        Optional<ScanSchedule.Due> due = walk.plan().next(stream.oldestPending(), stream.backfilledTo(walk.source().name()));
        if (due.isPresent() && due.get().rhythm() == ScanMode.BACKFILL) {
            // One turn goes through all its days, and another source of the stream would wait for the last.
            stream.letOthersPass();
            ledger.goesOn(walk);
        }
        if (due.isEmpty() && !walk.hasWalked()) {
            walk.idle();
        }
        return due.isPresent() && go(walk, due.get());
    }

    private boolean go(Scan walk, ScanSchedule.Due due) {
        if (due.rhythm() == ScanMode.BACKFILL && walk.hasSuspended()) {
            walk.resume();
            return true;
        }
        try {
            List<PageSequence> lists = listings.of(walk, due, () -> goesOn(walk));
            if (!lists.isEmpty()) {
                walk.go(lists);
            }
            return !lists.isEmpty();
        } catch (ApiException unanswered) {
            walk.abort();
            LOG.warnf("not-begun source=%s reason=%s", walk.source().name(), unanswered.getMessage());
            return false;
        }
    }

    /** Says that something went wrong that nobody foresaw; what was committed stands. */
    public void failed(Scan walk, Exception unforeseen) {
        walk.abort();
        LOG.errorf("walk-failed source=%s reason=%s", walk.source().name(), unforeseen);
    }

    /** Ends a turn; must be called for each that began. */
    public void end(Scan walk) {
        stream(walk).leave();
        underWay.remove(walk);
        ledger.ended(walk);
    }

    /** Ends the walks that are under way with the pages that are being joined now. */
    void stop(@Observes BeforeStop event) {
        stopping = true;
        underWay.forEach(Scan::abort);
    }

    private boolean goesOn(Scan walk) {
        if (!leads.leads(walk.source().stream())) {
            // For good: the split asks once more when it is done, and would drop the page it got if the lead were back.
            walk.abort();
        }
        return !walk.isAborted() && !stopping;
    }

    private EventStream stream(Scan walk) {
        return streams.of(walk.source().stream());
    }
}
