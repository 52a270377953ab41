package io.bangwo8stream.publish;

import io.bangwo8stream.source.Source;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Holds deletions back when so many records are missing at once that something else is more likely: a lost permission,
 * another filter, an account that was emptied.
 */
@Singleton
public class HeldDeletions {

    private static final Logger LOG = Logger.getLogger(HeldDeletions.class);

    private static final int FEW = 20;
    private static final int LARGEST_PART = 10;

    private final MeterRegistry meters;
    private final Map<String, Integer> held = new ConcurrentHashMap<>();
    private final Map<String, Integer> released = new ConcurrentHashMap<>();

    HeldDeletions(MeterRegistry meters) {
        this.meters = meters;
    }

    /** How many missing records are held back, by source; sources that hold none back are absent. */
    public Map<String, Integer> counts() {
        return new TreeMap<>(held);
    }

    /**
     * Confirms that the records that are held back now are gone: the next sweep publishes their deletions.
     *
     * @return how many there are
     */
    public int release(String source) {
        int count = held.getOrDefault(source, 0);
        if (count > 0) {
            released.put(source, count);
        }
        return count;
    }

    /**
     * Whether the deletions of a sweep are held back; reports it.
     *
     * @param missing how many records are missing
     * @param known   of how many
     */
    boolean holds(Source source, int missing, int known) {
        if (!isMass(missing, known)) {
            released.remove(source.name());
        }
        boolean mass = isMass(missing - released.getOrDefault(source.name(), 0), known);
        if (mass) {
            gauge(source);
            held.put(source.name(), missing);
            LOG.warnf(
                    "mass-disappearance source=%s missing=%d known=%d: publishes none of these deletions; see whether the "
                            + "account has lost a permission, and confirm them if the records are gone",
                    source.name(), missing, known);
        } else {
            held.remove(source.name());
        }
        return mass;
    }

    private static boolean isMass(int missing, int known) {
        return missing > FEW && (long) missing * LARGEST_PART > known;
    }

    private void gauge(Source source) {
        Gauge.builder("bangwo8.deletions.held", held, counts -> counts.getOrDefault(source.name(), 0))
                .description("Missing records whose deletion is held back")
                .tag("source", source.name())
                .register(meters);
    }
}
