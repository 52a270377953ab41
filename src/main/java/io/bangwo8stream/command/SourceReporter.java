package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.api.RateLimiter;
import io.bangwo8stream.change.DaySet;
import io.bangwo8stream.change.RecordCounts;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventStream;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.publish.HeldDeletions;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.ScanTimes;
import io.bangwo8stream.schedule.ScanSchedule;
import io.bangwo8stream.schedule.ScanScheduleRegistry;
import io.bangwo8stream.schedule.SourceNote;
import io.bangwo8stream.source.RoutesApplied;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.time.ClockWatch;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.quarkus.main.events.BeforeStart;

/**
 * Writes the status of a source after each window and each turn, from the thread that has just committed its last page:
 * the time up to which the source is complete is never ahead of its events.
 */
@Singleton
class SourceReporter {

    private final Settings settings;
    private final Instance instance;
    private final EventStreamRegistry streams;
    private final ScanScheduleRegistry schedules;
    private final ScanTimes times;
    private final RateLimiter budget;
    private final HeldDeletions held;
    private final EarlierTimes earlier;
    private final StatusWriter writer;
    private final ClockWatch clock;

    SourceReporter(
            Settings settings,
            Instance instance,
            EventStreamRegistry streams,
            ScanScheduleRegistry schedules,
            ScanMonitor monitor,
            RateLimiter budget,
            HeldDeletions held,
            EarlierTimes earlier,
            StatusWriter writer,
            ClockWatch clock) {
        this.settings = settings;
        this.instance = instance;
        this.streams = streams;
        this.schedules = schedules;
        this.times = monitor.times();
        this.budget = budget;
        this.held = held;
        this.earlier = earlier;
        this.writer = writer;
        this.clock = clock;
    }

    void start(@Observes BeforeStart event, ScanMonitor monitor) {
        monitor.onWindow(this::report);
        monitor.onEnd(scan -> {
            boolean paused = isPaused(scan);
            if ((!scan.isIdle() || paused) && !scan.isWithoutLeadership()) {
                report(scan);
            }
        });
    }

    /** What is gone has no status: that of a source that nobody scans would look like a standstill for ever. */
    void forget(@Observes RoutesApplied event) {
        event.removed().forEach(writer::remove);
    }

    private boolean isPaused(Scan scan) {
        return SourceNote.PAUSED
                .since(streams.of(scan.source().stream()).notes(), scan.source())
                .isPresent();
    }

    private void report(Scan scan) {
        Source source = scan.source();
        ObjectNode status = status(scan);
        writer.write(source.name(), () -> earlier.addTo(status, source, times));
    }

    /** The value in {@code bangwo8.status}, see its schema. */
    private ObjectNode status(Scan scan) {
        Source source = scan.source();
        ObjectNode status = LenientJson.object()
                .put("source", source.name())
                .put("stream", source.stream())
                .put("leader", instance.member());
        scan.lastDue()
                .ifPresent(due -> status.put("mode", due.mode().toString())
                        .put("window", due.window().toString()));
        addTimes(status, source);
        EventStream stream = streams.of(source.stream());
        SourceNote.PAUSED.since(stream.notes(), source).ifPresent(since -> status.put("pausedSince", since));
        SourceNote.TOPIC_EMPTY.since(stream.notes(), source).ifPresent(since -> status.put("topicEmptySince", since));
        RecordCounts counts = stream.counts(source.name());
        status.put("records", counts.records())
                .put("deferred", scan.deferredRecords())
                .put("deadLetters", counts.deadLetters());
        ScanSchedule schedule = schedules.of(source);
        int heldBack = held.counts().getOrDefault(source.name(), 0);
        if (heldBack > 0) {
            status.put("heldDeletions", heldBack);
        }
        schedule.incompleteDays()
                .forEach(day -> status.withArray("incompleteDays").add(day.toString()));
        DaySet scanned = stream.scannedDays(source.name());
        status.put("daysLeft", schedule.backfillDaysLeft(scanned));
        if (source.windowed()) {
            status.put("firstDay", schedule.firstDay(scanned).toString()).put("completeDays", scanned.ranges());
        }
        addBudget(status);
        return status;
    }

    private void addBudget(ObjectNode status) {
        status.put("requestsPerSecondUsed", rounded(budget.usedRequestsPerSecond()));
        if (settings.api().requestsPerSecond() > 0) {
            status.put("requestsPerSecond", rounded(budget.requestsPerSecond()))
                    .put("requestsPerSecondLimit", settings.api().requestsPerSecond());
        }
    }

    private static double rounded(double rate) {
        return Math.round(rate * 100) / 100.0;
    }

    private void addTimes(ObjectNode status, Source source) {
        Instant now = clock.likelyInstant();
        Duration pause = source.windowed()
                ? settings.scanning().pollInterval()
                : settings.scanning().sweepInterval();
        status.put("writtenAt", StatusWriter.text(now));
        status.put("nextScan", StatusWriter.text(now.plus(pause)));
        times.of(source).ifPresent(known -> {
            known.completeFor()
                    .ifPresent(age -> status.put(EarlierTimes.COMPLETE_UP_TO, StatusWriter.text(now.minus(age))));
            known.sinceSuccess()
                    .ifPresent(age -> status.put(EarlierTimes.LAST_SCAN, StatusWriter.text(now.minus(age))));
            known.failure().ifPresent(failure -> status.put("failure", failure));
        });
    }
}
