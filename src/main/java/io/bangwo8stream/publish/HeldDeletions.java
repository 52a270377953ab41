package io.bangwo8stream.publish;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.record.LenientJson;
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

    private static final String RECORDS = "records";

    private final EventStreamRegistry streams;
    private final MeterRegistry meters;
    private final Map<String, Integer> held = new ConcurrentHashMap<>();

    public HeldDeletions(EventStreamRegistry streams, MeterRegistry meters) {
        this.streams = streams;
        this.meters = meters;
    }

    /** How many missing records are held back, by source; sources that hold none back are absent. */
    public Map<String, Integer> counts() {
        return new TreeMap<>(held);
    }

    /**
     * Confirms that the records that are held back now are gone: the next sweep publishes their deletions. A note of the
     * stream remembers that, until fewer records are missing.
     *
     * @return how many there are
     */
    public int release(Source source, WriteBatch batch) {
        int count = held.getOrDefault(source.name(), 0);
        if (count > 0) {
            batch.storeNote(note(source), LenientJson.object().put(RECORDS, count));
        }
        return count;
    }

    private static String note(Source source) {
        return "released/" + source.name();
    }

    private int released(Source source) {
        JsonNode note = streams.of(source.stream()).notes().get(note(source));
        return note == null ? 0 : note.path(RECORDS).asInt();
    }

    /** Takes deletions that are published out of the confirmed ones: those that follow may be others. */
    void published(Source source, int records) throws InterruptedException {
        int released = released(source);
        if (released > 0) {
            release(source, Math.max(0, released - records));
        }
    }

    private void release(Source source, int records) throws InterruptedException {
        streams.of(source.stream()).commit(() -> {
            WriteBatch batch = new WriteBatch();
            batch.storeNote(
                    note(source), records == 0 ? null : LenientJson.object().put(RECORDS, records));
            return batch;
        });
    }

    /**
     * Whether the deletions of a sweep are held back; reports it.
     *
     * @param missing how many records are missing
     * @param known   of how many
     */
    boolean holds(Source source, int missing, int known) throws InterruptedException {
        int released = released(source);
        if (released > 0 && !isMass(missing, known)) {
            release(source, 0);
        }
        boolean mass = isMass(missing - released, known);
        if (mass) {
            held.put(source.name(), missing);
            LOG.warnf(
                    "mass-disappearance source=%s missing=%d known=%d: publishes none of these deletions; see whether the "
                            + "account has lost a permission; if the records are gone, run: confirm-deletions --source %s",
                    source.name(), missing, known, source.name());
        } else {
            held.remove(source.name());
        }
        return mass;
    }

    private static boolean isMass(int missing, int known) {
        return missing > FEW && (long) missing * LARGEST_PART > known;
    }

    /** Exports how many deletions of a source are held back. */
    public void register(String source) {
        Gauge.builder("bangwo8.deletions.held", held, counts -> counts.getOrDefault(source, 0))
                .description("Missing records whose deletion is held back")
                .tag("source", source)
                .register(meters);
    }
}
