package io.bangwo8stream.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * When the requests of each stream last moved: one was begun, waited on for the rate limit, or ended, well or not. It is
 * proof that the threads of this stream move, and of no other one.
 */
@Singleton
public class RequestActivity {

    private final LongSupplier nanoTime;
    private final Map<String, Long> movedAt = new ConcurrentHashMap<>();
    private volatile long tokenMovedAt;

    @Inject
    RequestActivity() {
        this(System::nanoTime);
    }

    /** @param nanoTime a monotonic clock, in nanoseconds */
    public RequestActivity(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.tokenMovedAt = nanoTime.getAsLong();
    }

    /** Records that {@code request} has moved; all streams wait for a token, and none for a probe. */
    public void moved(ApiRequest request) {
        if (request.isForToken()) {
            tokenMovedAt = nanoTime.getAsLong();
        } else if (!request.stream().isEmpty()) {
            movedAt.put(request.stream(), nanoTime.getAsLong());
        }
    }

    /** The time since a request last moved {@code stream}, or since the start. */
    public Duration age(String stream) {
        long now = nanoTime.getAsLong();
        long sinceToken = now - tokenMovedAt;
        Long own = movedAt.get(stream);
        return Duration.ofNanos(own == null ? sinceToken : Math.min(sinceToken, now - own));
    }
}
