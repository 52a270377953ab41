package io.bangwo8stream.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.LongSupplier;

/** When a request to the API last ended, well or not: proof that the threads that send requests move. */
@Singleton
public class RequestActivity {

    private final LongSupplier nanoTime;
    private volatile long endedAt;

    @Inject
    RequestActivity() {
        this(System::nanoTime);
    }

    /** @param nanoTime a monotonic clock, in nanoseconds */
    public RequestActivity(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.endedAt = nanoTime.getAsLong();
    }

    /** Records that a request has ended. */
    public void ended() {
        endedAt = nanoTime.getAsLong();
    }

    /** The time since the last request ended, or since the start. */
    public Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - endedAt);
    }
}
