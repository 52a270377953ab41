package io.bangwo8stream.walk;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** Remembers how the latest walks went: for the log, the metrics and the health checks. */
@Singleton
public class WalkLedger {

    private static final Logger LOG = Logger.getLogger(WalkLedger.class);

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<String, Instant> underWay = new ConcurrentHashMap<>();
    private final Map<String, Instant> lastGood = new ConcurrentHashMap<>();
    private final List<Consumer<Walk>> listeners = new CopyOnWriteArrayList<>();

    WalkLedger(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
    }

    /** When the walks that are under way began, by source. */
    public Map<String, Instant> underWay() {
        return Map.copyOf(underWay);
    }

    /** When the latest walk that was not aborted ended, by source. */
    public Map<String, Instant> lastGood() {
        return Map.copyOf(lastGood);
    }

    /** Calls {@code listener} after each walk. */
    public void onEnd(Consumer<Walk> listener) {
        listeners.add(listener);
    }

    void begun(Walk walk) {
        underWay.put(walk.source().name(), walk.begun());
    }

    void ended(Walk walk) {
        String source = walk.source().name();
        underWay.remove(source);
        if (!walk.isAborted()) {
            lastGood.put(source, clock.instant());
        }
        Duration took = Duration.between(walk.begun(), clock.instant());
        meters.timer("bangwo8.walk", "source", source).record(took);
        LOG.infof("walked source=%s %s seconds=%.1f", source, walk.report(), took.toMillis() / 1000.0);
        listeners.forEach(listener -> listener.accept(walk));
    }

    void fellShort(Walk walk, List<String> reasons) {
        for (String reason : reasons) {
            meters.counter("bangwo8.walk.shortcomings", "source", walk.source().name(), "reason", reason).increment();
            if (!reason.equals(WindowWalk.PAGES_SHIFTED)) {
                walk.report().incomplete();
            }
        }
    }
}
