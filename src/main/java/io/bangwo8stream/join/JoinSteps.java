package io.bangwo8stream.join;

import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.record.UntypableRecordException;
import io.bangwo8stream.scan.FailureReasons;
import io.bangwo8stream.scan.FetchedPage;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.scan.LateJoins;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.schedule.ScanMode;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.text.FatalErrors;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.ClockWatch;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Selects the records of a page to join, and takes the outcomes of the joins; steps of the source template. */
@Singleton
@Named("joinSteps")
@RegisterForReflection
public class JoinSteps {

    private final EventStreamRegistry streams;
    private final RevisitPolicy policy;
    private final LateJoins lateJoins;
    private final ClockWatch clock;

    JoinSteps(EventStreamRegistry streams, RevisitPolicy policy, LateJoins lateJoins, ClockWatch clock) {
        this.lateJoins = lateJoins;
        this.streams = streams;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * The records of a page to join: new ones, changed ones, and those whose parts are due. Where the source has no join
     * route the row is the whole record, and there is nothing to join.
     *
     * @return an iterator that starts the join of each record that it returns
     */
    public Iterator<FetchedRecord> due(FetchedPage page) throws InterruptedException {
        long now = clock.likelyInstant().toEpochMilli();
        Scan scan = page.scan();
        Source source = scan.source();
        EventStream stream = streams.of(source.stream());
        List<FetchedRecord> due = new ArrayList<>();
        for (FetchedRecord record : page.records()) {
            RecordState before = stream.state(record.key());
            if (isDue(record, before, scan, now)) {
                record.join().due(now, before);
                due.add(record);
            }
        }
        if (!source.hasJoinRoute()) {
            scan.joinsStarted(page);
            due.forEach(record -> joined(scan, record));
            return Collections.emptyIterator();
        }
        if (!due.isEmpty()) {
            scan.awaitJoinsBefore(page);
        }
        return starting(page, due.iterator());
    }

    /** Starts the join of a record only once it is handed out: a split that its timeout ends asks for no further one. */
    private static Iterator<FetchedRecord> starting(FetchedPage page, Iterator<FetchedRecord> due) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                boolean more = due.hasNext();
                if (!more) {
                    page.scan().joinsStarted(page);
                }
                return more;
            }

            @Override
            public FetchedRecord next() {
                FetchedRecord record = due.next();
                record.join().start();
                return record;
            }
        };
    }

    private boolean isDue(FetchedRecord record, RecordState stored, Scan scan, long now) {
        if (record.failure() != null) {
            return false;
        }
        Source source = scan.source();
        if (lateJoins.isRunning(source, record)) {
            scan.deferLate(record);
            return false;
        }
        Optional<FetchedRecord.Failure> failedLate = lateJoins.takeFailure(source, record);
        if (failedLate.isPresent()) {
            record.fail(failedLate.get());
            return false;
        }
        RecordState before = scan.seen(stored, record, now);
        if (record.isDeferred()) {
            if (before == null && scan.mode() == ScanMode.BACKFILL) {
                // No later window contains it.
                scan.failWindow();
            }
            return false;
        }
        return policy.isDue(
                before, record.rowSummary(scan), source.hasJoinRoute(), scan.mode() != ScanMode.RECENT, now);
    }

    /** Records that every part of a record was added. */
    public void joined(Scan scan, FetchedRecord record) {
        record.joined();
        end(scan, record);
    }

    private void end(Scan scan, FetchedRecord record) {
        if (!record.join().end()) {
            lateJoins.ended(scan, record);
        }
    }

    /**
     * Records why a join failed; the record is published by itself once a join succeeds. A refused login ends the scan,
     * and is no failure of the record; nor is a token that cannot be fetched.
     *
     * @param request that was sent last, or {@code null}
     */
    public void failed(Scan scan, FetchedRecord record, Throwable failure, ApiRequest request) {
        FatalErrors.endProcessAfter(failure);
        Throwable thrown = FatalErrors.unwrapped(failure);
        boolean ofToken = thrown instanceof ApiException known && known.isOfToken();
        boolean ofCredentials = thrown instanceof ApiException known && known.isOfCredentials();
        record.fail(reason(thrown), SafeText.of(thrown), endpoint(request, ofToken));
        if (ofToken || ofCredentials) {
            scan.deferFailed(record);
        }
        if (ofCredentials) {
            scan.refuseLogin(SafeText.of(thrown));
        }
        end(scan, record);
    }

    private static String endpoint(ApiRequest request, boolean ofToken) {
        if (ofToken) {
            return ApiRequest.TOKEN.endpoint();
        }
        return request == null ? null : request.endpoint();
    }

    private static String reason(Throwable failure) {
        if (failure instanceof ApiRejectedException refusal && refusal.isTooLarge()) {
            return FailureReasons.TOO_LARGE;
        }
        return failure instanceof UntypableRecordException ? FailureReasons.UNTYPABLE : FailureReasons.JOIN_FAILED;
    }
}
