package io.bangwo8stream.publish;

import io.bangwo8stream.api.EndpointHealth;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.kafka.FencedException;
import io.bangwo8stream.kafka.StreamUnavailableException;
import io.bangwo8stream.scan.FetchedPage;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.scan.LateJoins;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.text.FatalErrors;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.ClockWatch;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** Publishes the changes of a page and the new states of its records in one transaction. */
@Singleton
@Named("pagePublisher")
@RegisterForReflection
public class PagePublisher {

    private static final Logger LOG = Logger.getLogger(PagePublisher.class);

    private final EventStreamRegistry streams;
    private final RevisitPolicy policy;
    private final EventRecords events;
    private final PublishMeters meters;
    private final ScanMonitor monitor;
    private final EndpointHealth health;
    private final LateJoins lateJoins;
    private final ClockWatch clock;

    PagePublisher(
            EventStreamRegistry streams,
            RevisitPolicy policy,
            EventRecords events,
            PublishMeters meters,
            ScanMonitor monitor,
            EndpointHealth health,
            LateJoins lateJoins,
            ClockWatch clock) {
        this.streams = streams;
        this.policy = policy;
        this.events = events;
        this.meters = meters;
        this.monitor = monitor;
        this.health = health;
        this.lateJoins = lateJoins;
        this.clock = clock;
    }

    /**
     * Commits the page, without the records whose joins are late and with earlier ones whose late joins have ended. When
     * that fails nothing of it is published, and the turn ends.
     */
    public void publish(FetchedPage joined) throws InterruptedException {
        Scan scan = joined.scan();
        EventStream stream = streams.of(scan.source().stream());
        FetchedPage page = lateJoins.committable(joined, stream::state);
        page.records().stream().filter(this::waitsForEndpoint).forEach(scan::deferFailed);
        try {
            publishWhole(page);
        } finally {
            scan.ended(joined);
        }
    }

    /** Commits a page none of whose records is late, or abandons it. */
    void publishWhole(FetchedPage page) throws InterruptedException {
        Scan scan = page.scan();
        EventStream stream = streams.of(scan.source().stream());
        try {
            PageDecision committed = commit(page, stream);
            scan.report()
                    .committed(
                            committed.published(), committed.unchanged(), committed.deadLettered(), committed.failed());
            scan.published(committed.published());
            meters.committed(scan.source(), committed);
            if (page.isReceived()) {
                monitor.committed(scan);
            }
            LOG.debugf(
                    "published source=%s page=%d changes=%d",
                    scan.source().name(), page.number(), committed.published());
        } catch (FencedException | StreamUnavailableException lost) {
            abandon(page, lost.getMessage());
        } catch (RuntimeException | Error failure) {
            FatalErrors.endProcessAfter(failure);
            // A turn that went on would count the page as published.
            abandon(page, SafeText.named(failure));
        }
    }

    /** An endpoint that is down is no failure of the records that need it. */
    private boolean waitsForEndpoint(FetchedRecord record) {
        return record.failure() != null
                && !record.isDeferred()
                && record.failure().endpoint() != null
                && health.isDown(record.failure().endpoint());
    }

    private void abandon(FetchedPage page, String reason) {
        page.scan().abort(reason);
        monitor.abandoned(page.scan());
        LOG.errorf(
                "publish-failed source=%s page=%d records=%d reason=%s",
                page.scan().source().name(), page.number(), page.records().size(), reason);
    }

    private PageDecision commit(FetchedPage page, EventStream stream) throws InterruptedException {
        AtomicReference<PageDecision> latest = new AtomicReference<>();
        stream.commit(() -> {
            latest.set(
                    new PageDecision(page, events, policy, clock.likelyInstant().toEpochMilli())
                            .against(stream::state, stream::lastEvents));
            return latest.get().batch();
        });
        return latest.get();
    }
}
