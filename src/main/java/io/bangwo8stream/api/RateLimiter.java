package io.bangwo8stream.api;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.trace.Traces;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

/**
 * Spaces all requests evenly, and sends none while a Retry-After is in effect. {@code bangwo8.requests-per-second} is
 * the ceiling of the rate: nobody knows how much of the account's limit other clients of the API use.
 */
@Singleton
@Named("rateLimiter")
public class RateLimiter implements Processor {

    private static final Logger LOG = Logger.getLogger(RateLimiter.class);

    /** A request of a backfill that waited for longer would delay the new records of its own source. */
    private static final long LOW_PRIORITY_LIMIT = TimeUnit.SECONDS.toNanos(5);

    /** A longer pause is made of several: a thread that waits for long must be told from one that stands still. */
    private static final long LONGEST_SLEEP = TimeUnit.MINUTES.toNanos(1);

    /** Variable with the time at which a request was sent, in nanoseconds of a monotonic clock. */
    static final String SENT_AT = "sentAt";

    private final RequestRate rate;
    private final MeasuredRate used;
    private final Timer waits;
    private final LongSupplier nanoTime;
    private final RequestActivity activity;
    private final AtomicInteger waiting = new AtomicInteger();
    private long next;

    @Inject
    RateLimiter(Settings settings, MeterRegistry meters, RequestActivity activity) {
        this(settings.api().requestsPerSecond(), System::nanoTime, meters, activity);
        if (rate.isLimited()) {
            Gauge.builder("bangwo8.request.rate", this, RateLimiter::requestsPerSecond)
                    .register(meters);
        }
    }

    /** @param nanoTime a monotonic clock, in nanoseconds */
    RateLimiter(double requestsPerSecond, LongSupplier nanoTime) {
        this(requestsPerSecond, nanoTime, new SimpleMeterRegistry(), new RequestActivity(nanoTime));
    }

    RateLimiter(double requestsPerSecond, LongSupplier nanoTime, MeterRegistry meters, RequestActivity activity) {
        this.activity = activity;
        this.waits = meters.timer("bangwo8.budget.wait");
        this.rate = new RequestRate(requestsPerSecond, nanoTime);
        this.used = new MeasuredRate(nanoTime);
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** Waits until the request of the exchange may be sent, and records when it is. */
    @Override
    public void process(Exchange exchange) throws InterruptedException {
        ApiRequest request = exchange.getVariable(ApiRequestProcessor.REQUEST, ApiRequest.class);
        long begun = nanoTime.getAsLong();
        acquire(request);
        long sent = nanoTime.getAsLong();
        waits.record(sent - begun, TimeUnit.NANOSECONDS);
        exchange.setVariable(SENT_AT, sent);
        Traces.sent(exchange);
    }

    /** Waits until {@code request} may be sent; a low-priority one waits while others do, but for 5 s at most. */
    public void acquire(ApiRequest request) throws InterruptedException {
        long begun = nanoTime.getAsLong();
        int own = request.lowPriority() ? 0 : 1;
        waiting.addAndGet(own);
        try {
            long wait;
            while ((wait = reserve(request.lowPriority() && nanoTime.getAsLong() - begun < LOW_PRIORITY_LIMIT)) > 0) {
                TimeUnit.NANOSECONDS.sleep(Math.min(wait, LONGEST_SLEEP));
                activity.moved(request);
            }
        } finally {
            waiting.addAndGet(-own);
        }
    }

    /** Delays all requests by {@code duration}: a 429 applies to the account, not to one of its calls. */
    synchronized void pause(Duration duration) {
        next = latest(next, nanoTime.getAsLong() + duration.toNanos());
    }

    /** Halves the rate, because the API has refused a request with 429 or 503; at most once in 5 s. */
    synchronized void reduce() {
        if (rate.reduce()) {
            LOG.warnf("rate-reduced requests-per-second=%s", Math.round(rate.current() * 100) / 100.0);
        }
    }

    /** Requests per second that are allowed now; 0 for no limit. */
    public synchronized double requestsPerSecond() {
        return rate.current();
    }

    /** Requests per second that were sent within about the last minute. */
    public synchronized double usedRequestsPerSecond() {
        return used.perSecond();
    }

    /** Nanoseconds to wait before asking again; 0 when the request may be sent now. */
    private synchronized long reserve(boolean lowPriority) {
        long now = nanoTime.getAsLong();
        if (next - now > 0) {
            return next - now;
        }
        long spacing = rate.spacing();
        if (lowPriority && spacing > 0 && waiting.get() > 0) {
            return spacing;
        }
        next = now + spacing;
        used.add();
        return 0;
    }

    private static long latest(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
