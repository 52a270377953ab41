package io.bangwo8stream.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.api.ResponseMemory.Reservation;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ResponseMemoryTest {

    private final ResponseMemory memory = new ResponseMemory(100);

    @Test
    void letsAResponseWaitUntilItFits() throws Exception {
        Reservation first = memory.open();
        Reservation second = memory.open();
        first.take(60);

        assertThat(second.tryTake(40)).isTrue();
        assertThat(second.tryTake(1)).isFalse();
        CompletableFuture<Void> waiting = take(second, 30);
        await().until(() -> Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(thread -> thread.getKey().getName().equals("waiting")
                        && thread.getKey().getState() == Thread.State.WAITING));
        assertThat(waiting).isNotDone();
        first.close();

        waiting.get();
        second.close();
    }

    @Test
    void neverLetsTheOldestResponseWait() throws Exception {
        Reservation first = memory.open();
        Reservation second = memory.open();
        second.take(100);

        first.take(80);
        assertThat(second.tryTake(1)).isFalse();
        first.close();
        assertThat(second.tryTake(1)).as("the oldest one now").isTrue();
    }

    @Test
    void givesBackAllMemory() throws Exception {
        for (int i = 0; i < 10; i++) {
            Reservation reservation = memory.open();
            Reservation other = memory.open();
            assertThat(other.tryTake(100)).isTrue();
            reservation.close();
            other.close();
        }
    }

    private static CompletableFuture<Void> take(Reservation reservation, long bytes) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        reservation.take(bytes);
                        taken.complete(null);
                    } catch (Exception e) {
                        taken.completeExceptionally(e);
                    }
                },
                "waiting");
        thread.setDaemon(true);
        thread.start();
        return taken;
    }
}
