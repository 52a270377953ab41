package io.bangwo8stream.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.DocumentHash;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.scan.FailureReasons;
import io.bangwo8stream.scan.FetchedPage;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.source.Source;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Compares a page with the stored states, and decides what to write; re-evaluated for each attempt of a transaction. */
final class PageDecision {

    /** A dead letter above this size would be too large itself; the API still has the record. */
    private static final int LARGEST_PAYLOAD = 256 * 1024;

    private final Source source;
    private final FetchedPage page;
    private final EventRecords events;
    private final RevisitPolicy policy;
    private final long now;
    private final WriteBatch batch = new WriteBatch();
    private Function<String, RecordState.Chain> lastEvents;

    private int published;
    private int unchanged;
    private int deadLettered;
    private int failed;
    private int deferred;
    private final Map<String, Integer> deadLetterReasons = new TreeMap<>();

    PageDecision(FetchedPage page, EventRecords events, RevisitPolicy policy, long now) {
        this.source = page.scan().source();
        this.page = page;
        this.events = events;
        this.policy = policy;
        this.now = now;
    }

    /**
     * Compares the page.
     *
     * @param states     the stored state of a record, or {@code null}
     * @param lastEvents where the events of a record without a state continue earlier ones
     */
    PageDecision against(Function<String, RecordState> states, Function<String, RecordState.Chain> lastEvents) {
        this.lastEvents = lastEvents;
        page.records().forEach(record -> decide(record, states.apply(record.key())));
        return this;
    }

    WriteBatch batch() {
        return batch;
    }

    int published() {
        return published;
    }

    int unchanged() {
        return unchanged;
    }

    int deadLettered() {
        return deadLettered;
    }

    int failed() {
        return failed;
    }

    /** Records that wait for an endpoint, or for their labels; they count as failed too. */
    int deferred() {
        return deferred;
    }

    /** How many dead letters there are, by reason. */
    Map<String, Integer> deadLetterReasons() {
        return deadLetterReasons;
    }

    private void decide(FetchedRecord record, RecordState stored) {
        RecordState before = page.scan().seen(stored, record, now);
        if (record.failure() != null && record.isDeferred()) {
            deferred++;
            failed++;
            store(record, before, before);
        } else if (record.failure() != null) {
            fail(record, before);
        } else if (!record.isJoined()) {
            unchanged++;
            store(record, before, before);
        } else {
            compare(record, before);
        }
        if (before != null && !before.equals(stored)) {
            // Another source of the stream owns the record, or did until now.
            batch.storeIfAbsent(record.key(), before);
        }
    }

    /** Stores {@code after} with the lists that contain the record, unless that is stored already. */
    private void store(FetchedRecord record, RecordState before, RecordState after) {
        RecordState seen = after == null ? null : record.seen(after);
        if (seen != null && !seen.equals(before)) {
            batch.storeState(record.key(), seen);
        }
    }

    private void compare(FetchedRecord record, RecordState before) {
        RevisitPolicy.RowSummary row = record.rowSummary(page.scan());
        // Not the time of the commit: a revisit may have become due between the fetch and the commit.
        DocumentHash hash = record.hash();
        RecordState after =
                continued(record, before, policy.published(before, row, hash.content(), record.fetchStartedAt()));
        if (before != null && before.hasPublished(hash.content())) {
            unchanged++;
        } else {
            Fingerprint id = hash.content().nextEventId(after.chain().eventId());
            byte[] value = LenientJson.write(record.document());
            batch.add(
                    events.change(source, record, id, before, isRepublished(before, after), value),
                    bytes -> record.fail(
                            FailureReasons.TOO_LARGE,
                            "its event of " + bytes + " bytes is larger than the broker accepts: "
                                    + "see max.message.bytes of the topic and kafka.max.request.size"));
            after = after.withEvent(id, hash.parts());
            published++;
        }
        if (after.isUnrecovered()) {
            Fingerprint id = hash.content().nextEventId(after.chain().deadLetterId());
            batch.add(events.recovery(source, record, id), null);
            after = after.withRecovery(id);
        }
        store(record, before, after);
    }

    /** A record whose state has expired, and that has an event, is not new either when its day is published again. */
    private boolean isRepublished(RecordState before, RecordState after) {
        return before != null
                ? before.isToRepublish()
                : page.scan().republishes() && after.chain().eventId() != null;
    }

    private RecordState continued(FetchedRecord record, RecordState before, RecordState after) {
        return before == null ? after.continuing(lastEvents.apply(record.key())) : after;
    }

    private void fail(FetchedRecord record, RecordState before) {
        RecordState after = continued(record, before, afterFailure(record, before));
        boolean deadLetteredBefore =
                before != null && before.deadLettered() && before.rowFingerprint() == after.rowFingerprint();
        if (after.deadLettered() && !deadLetteredBefore) {
            ObjectNode letter = events.letter(source, record, payload(record));
            Fingerprint id = Fingerprint.of(letter).nextEventId(after.chain().deadLetterId());
            batch.add(events.deadLetter(source, record, id, letter), bytes -> record.dropPayload());
            after = after.withDeadLetter(id);
            deadLettered++;
            deadLetterReasons.merge(record.failure().reason(), 1, Integer::sum);
        }
        failed++;
        store(record, before, after);
    }

    private RecordState afterFailure(FetchedRecord record, RecordState before) {
        RevisitPolicy.RowSummary row = record.rowSummary(page.scan());
        if (record.id() == null) {
            // Its content is its key: its state holds wherever and whenever the row is listed again.
            return before == null ? policy.deadLetteredWithoutId(row) : before;
        }
        return policy.failed(before, row, record.isRetryable() && isSeenAgain(row), now);
    }

    /** Whether a later scan reaches back to the record; without one there is no further attempt. */
    private boolean isSeenAgain(RevisitPolicy.RowSummary row) {
        return !source.windowed() || row.day() >= page.scan().furthestDay();
    }

    private static JsonNode payload(FetchedRecord record) {
        JsonNode payload = record.payload();
        return record.isPayloadDropped() || LenientJson.write(payload).length > LARGEST_PAYLOAD
                ? NullNode.instance
                : payload;
    }
}
