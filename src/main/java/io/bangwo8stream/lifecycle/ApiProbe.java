package io.bangwo8stream.lifecycle;

import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.cluster.Candidacy;
import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.source.ProbeRequest;
import io.bangwo8stream.source.Source;
import io.bangwo8stream.source.SourceRegistry;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.DaemonThread;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.quarkus.main.events.AfterStart;
import org.apache.camel.quarkus.main.events.BeforeStop;
import org.jboss.logging.Logger;

/**
 * Asks the API for one row while this instance leads nothing because the API had stopped answering: only once it answers
 * again does the group let this instance lead. The scans of a leader need no probe.
 */
@Singleton
class ApiProbe {

    private static final Logger LOG = Logger.getLogger(ApiProbe.class);

    /** The first scan of a leader comes sooner. */
    private static final Duration FIRST = Duration.ofSeconds(10);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    /** Somebody has to change a login or a right first. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(5);

    private final ApiClient api;
    private final ProbeRequest request;
    private final SourceRegistry sources;
    private final Candidacy candidacy;
    private final LeadershipCheck leads;
    private final Settings settings;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("api-probe"));

    ApiProbe(
            ApiClient api,
            ProbeRequest request,
            SourceRegistry sources,
            Candidacy candidacy,
            LeadershipCheck leads,
            Settings settings) {
        this.api = api;
        this.request = request;
        this.sources = sources;
        this.candidacy = candidacy;
        this.leads = leads;
        this.settings = settings;
    }

    void start(@Observes AfterStart event) {
        schedule(FIRST);
    }

    void stop(@Observes BeforeStop event) {
        timer.shutdownNow();
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
    }

    private void schedule(Duration delay) {
        if (!timer.isShutdown()) {
            timer.schedule(this::run, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void run() {
        Duration next = AFTER_FAILURE;
        try {
            next = probe();
        } catch (RuntimeException | Error failed) {
            LOG.warnf("probe-failed reason=%s", SafeText.named(failed));
        } finally {
            schedule(next);
        }
    }

    /** Sends a request if one is needed; returns when to do so again. */
    Duration probe() {
        List<Source> on = sources.on().stream().map(sources::get).toList();
        if (!candidacy.wasAnswered() && !settings.once()) {
            // The probe of the start still tries.
            return AFTER_FAILURE;
        }
        if (candidacy.isAnswered() || on.stream().anyMatch(source -> leads.leads(source.stream()))) {
            return AFTER_FAILURE;
        }
        try {
            api.get(request.get());
        } catch (ApiRejectedException refused) {
            return candidacy.isRefused() ? AFTER_REFUSAL : AFTER_FAILURE;
        } catch (ApiException failed) {
            candidacy.failed(SafeText.of(failed));
        }
        return AFTER_FAILURE;
    }
}
