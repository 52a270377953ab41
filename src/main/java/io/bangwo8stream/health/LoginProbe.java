package io.bangwo8stream.health;

import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiException;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.source.ProbeRequest;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.DaemonThread;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.quarkus.main.events.AfterStart;

/**
 * Asks the API for one row with the login when the process has started, whether it leads or stands by, until the API has
 * sent it: an update of the product must not replace good instances by some with a wrong password.
 */
@Singleton
class LoginProbe {

    /** More refused requests in a short time might lock the login. */
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMinutes(5);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(20);

    private final ApiClient api;
    private final ProbeRequest request;
    private final Settings settings;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("login-probe"));
    private volatile String problem = "no request has been sent yet";

    LoginProbe(ApiClient api, ProbeRequest request, Settings settings) {
        this.api = api;
        this.request = request;
        this.settings = settings;
    }

    void start(@Observes AfterStart event) {
        if (!settings.once()) {
            thread.execute(this::probeUntilAccepted);
        }
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
    }

    /** What is wrong with the login, or why that is not known; empty once the API has accepted it. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void probeUntilAccepted() {
        probe().ifPresent(pause -> thread.schedule(this::probeUntilAccepted, pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Sends the request; returns the pause before the next one, or empty when no other is needed. */
    Optional<Duration> probe() {
        try {
            api.get(request.get().lowPriority(true));
            problem = null;
            return Optional.empty();
        } catch (ApiRejectedException refused) {
            problem = SafeText.of(refused) + "; check the login, and its rights. It is tried again every "
                    + PAUSE_AFTER_REFUSAL.toMinutes() + " minutes";
            return Optional.of(PAUSE_AFTER_REFUSAL);
        } catch (ApiException failed) {
            problem = SafeText.of(failed);
            return Optional.of(PAUSE_AFTER_FAILURE);
        } catch (RuntimeException | Error unexpected) {
            problem = SafeText.named(unexpected);
            return Optional.of(PAUSE_AFTER_FAILURE);
        }
    }
}
