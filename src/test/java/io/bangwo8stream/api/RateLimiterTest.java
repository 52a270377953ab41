package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bangwo8stream.config.TestSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lower bounds alone are asserted: a busy machine may be late, the budget may not be early. */
class RateLimiterTest {

    private static final ApiRequest CALL = new ApiRequest("/list.json", "/list.json", Map.of());

    @Test
    void spacesRequestsEvenly() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(100);

        assertThat(nanosFor(rateLimiter, 6))
                .isGreaterThanOrEqualTo(Duration.ofMillis(5 * 10).toNanos());
    }

    @Test
    void spacesTheRequestsOfAllThreadsTogether() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(100);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            long begun = System.nanoTime();
            List<Future<Long>> waits = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> nanosFor(rateLimiter, 3)))
                    .toList();
            for (Future<Long> wait : waits) {
                wait.get();
            }
            assertThat(System.nanoTime() - begun)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(11 * 10).toNanos());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Timeout(60)
    void letsAllPassWhereThereIsNoLimit() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(TestSettings.of("bangwo8.requests-per-second", "0"));

        // One a millisecond would take longer than the time-out.
        assertThat(nanosFor(rateLimiter, 100_000)).isPositive();
    }

    @Test
    void holdsBackEveryRequestWhileTheApiAsksForIt() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(0);
        rateLimiter.acquire(CALL);

        long begun = System.nanoTime();
        rateLimiter.pause(Duration.ofMillis(80));
        rateLimiter.pause(Duration.ofMillis(1));
        rateLimiter.acquire(CALL);

        assertThat(System.nanoTime() - begun)
                .as("a shorter wish does not end a longer one")
                .isGreaterThanOrEqualTo(Duration.ofMillis(80).toNanos());
    }

    @Test
    void holdsBackARequestThatWaitsAlready() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(20);
        rateLimiter.acquire(CALL);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            long begun = System.nanoTime();
            rateLimiter.pause(Duration.ofMillis(30));
            Future<Long> waiting = threads.submit(() -> nanosFor(rateLimiter, 1));
            rateLimiter.pause(Duration.ofMillis(120));
            waiting.get();
            assertThat(System.nanoTime() - begun)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(120).toNanos());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Timeout(60)
    void letsAPatientRequestWaitForAllOthers() throws Exception {
        RateLimiter rateLimiter = new RateLimiter(2);
        // Long enough for all of them to wait.
        rateLimiter.pause(Duration.ofSeconds(1));
        List<String> order = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> lowPriority = threads.submit(() -> take(rateLimiter, CALL.lowPriority(true), "patient", order));
            List<Future<?>> others = List.of(
                    threads.submit(() -> take(rateLimiter, CALL, "other", order)),
                    threads.submit(() -> take(rateLimiter, CALL, "other", order)));
            for (Future<?> other : others) {
                other.get();
            }
            lowPriority.get();
        } finally {
            threads.shutdownNow();
        }

        assertThat(order).containsExactly("other", "other", "patient");
    }

    private static Void take(RateLimiter rateLimiter, ApiRequest request, String who, List<String> order)
            throws InterruptedException {
        rateLimiter.acquire(request);
        order.add(who);
        return null;
    }

    @Test
    @Timeout(60)
    void canBeInterruptedWhileItWaits() {
        RateLimiter rateLimiter = new RateLimiter(0);
        rateLimiter.pause(Duration.ofMinutes(5));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> rateLimiter.acquire(CALL)).isInstanceOf(InterruptedException.class);
    }

    private static long nanosFor(RateLimiter rateLimiter, int requests) throws InterruptedException {
        long begun = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            rateLimiter.acquire(CALL);
        }
        return System.nanoTime() - begun;
    }
}
