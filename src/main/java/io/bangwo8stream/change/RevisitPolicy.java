package io.bangwo8stream.change;

import io.bangwo8stream.config.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Decides when a record is fetched again, and which state is stored afterwards. Times are epoch milliseconds. */
@Singleton
public class RevisitPolicy {

    private static final Duration MAX_RETRY_DELAY = Duration.ofDays(1);
    private static final int FAILURES_BEFORE_DEAD_LETTER = 3;

    private final List<Duration> revisits;
    private final Duration firstRetryDelay;
    private final boolean once;

    @Inject
    RevisitPolicy(Settings settings) {
        this(settings.scanning().revisitAfter(), settings.scanning().pollInterval(), settings.once());
    }

    /**
     * @param revisits        times after the end of a record at which its parts are fetched again
     * @param firstRetryDelay delay after the first failure; doubles with each further failure, up to a day
     * @param once            whether no later scan of this process can retry a failed record
     */
    public RevisitPolicy(List<Duration> revisits, Duration firstRetryDelay, boolean once) {
        this.revisits = revisits;
        this.firstRetryDelay = firstRetryDelay;
        this.once = once;
    }

    /**
     * What a list row contains about its record, independent of the parts of the record.
     *
     * @param source name of the source that listed it; empty where that makes no difference
     * @param fields the number of its fields
     */
    public record RowSummary(
            long fingerprint, int day, boolean open, long createdAt, long endedAt, String source, int fields) {

        public RowSummary(long fingerprint, int day, boolean open, long createdAt, long endedAt) {
            this(fingerprint, day, open, createdAt, endedAt, "", 0);
        }
    }

    /**
     * Whether the parts of a record are to be fetched.
     *
     * @param before      the stored state, or {@code null}
     * @param hasParts    whether the source joins parts to a record
     * @param fetchesOpen whether this scan fetches the parts of every open record
     */
    public boolean isDue(RecordState before, RowSummary row, boolean hasParts, boolean fetchesOpen, long now) {
        if (before != null && !RowOwnership.isOwner(before, row)) {
            return false;
        }
        if (before == null || before.rowFingerprint() != row.fingerprint()) {
            return true;
        }
        if (before.isToRepublish() && before.failures() == 0) {
            return true;
        }
        if (before.failures() > 0) {
            return once || now >= before.dueAt();
        }
        return hasParts && (before.open() && fetchesOpen || before.dueAt() != 0 && now >= before.dueAt());
    }

    /**
     * The state to store once {@code document} is published, or was published before.
     *
     * @param now when the fetch of the document began; the document does not contain later changes
     */
    public RecordState published(RecordState before, RowSummary row, Fingerprint document, long now) {
        long endedAt = row.open() ? 0 : row.endedAt() != 0 ? row.endedAt() : firstSeenEnded(before, row, now);
        return new RecordState(
                row.fingerprint(),
                document.high(),
                document.low(),
                row.day(),
                row.open(),
                endedAt,
                nextRevisit(endedAt, now),
                0,
                false,
                chain(before),
                presence(before),
                rows(before, row));
    }

    /**
     * The state to store for a record that could not be published.
     *
     * @param retryable whether a retry may succeed although the row stays the same
     */
    public RecordState failed(RecordState before, RowSummary row, boolean retryable, long now) {
        boolean sameContent = before != null && before.rowFingerprint() == row.fingerprint();
        int failures = (sameContent ? before.failures() : 0) + 1;
        boolean deadLettered =
                sameContent && before.deadLettered() || !retryable || once || failures >= FAILURES_BEFORE_DEAD_LETTER;
        return new RecordState(
                row.fingerprint(),
                before == null ? 0 : before.publishedHigh(),
                before == null ? 0 : before.publishedLow(),
                row.day(),
                row.open(),
                row.open() || before == null ? 0 : before.endedAt(),
                now + retryDelay(failures),
                failures,
                deadLettered,
                chain(before),
                presence(before),
                rows(before, row));
    }

    private static RecordState.Chain chain(RecordState before) {
        return before == null ? RecordState.Chain.EMPTY : before.chain();
    }

    private static SourceRows rows(RecordState before, RowSummary row) {
        SourceRows rows = before == null ? SourceRows.UNKNOWN : before.rows();
        return row.source().isEmpty()
                ? rows
                : rows.ownedBy(row.source(), row.fields(), before == null ? 0 : before.rowFingerprint());
    }

    private static Presence presence(RecordState before) {
        return before == null ? Presence.UNKNOWN : before.presence();
    }

    /** The state to store for a row without an id: dead-lettered, because only a changed row can be published. */
    public RecordState deadLetteredWithoutId(RowSummary row) {
        return new RecordState(row.fingerprint(), 0, 0, row.day(), false, 0, 0, 1, true);
    }

    /** The end of a record whose row does not contain it: when a scan first saw it closed, else its creation. */
    private static long firstSeenEnded(RecordState before, RowSummary row, long now) {
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

    private long retryDelay(int failures) {
        long delay = firstRetryDelay.toMillis() << Math.min(failures - 1, 20);
        return Math.min(delay, MAX_RETRY_DELAY.toMillis());
    }
}
