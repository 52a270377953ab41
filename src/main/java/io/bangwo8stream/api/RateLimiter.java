package io.bangwo8stream.api;

import io.bangwo8stream.config.Settings;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Spaces all requests evenly, by {@code bangwo8.requests-per-second}, and sends none while a Retry-After is in effect. */
@Singleton
@Named("rateLimiter")
@RegisterForReflection
public class RateLimiter {

    /** A request of a backfill that waited for longer would delay the new records of its own source. */
    private static final long LOW_PRIORITY_LIMIT = TimeUnit.SECONDS.toNanos(5);

    private final long spacing;
    private final AtomicInteger waiting = new AtomicInteger();
    private long next = System.nanoTime();

    @Inject
    RateLimiter(Settings settings) {
        this(settings.api().requestsPerSecond());
    }

    RateLimiter(double requestsPerSecond) {
        spacing = requestsPerSecond == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / requestsPerSecond);
    }

    /** Waits until {@code request} may be sent; a low-priority one waits while others do, but for 5 s at most. */
    public void acquire(ApiRequest request) throws InterruptedException {
        long begun = System.nanoTime();
        int own = request.lowPriority() ? 0 : 1;
        waiting.addAndGet(own);
        try {
            long wait;
            while ((wait = reserve(request.lowPriority() && System.nanoTime() - begun < LOW_PRIORITY_LIMIT)) > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
        } finally {
            waiting.addAndGet(-own);
        }
    }

    /** Delays all requests by {@code duration}: a 429 applies to the account, not to one of its calls. */
    synchronized void pause(Duration duration) {
        next = latest(next, System.nanoTime() + duration.toNanos());
    }

    /** Nanoseconds to wait before asking again; 0 when the request may be sent now. */
    private synchronized long reserve(boolean lowPriority) {
        long now = System.nanoTime();
        if (next - now > 0) {
            return next - now;
        }
        if (lowPriority && spacing > 0 && waiting.get() > 0) {
            return spacing;
        }
        next = now + spacing;
        return 0;
    }

    private static long latest(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
