package io.bangwo8stream.walk;

import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.stream.FencedException;
import io.bangwo8stream.stream.Stream;
import io.bangwo8stream.stream.Streams;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.quarkus.main.events.BeforeStop;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Begins and ends walks, and moves them from window to window; steps of the source template. */
@Singleton
@Named("walks")
@RegisterForReflection
public class Walks {

    private static final Logger LOG = Logger.getLogger(Walks.class);

    /** How often a window is walked when its pages shifted, or records were missing. */
    private static final int ATTEMPTS = 3;

    private final Sources sources;
    private final Streams streams;
    private final Listings listings;
    private final Settings settings;
    private final WalkLedger ledger;
    private final Leads leads;
    private final Clock clock;
    private final Map<String, WalkPlan> plans = new ConcurrentHashMap<>();
    private final Set<Walk> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Walks(Sources sources, Streams streams, Listings listings, Settings settings, WalkLedger ledger, Leads leads,
            Clock clock) {
        this.sources = sources;
        this.streams = streams;
        this.listings = listings;
        this.settings = settings;
        this.ledger = ledger;
        this.leads = leads;
        this.clock = clock;
    }

    /**
     * Begins a turn of the source whose route has the id {@code route}. Nobody else in this process uses its stream
     * until {@link #end}, which must be called whatever happens.
     */
    public Walk begin(String route) throws InterruptedException {
        Source source = sources.get(route);
        WalkPlan plan = plan(source);
        Walk walk = new Walk(source, plan, clock.instant());
        plan.turn();
        ledger.begun(walk);
        underWay.add(walk);
        try {
            stream(walk).enter();
        } catch (RuntimeException unreachable) {
            // Whatever it was: the turn is taken, and only the end of the walk gives it back.
            walk.abort();
            LOG.errorf("not-begun source=%s reason=%s", route, unreachable.getMessage());
        }
        if (stopping) {
            walk.abort();
        }
        return walk;
    }

    /** Moves to the next window that is due, or walks the last one again; {@code false} when nothing is left to do. */
    public boolean nextWindow(Walk walk) throws InterruptedException {
        if (walk.current() != null && judge(walk)) {
            return true;
        }
        if (!goesOn(walk)) {
            return false;
        }
        if (walk.hasMore()) {
            walk.goOn();
            return true;
        }
        Stream stream = stream(walk);
        Optional<WalkPlan.Due> due = walk.plan().next(stream.oldestPending(), stream.backfilledTo(walk.source().name()));
        return due.isPresent() && go(walk, due.get());
    }

    private boolean go(Walk walk, WalkPlan.Due due) {
        if (due.rhythm() == Rhythm.BACKFILL && walk.hasSuspended()) {
            walk.resume();
            return true;
        }
        try {
            List<Listing> lists = listings.of(walk, due, () -> goesOn(walk));
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

    /** Ends a turn; must be called for each that began. */
    public void end(Walk walk) {
        stream(walk).leave();
        underWay.remove(walk);
        ledger.ended(walk);
    }

    /** Ends the walks that are under way with the pages that are being joined now. */
    void stop(@Observes BeforeStop event) {
        stopping = true;
        underWay.forEach(Walk::abort);
    }

    /** Judges the window that was walked last; {@code true} when it is walked once more. */
    private boolean judge(Walk walk) throws InterruptedException {
        Listing done = walk.current();
        if (done.failure() != null && !(done.failure() instanceof ApiRejectedException && walk.hasMore())) {
            walk.abort();
        } else if (done.isUnfinished()) {
            suspend(walk);
            return false;
        }
        List<String> shortcomings = done.shortcomings();
        if (!shortcomings.isEmpty() && !walk.isAborted() && done.attempt() < ATTEMPTS) {
            ledger.walksAgain(walk, shortcomings);
            walk.repeat(listings.again(walk, done, () -> goesOn(walk)));
            return true;
        }
        if (!shortcomings.isEmpty()) {
            report(walk, shortcomings);
        }
        walk.saw(done.seen().keySet());
        if (walk.rhythm() != Rhythm.BACKFILL) {
            walk.plan().walked();
        }
        if (!walk.isAborted() && !walk.hasMore()) {
            finish(walk);
        }
        return false;
    }

    /** A window whose end could not be remembered is walked again, and must not pass for a walk that ended well. */
    private void finish(Walk walk) throws InterruptedException {
        try {
            finished(walk);
        } catch (FencedException | KafkaException lost) {
            walk.abort();
            LOG.errorf("not-finished source=%s window=%s reason=%s", walk.source().name(), walk.window(), lost.getMessage());
        }
    }

    /** A backfill makes way for the newest days; anything else was ended from outside. */
    private void suspend(Walk walk) {
        if (goesOn(walk) && walk.rhythm() == Rhythm.BACKFILL) {
            walk.suspend();
        } else {
            walk.abort();
        }
    }

    private void finished(Walk walk) throws InterruptedException {
        Stream stream = stream(walk);
        String source = walk.source().name();
        if (walk.rhythm() == Rhythm.BACKFILL) {
            stream.backfilled(source, walk.window().to());
            ledger.backfilled(walk, walk.plan().backfillDaysLeft(stream.backfilledTo(source)));
        } else if (walk.rhythm() == Rhythm.SWEEP && walk.source().windowed()) {
            List<String> givenUp = stream.forgetBefore(walk.window().from(), firstBackfillDay(walk), walk.listed());
            if (!givenUp.isEmpty()) {
                LOG.warnf("given-up source=%s reason=older-than-bangwo8.max-look-back records=%s", source, givenUp);
            }
        }
    }

    /** The first day that any source of the stream has still to backfill, or {@code null}. */
    private LocalDate firstBackfillDay(Walk walk) {
        Stream stream = stream(walk);
        return settings.sources().stream().map(sources::get)
                .filter(source -> source.stream().equals(walk.source().stream()))
                .flatMap(source -> plan(source).backfillDay(stream.backfilledTo(source.name())).stream())
                .min(LocalDate::compareTo).orElse(null);
    }

    private WalkPlan plan(Source source) {
        return plans.computeIfAbsent(source.name(), name -> new WalkPlan(source, settings, clock));
    }

    private void report(Walk walk, List<String> shortcomings) {
        Listing done = walk.current();
        ledger.fellShort(walk, shortcomings);
        LOG.warnf("fell-short source=%s rhythm=%s window=%s reasons=%s attempts=%d seen=%d count=%s cause=%s",
                walk.source().name(), walk.rhythm(), walk.window(), String.join(",", shortcomings), done.attempt(),
                done.seen().size(), done.count().isPresent() ? done.count().getAsLong() : "unknown",
                done.failure() == null ? "none" : done.failure().getMessage());
    }

    private boolean goesOn(Walk walk) {
        if (!leads.leads(walk.source().stream())) {
            // For good: the split asks once more when it is done, and would drop the page it got if the lead were back.
            walk.abort();
        }
        return !walk.isAborted() && !stopping;
    }

    private Stream stream(Walk walk) {
        return streams.of(walk.source().stream());
    }
}
