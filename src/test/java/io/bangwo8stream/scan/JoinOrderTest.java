package io.bangwo8stream.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class JoinOrderTest {

    private final JoinOrder order = new JoinOrder();
    private final AtomicBoolean canContinue = new AtomicBoolean(true);
    // Pages without records equal each other.
    private final FetchedPage first = new FetchedPage(null, 0, List.of());
    private final FetchedPage second = new FetchedPage(null, 0, List.of());

    @Test
    void startsTheJoinsOfAPageAfterThoseOfThePageBefore() throws Exception {
        order.add(first);
        order.add(second);
        await(first).get(10, TimeUnit.SECONDS);

        CompletableFuture<Void> secondStarts = await(second);
        assertThat(secondStarts)
                .as("the joins of the second page")
                .failsWithin(300, TimeUnit.MILLISECONDS)
                .withThrowableOfType(TimeoutException.class);
        order.remove(first);

        secondStarts.get(10, TimeUnit.SECONDS);
    }

    @Test
    void waitsForNothingOnceTheScanEnds() throws Exception {
        order.add(first);
        order.add(second);
        CompletableFuture<Void> secondStarts = await(second);

        canContinue.set(false);

        secondStarts.get(10, TimeUnit.SECONDS);
    }

    @Test
    void doesNotHoldUpAPageThatNoWindowReturned() throws Exception {
        order.add(first);

        await(second).get(10, TimeUnit.SECONDS);
    }

    @Test
    void waitsUntilTheJoinsOfAllPagesHaveStarted() throws Exception {
        order.add(first);
        order.add(second);
        CompletableFuture<Void> allStarted = awaitAll();
        order.remove(second);
        assertThat(allStarted)
                .as("the joins of the first page")
                .failsWithin(300, TimeUnit.MILLISECONDS)
                .withThrowableOfType(TimeoutException.class);

        order.remove(first);

        allStarted.get(10, TimeUnit.SECONDS);
    }

    @Test
    void waitsForNoJoinsOnceTheScanEnds() throws Exception {
        order.add(first);
        CompletableFuture<Void> allStarted = awaitAll();

        canContinue.set(false);

        allStarted.get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<Void> await(FetchedPage page) {
        return inBackground(() -> order.await(page, canContinue::get));
    }

    private CompletableFuture<Void> awaitAll() {
        return inBackground(() -> order.awaitAll(canContinue::get));
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    private static CompletableFuture<Void> inBackground(Waiting waiting) {
        return CompletableFuture.runAsync(() -> {
            try {
                waiting.run();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
    }
}
