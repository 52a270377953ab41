package io.bangwo8stream.walk;

import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.PageCursor;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.stream.Stream;
import io.bangwo8stream.stream.Streams;
import io.bangwo8stream.record.RecordTyper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.quarkus.main.events.BeforeStop;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Begins and ends walks, and moves them from window to window; the steps of the source template. */
@Singleton
@Named("walks")
@RegisterForReflection
public class Walks {

    private static final Logger LOG = Logger.getLogger(Walks.class);

    /** How often a window is walked when its pages shifted, or records were missing. */
    private static final int ATTEMPTS = 3;

    private final Sources sources;
    private final Streams streams;
    private final ApiClient api;
    private final Settings settings;
    private final WalkLedger ledger;
    private final Clock clock;
    private final RecordTyper typer;
    private final Map<String, WalkPlan> plans = new ConcurrentHashMap<>();
    private final Set<Walk> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Walks(Sources sources, Streams streams, ApiClient api, Settings settings, WalkLedger ledger, Clock clock) {
        this.sources = sources;
        this.streams = streams;
        this.api = api;
        this.settings = settings;
        this.ledger = ledger;
        this.clock = clock;
        this.typer = new RecordTyper(settings.zone());
    }

    /** Begins a walk of the source whose route has the id {@code route}: nobody else writes its stream meanwhile. */
    public Walk begin(String route) throws InterruptedException {
        Walk walk = new Walk(sources.get(route), clock.instant());
        ledger.begun(walk);
        try {
            streams.of(walk.source().stream()).enter();
        } catch (KafkaException unreachable) {
            walk.abort();
            LOG.errorf("not-begun source=%s reason=%s", route, unreachable.getMessage());
        }
        underWay.add(walk);
        if (stopping) {
            walk.abort();
        }
        return walk;
    }

    /** Moves to the next window that is due, or walks the last one again; {@code false} when nothing is left to do. */
    public boolean nextWindow(Walk walk) throws InterruptedException {
        if (walk.windowWalk() != null && walkAgain(walk)) {
            return true;
        }
        if (walk.isAborted()) {
            return false;
        }
        Source source = walk.source();
        Stream stream = streams.of(source.stream());
        WalkPlan plan = plans.computeIfAbsent(source.name(), name -> new WalkPlan(source, settings, clock));
        Optional<WalkPlan.Due> due = plan.next(stream.oldestOpen(), stream.backfilledTo(source.name()));
        due.ifPresent(next -> go(walk, next.rhythm(), next.window(), 1, Map.of()));
        return due.isPresent();
    }

    /** Ends a walk; must be called for each that began. */
    public void end(Walk walk) {
        streams.of(walk.source().stream()).leave();
        underWay.remove(walk);
        ledger.ended(walk);
    }

    /** Ends the walks that are under way with the pages that are being joined now. */
    void stop(@Observes BeforeStop event) {
        stopping = true;
        underWay.forEach(Walk::abort);
    }

    /** Judges the window that was walked last, and walks it once more where that may bring what is missing. */
    private boolean walkAgain(Walk walk) throws InterruptedException {
        WindowWalk done = walk.windowWalk();
        List<String> shortcomings = done.shortcomings();
        if (done.failure() != null) {
            walk.abort();
        } else if (!shortcomings.isEmpty() && !walk.isAborted() && walk.attempt() < ATTEMPTS) {
            go(walk, walk.rhythm(), walk.window(), walk.attempt() + 1, done.seen());
            return true;
        }
        if (!shortcomings.isEmpty()) {
            report(walk, shortcomings);
        }
        if (walk.rhythm() == Rhythm.BACKFILL && !walk.isAborted()) {
            streams.of(walk.source().stream()).backfilled(walk.source().name(), walk.window().to());
        }
        return false;
    }

    private void report(Walk walk, List<String> shortcomings) {
        WindowWalk done = walk.windowWalk();
        ledger.fellShort(walk, shortcomings);
        LOG.warnf("fell-short source=%s rhythm=%s window=%s reasons=%s attempts=%d seen=%d count=%s cause=%s",
                walk.source().name(), walk.rhythm(), walk.window(), String.join(",", shortcomings), walk.attempt(),
                done.seen().size(), done.count().isPresent() ? done.count().getAsLong() : "unknown",
                done.failure() == null ? "none" : done.failure().getMessage());
    }

    private void go(Walk walk, Rhythm rhythm, Window window, int attempt, Map<String, Long> seen) {
        Source source = walk.source();
        PageCursor cursor = new PageCursor(api::get, source.list(window), source.items(),
                settings.api().perPage(), settings.api().maxPages(), attempt > 1);
        walk.go(rhythm, window, attempt, new WindowWalk(walk, cursor, new RowReader(source, typer)::read, seen));
    }
}
