package io.bangwo8stream.api;

import io.bangwo8stream.config.Settings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Spaces all requests evenly, {@code bangwo8.requests-per-second}, and holds them back while the API asks for it. */
@Singleton
@Named("requestBudget")
@RegisterForReflection
public class RequestBudget {

    private final long spacing;
    private long next = System.nanoTime();

    @Inject
    RequestBudget(Settings settings) {
        this(settings.api().requestsPerSecond());
    }

    RequestBudget(double requestsPerSecond) {
        spacing = requestsPerSecond == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / requestsPerSecond);
    }

    /** Waits until the next request may be sent. */
    public void acquire() throws InterruptedException {
        long wait;
        while ((wait = reserve()) > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }

    /** Lets no request pass for {@code duration}: a 429 is meant for the account, not for one of its calls. */
    synchronized void pause(Duration duration) {
        next = latest(next, System.nanoTime() + duration.toNanos());
    }

    /** Nanoseconds to wait before asking again; 0 when the request may be sent now. */
    private synchronized long reserve() {
        long now = System.nanoTime();
        if (next - now > 0) {
            return next - now;
        }
        next = now + spacing;
        return 0;
    }

    private static long latest(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
