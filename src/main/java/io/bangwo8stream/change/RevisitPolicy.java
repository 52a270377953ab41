package io.bangwo8stream.change;

import io.bangwo8stream.config.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Decides when a record is fetched again, and what is remembered of it afterwards. Times are epoch milliseconds.
 */
@Singleton
public class RevisitPolicy {

    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final int FAILURES_BEFORE_DEAD_LETTER = 3;

    private final List<Duration> revisits;
    private final Duration firstPause;
    private final boolean once;

    @Inject
    RevisitPolicy(Settings settings) {
        this(settings.scanning().revisitAfter(), settings.scanning().pollInterval(), settings.once());
    }

    /**
     * @param revisits   times after the end of a record at which its parts are fetched again
     * @param firstPause pause after a first failure; it doubles with each
     * @param once       whether there is no next walk in which a failed record could be tried again
     */
    public RevisitPolicy(List<Duration> revisits, Duration firstPause, boolean once) {
        this.revisits = revisits;
        this.firstPause = firstPause;
        this.once = once;
    }

    /** What a row says of its record, whatever became of its parts. */
    public record Row(long fingerprint, int day, boolean open, long createdAt, long endedAt) {}

    /**
     * Whether the parts of a record are to be fetched.
     *
     * @param before  what is remembered, or {@code null}
     * @param hasParts whether the source joins anything
     * @param sweep   whether this walk looks at every open record
     */
    public boolean isDue(RecordState before, Row row, boolean hasParts, boolean sweep, long now) {
        if (before == null || before.row() != row.fingerprint()) {
            return true;
        }
        if (before.failures() > 0) {
            return once || now >= before.dueAt();
        }
        return hasParts && (before.open() && sweep || before.dueAt() != 0 && now >= before.dueAt());
    }

    /**
     * What is remembered once {@code document} is published, or found to be published already.
     *
     * @param now when the document began to be fetched: what changed since it does not say
     */
    public RecordState published(RecordState before, Row row, Fingerprint document, long now) {
        long endedAt = row.open() ? 0 : row.endedAt() != 0 ? row.endedAt() : seenToEnd(before, row, now);
        return new RecordState(
                row.fingerprint(),
                document.high(),
                document.low(),
                row.day(),
                row.open(),
                endedAt,
                nextRevisit(endedAt, now),
                0,
                false);
    }

    /**
     * What is remembered of a record that could not be published.
     *
     * @param passing whether another try may succeed though nothing changes
     */
    public RecordState failed(RecordState before, Row row, boolean passing, long now) {
        boolean sameContent = before != null && before.row() == row.fingerprint();
        int failures = (sameContent ? before.failures() : 0) + 1;
        boolean deadLettered =
                sameContent && before.deadLettered() || !passing || once || failures >= FAILURES_BEFORE_DEAD_LETTER;
        return new RecordState(
                row.fingerprint(),
                before == null ? 0 : before.publishedHigh(),
                before == null ? 0 : before.publishedLow(),
                row.day(),
                row.open(),
                row.open() || before == null ? 0 : before.endedAt(),
                now + pause(failures),
                failures,
                deadLettered);
    }

    /** What is remembered of a row that has no id: that it is buried. To become good it must become another row. */
    public RecordState refused(Row row) {
        return new RecordState(row.fingerprint(), 0, 0, row.day(), false, 0, 0, 1, true);
    }

    /** Where the API does not say when a record ended: when it was first seen to have, or at worst its creation. */
    private static long seenToEnd(RecordState before, Row row, long now) {
        if (before == null) {
            return row.createdAt();
        }
        return before.endedAt() != 0 ? before.endedAt() : now;
    }

    private long nextRevisit(long endedAt, long now) {
        if (endedAt == 0) {
            return 0;
        }
        return revisits.stream()
                .mapToLong(after -> endedAt + after.toMillis())
                .filter(revisit -> revisit > now)
                .findFirst()
                .orElse(0);
    }

    private long pause(int failures) {
        long pause = firstPause.toMillis() << Math.min(failures - 1, 20);
        return Math.min(pause, LONGEST_PAUSE.toMillis());
    }
}
