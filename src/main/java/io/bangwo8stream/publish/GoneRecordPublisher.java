package io.bangwo8stream.publish;

import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.WriteBatch;
import io.bangwo8stream.scan.FetchedPage;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.scan.RecordLookUp;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Publishes what became of records that no list contains any more. */
@Singleton
class GoneRecordPublisher {

    private static final Logger LOG = Logger.getLogger(GoneRecordPublisher.class);

    private static final long MILLIS_OF_DAY = 24 * 60 * 60 * 1000L;
    private static final int FOUND_PER_TRANSACTION = 100;

    private final EventStreamRegistry streams;
    private final EventRecords events;
    private final PagePublisher publisher;
    private final PublishMeters meters;
    private final HeldDeletions held;
    private final RecordLookUp lookUp;

    GoneRecordPublisher(
            EventStreamRegistry streams,
            EventRecords events,
            PagePublisher publisher,
            PublishMeters meters,
            HeldDeletions held,
            RecordLookUp lookUp) {
        this.streams = streams;
        this.events = events;
        this.publisher = publisher;
        this.meters = meters;
        this.held = held;
        this.lookUp = lookUp;
    }

    /** Publishes that these records are deleted; one that was never published is forgotten. */
    void delete(Scan scan, Collection<String> ids) throws InterruptedException {
        Source source = scan.source();
        EventStream stream = streams.of(source.stream());
        for (List<String> some : EventStream.chunks(List.copyOf(new TreeSet<>(ids)))) {
            stream.commit(() -> deletions(source, stream, some));
            scan.report().committed(some.size(), 0, 0, 0);
            meters.deleted(source, some.size());
        }
        if (!ids.isEmpty()) {
            LOG.infof(
                    "deleted source=%s records=%d example=%s",
                    source.name(), ids.size(), ids.iterator().next());
            held.published(source, ids.size());
        }
    }

    private WriteBatch deletions(Source source, EventStream stream, List<String> ids) {
        WriteBatch batch = new WriteBatch();
        for (String id : ids) {
            RecordState before = stream.state(id);
            if (before != null && before.wasPublished()) {
                Fingerprint eventId =
                        EventRecords.NOTHING.nextEventId(before.chain().eventId());
                batch.add(events.deletion(source, id, eventId), null);
                batch.forget(
                        id, before.withEvent(eventId, before.chain().parts()).chain());
            } else if (before != null) {
                batch.forget(id, before.chain());
            }
        }
        return batch;
    }

    /**
     * Looks records up, and publishes what became of them.
     *
     * @param missing the records, and their states
     * @param known   how many records the lists contained
     */
    void lookUp(Scan scan, Map<String, RecordState> missing, int known) throws InterruptedException {
        Source source = scan.source();
        Set<String> published = missing.entrySet().stream()
                .filter(entry -> entry.getValue().wasPublished())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        RecordLookUp.Result result = published.isEmpty()
                ? new RecordLookUp.Result(List.of(), Set.of(), List.of(), null)
                : lookUp.find(source, published, earliestChange(missing.values()), latestChange(missing.values()));
        publish(scan, result.found());
        publish(scan, result.refused());
        report(scan, published.size(), result);
        if (!held.holds(source, result.absent().size(), known)) {
            delete(scan, result.absent());
        } else {
            scan.report().incomplete();
        }
        missing.keySet().removeAll(published);
        streams.of(source.stream()).forget(missing.keySet());
    }

    /** Where no change is known, the creation stands for it. */
    private static Instant earliestChange(Collection<RecordState> states) {
        return Instant.ofEpochMilli(states.stream()
                .mapToLong(state -> state.endedAt() != 0 ? state.endedAt() : (state.day() - 1) * MILLIS_OF_DAY)
                .min()
                .orElseThrow());
    }

    private static Instant latestChange(Collection<RecordState> states) {
        return Instant.ofEpochMilli(
                states.stream().mapToLong(RecordState::endedAt).max().orElseThrow());
    }

    private void publish(Scan scan, List<FetchedRecord> records) throws InterruptedException {
        for (int from = 0; from < records.size() && !scan.isAborted(); from += FOUND_PER_TRANSACTION) {
            int to = Math.min(from + FOUND_PER_TRANSACTION, records.size());
            publisher.publishWhole(new FetchedPage(scan, 1, records.subList(from, to)));
        }
    }

    private static void report(Scan scan, int wanted, RecordLookUp.Result result) {
        String source = scan.source().name();
        if (result.failure() != null) {
            scan.report().incomplete();
            LOG.warnf(
                    "look-up-failed source=%s records=%d found=%d reason=%s: looks the others up again in the next sweep",
                    source, wanted, result.found().size(), result.failure());
        } else if (wanted > 0) {
            LOG.infof(
                    "looked-up source=%s records=%d found=%d absent=%d unlisted=%d",
                    source,
                    wanted,
                    result.found().size(),
                    result.absent().size(),
                    result.refused().size());
        }
    }
}
