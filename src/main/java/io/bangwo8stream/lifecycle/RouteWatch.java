package io.bangwo8stream.lifecycle;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.BrokerUnavailableException;
import io.bangwo8stream.kafka.TopicProvisioner;
import io.bangwo8stream.routes.Finding;
import io.bangwo8stream.routes.RouteChange;
import io.bangwo8stream.routes.RouteValidator;
import io.bangwo8stream.source.RouteFiles;
import io.bangwo8stream.source.RouteSet;
import io.bangwo8stream.source.RoutesApplied;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.text.FatalErrors;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.DaemonThread;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.quarkus.main.events.AfterStart;
import org.apache.camel.quarkus.main.events.BeforeStop;
import org.jboss.logging.Logger;

/** Watches the folder of {@code bangwo8.routes}, and applies its changes as a whole or not at all. */
@Singleton
class RouteWatch {

    private static final Logger LOG = Logger.getLogger(RouteWatch.class);
    private static final long INTERVAL_MS = 500;
    private static final String APPLIED = "applied";
    private static final String REJECTED = "rejected";
    private static final String ROLLBACK_FAILED = "rollback-failed";

    private final Settings settings;
    private final RouteFiles files;
    private final RouteValidator validator;
    private final TopicProvisioner topics;
    private final RouteReplacement replacement;
    private final Event<RoutesApplied> applied;
    private final MeterRegistry meters;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("route-watch"));
    private RouteSet last;
    private RouteSet rejected;

    RouteWatch(
            Settings settings,
            RouteFiles files,
            RouteValidator validator,
            TopicProvisioner topics,
            RouteReplacement replacement,
            Event<RoutesApplied> applied,
            MeterRegistry meters) {
        this.settings = settings;
        this.files = files;
        this.validator = validator;
        this.topics = topics;
        this.replacement = replacement;
        this.applied = applied;
        this.meters = meters;
    }

    void start(@Observes AfterStart event) {
        registerRevision(files.current().revision());
        // Prometheus takes the first value of a counter that did not exist for no increase.
        List.of(APPLIED, REJECTED, ROLLBACK_FAILED).forEach(this::changes);
        files.ownPattern()
                .ifPresent(pattern -> LOG.infof(
                        "routes-unwatched pattern=%s: a change of these routes needs a restart; bangwo8.routes names a"
                                + " folder that is watched",
                        pattern));
        if (files.isWatched() && !settings.once()) {
            thread.scheduleWithFixedDelay(this::look, INTERVAL_MS, INTERVAL_MS, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes BeforeStop event) {
        thread.shutdown();
    }

    @PreDestroy
    void close() {
        thread.shutdownNow();
    }

    /** Applies a change once two reads in a row have found the same files: a file may be half written. */
    private void look() {
        try {
            RouteSet now = files.read();
            boolean settled = now.equals(last);
            last = now;
            if (now.equals(files.current())) {
                if (rejected != null) {
                    rejected = null;
                    files.setProblem(null);
                    LOG.infof("routes-restored revision=%s: the files are again those that run", now.revision());
                }
            } else if (settled && !now.equals(rejected)) {
                change(now);
            }
        } catch (BrokerUnavailableException unavailable) {
            LOG.warnf("routes-waiting reason=%s: the change is tried again", SafeText.of(unavailable));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (Throwable unreadable) {
            // An error that left this method would end the watch unseen.
            FatalErrors.endProcessAfter(unreadable);
            LOG.warnf("routes-unread reason=%s: the files are read again", SafeText.named(unreadable));
        }
    }

    private void change(RouteSet now) throws InterruptedException {
        List<String> mistakes =
                validator.findings(now).stream().map(Finding::toString).toList();
        if (mistakes.isEmpty()) {
            mistakes =
                    topics.prepare(SourceRegistry.topics(validator.sources(now).values()));
        }
        if (!mistakes.isEmpty()) {
            reject(now, mistakes);
            return;
        }
        RouteChange change = RouteChange.between(files.current(), now);
        try {
            replacement.replace(now, change);
        } catch (InterruptedException ended) {
            throw ended;
        } catch (RollbackFailedException failed) {
            rolledBackInPart(now, change, failed);
            return;
        } catch (Exception | LinkageError refused) {
            reject(
                    now,
                    List.of("the routes cannot be replaced, and the former ones run again: " + SafeText.named(refused)
                            + ": correct the files " + change.files()));
            return;
        }
        rejected = null;
        files.setProblem(null);
        registerRevision(now.revision());
        changes(APPLIED).increment();
        applied.fire(new RoutesApplied(now.revision(), change.files(), change.removedSources()));
        LOG.infof(
                "routes applied revision=%s changed=%s sources=%s",
                now.revision(), change.files(), change.touchedSources());
    }

    private void rolledBackInPart(RouteSet now, RouteChange change, RollbackFailedException failed) {
        String problem = "the routes cannot be replaced: " + SafeText.named(failed.getCause())
                + "; and the former ones do not start again: " + SafeText.of(failed) + ": the sources "
                + failed.stopped() + " do not run. Correct the files " + change.files()
                + ", or restore the former ones, and save them; or restart the instance";
        rejected = now;
        files.setProblem(problem);
        changes(ROLLBACK_FAILED).increment();
        LOG.errorf("routes-rollback-failed revision=%s stopped=%s: %s", now.revision(), failed.stopped(), problem);
    }

    private void reject(RouteSet now, List<String> mistakes) {
        rejected = now;
        files.setProblem(mistakes.get(0));
        changes(REJECTED).increment();
        mistakes.forEach(mistake -> LOG.errorf(
                "routes-rejected revision=%s runs=%s: %s",
                now.revision(), files.current().revision(), mistake));
    }

    private Counter changes(String outcome) {
        return meters.counter("bangwo8.routes.changes", "outcome", outcome);
    }

    private void registerRevision(String revision) {
        Gauge.builder(
                        "bangwo8.routes.revision",
                        files,
                        now -> now.current().revision().equals(revision) ? 1 : 0)
                .tag("revision", revision)
                .register(meters);
    }
}
