package io.bangwo8stream.scan;

import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The joins that were still running when their pages were committed, of all scans. At most one join of a record is under
 * way: while a late one runs, no scan starts another.
 */
@Singleton
public class LateJoins {

    private final Map<String, FetchedRecord> records = new ConcurrentHashMap<>();

    /**
     * What to commit of a page now: its records without those that are late, and earlier ones whose late joins have ended
     * meanwhile. A late join whose record was published since it began is made again.
     *
     * @param states the stored states by record
     */
    public FetchedPage committable(FetchedPage page, Function<String, RecordState> states) {
        Source source = page.scan().source();
        LateRecords late = page.scan().lateRecords();
        List<FetchedRecord> ready = new ArrayList<>(page.records());
        ready.removeIf(record -> late.takes(record, () -> records.put(key(source, record), record)));
        Set<String> keys = ready.stream().map(FetchedRecord::key).collect(Collectors.toSet());
        for (FetchedRecord ended : late.takeEnded()) {
            records.remove(key(source, ended), ended);
            if (keys.add(ended.key()) && Objects.equals(ended.join().stateBefore(), states.apply(ended.key()))) {
                ready.add(ended);
            } else {
                ended.resetJoin();
                late.joinAgain(ended);
            }
        }
        return new FetchedPage(page.scan(), page.number(), ready);
    }

    /** Records that the late join of a record has ended; the outcome is dropped when its scan has ended, unless it failed. */
    public void ended(Scan scan, FetchedRecord record) {
        if (!scan.lateRecords().ended(record) && record.failure() == null) {
            records.remove(key(scan.source(), record), record);
        }
    }

    /** Whether an earlier join of the record is still running. */
    public boolean isRunning(Source source, FetchedRecord record) {
        FetchedRecord late = records.isEmpty() ? null : records.get(key(source, record));
        return late != null && !late.join().hasEnded();
    }

    /**
     * Why the late join of the same row failed after its scan had ended, if it did; taken once, so that a record whose
     * joins always fail late is dead-lettered like any other. A token that could not be fetched is no failure of the record.
     */
    public Optional<FetchedRecord.Failure> takeFailure(Source source, FetchedRecord record) {
        FetchedRecord late = records.isEmpty() ? null : records.remove(key(source, record));
        return Optional.ofNullable(late)
                .filter(ended -> ended.rowFingerprint() == record.rowFingerprint())
                .map(FetchedRecord::failure)
                .filter(failure -> !ApiRequest.TOKEN.endpoint().equals(failure.endpoint()));
    }

    private static String key(Source source, FetchedRecord record) {
        return source.stream() + "/" + record.key();
    }
}
