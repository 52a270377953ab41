package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bangwo8stream.config.TestSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asserts lower bounds only: a busy machine may send a request late, but the rate limiter must not send one early. */
class RateLimiterTest {

    private static final ApiRequest CALL = new ApiRequest("/list.json", "/list.json", Map.of());

    @Test
    void spacesRequestsEvenly() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(100, System::nanoTime);

        assertThat(nanosToAcquire(rateLimiter, 6))
                .isGreaterThanOrEqualTo(Duration.ofMillis(5 * 10).toNanos());
    }

    @Test
    void appliesOneRateToTheRequestsOfAllThreads() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(100, System::nanoTime);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            long start = System.nanoTime();
            List<Future<Long>> waits = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> nanosToAcquire(rateLimiter, 3)))
                    .toList();
            for (Future<Long> wait : waits) {
                wait.get();
            }
            assertThat(System.nanoTime() - start)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(11 * 10).toNanos());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Timeout(60)
    void delaysNoRequestWithoutALimit() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(
                TestSettings.of("bangwo8.requests-per-second", "0"), new SimpleMeterRegistry(), new RequestActivity());

        // With only one request per millisecond this would take longer than the timeout.
        assertThat(nanosToAcquire(rateLimiter, 100_000)).isPositive();
    }

    @Test
    void delaysEveryRequestWhileARetryAfterIsInEffect() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(0, System::nanoTime);
        rateLimiter.acquire(CALL);

        long start = System.nanoTime();
        rateLimiter.pause(Duration.ofMillis(80));
        rateLimiter.pause(Duration.ofMillis(1));
        rateLimiter.acquire(CALL);

        assertThat(System.nanoTime() - start)
                .as("a shorter pause does not end a longer one")
                .isGreaterThanOrEqualTo(Duration.ofMillis(80).toNanos());
    }

    @Test
    void delaysARequestThatIsAlreadyWaiting() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(20, System::nanoTime);
        rateLimiter.acquire(CALL);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            long start = System.nanoTime();
            rateLimiter.pause(Duration.ofMillis(30));
            Future<Long> waiting = threads.submit(() -> nanosToAcquire(rateLimiter, 1));
            rateLimiter.pause(Duration.ofMillis(120));
            waiting.get();
            assertThat(System.nanoTime() - start)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(120).toNanos());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Timeout(60)
    void sendsALowPriorityRequestAfterAllOtherRequests() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(2, System::nanoTime);
        // Long enough for all three requests to be waiting.
        rateLimiter.pause(Duration.ofSeconds(1));
        List<String> order = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> lowPriority =
                    threads.submit(() -> acquire(rateLimiter, CALL.lowPriority(true), "low-priority", order));
            List<Future<?>> others = List.of(
                    threads.submit(() -> acquire(rateLimiter, CALL, "other", order)),
                    threads.submit(() -> acquire(rateLimiter, CALL, "other", order)));
            for (Future<?> other : others) {
                other.get();
            }
            lowPriority.get();
        } finally {
            threads.shutdownNow();
        }

        assertThat(order).containsExactly("other", "other", "low-priority");
    }

    private static Void acquire(RateLimiter rateLimiter, ApiRequest request, String name, List<String> order)
            throws InterruptedException {
        rateLimiter.acquire(request);
        order.add(name);
        return null;
    }

    /** A thread that waits must not look like one that stands still, however long others make it wait. */
    @Test
    void showsThatTheStreamOfARequestThatWaitsMoves() throws Exception {
        AtomicLong seconds = new AtomicLong();
        RequestActivity activity =
                new RequestActivity(() -> Duration.ofSeconds(seconds.get()).toNanos());
        RateLimiter rateLimiter = new RateLimiter(0, System::nanoTime, new SimpleMeterRegistry(), activity);
        rateLimiter.pause(Duration.ofMillis(20));
        seconds.set(3_600);

        rateLimiter.acquire(CALL.forStream("calls"));

        assertThat(activity.age("calls")).isZero();
        assertThat(activity.age("tickets")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    @Timeout(60)
    void throwsAnInterruptedExceptionWhenAWaitingThreadIsInterrupted() {
        RateLimiter rateLimiter = new RateLimiter(0, System::nanoTime);
        rateLimiter.pause(Duration.ofMinutes(5));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> rateLimiter.acquire(CALL)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void spacesRequestsByTheReducedRate() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(100, System::nanoTime);
        rateLimiter.reduce();

        assertThat(nanosToAcquire(rateLimiter, 6))
                .isGreaterThanOrEqualTo(Duration.ofMillis(5 * 19).toNanos());
    }

    @Test
    void measuresTheRequestsThatMayBeSent() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(0, () -> 7);
        for (int i = 0; i < 5; i++) {
            rateLimiter.acquire(CALL);
        }

        assertThat(rateLimiter.usedRequestsPerSecond()).isEqualTo(5);
        assertThat(rateLimiter.requestsPerSecond()).as("allowed").isZero();
    }

    @Test
    void reportsTheReducedRateAsAGauge() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RateLimiter rateLimiter =
                new RateLimiter(TestSettings.of("bangwo8.requests-per-second", "1000"), meters, new RequestActivity());
        assertThat(meters.get("bangwo8.request.rate").gauge().value()).isEqualTo(1000);

        rateLimiter.reduce();

        assertThat(meters.get("bangwo8.request.rate").gauge().value()).isBetween(500.0, 600.0);
    }

    @Test
    void reportsNoGaugeWithoutALimit() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RateLimiter rateLimiter =
                new RateLimiter(TestSettings.of("bangwo8.requests-per-second", "0"), meters, new RequestActivity());
        rateLimiter.reduce();

        assertThat(meters.find("bangwo8.request.rate").gauge()).isNull();
        assertThat(rateLimiter.requestsPerSecond()).isZero();
    }

    private static long nanosToAcquire(RateLimiter rateLimiter, int requests) throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            rateLimiter.acquire(CALL);
        }
        return System.nanoTime() - start;
    }
}
