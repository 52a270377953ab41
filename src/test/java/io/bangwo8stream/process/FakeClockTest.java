package io.bangwo8stream.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A faked clock changes the time of a process, and none of its pauses. */
class FakeClockTest {

    @TempDir
    Path directory;

    @Test
    void setsTheTimeOfAProcessAndLeavesItsPausesAlone() throws Exception {
        Optional<FakeClock> clock = FakeClock.in(directory.resolve("clock"));
        assumeTrue(clock.isPresent(), "the package faketime is not installed");
        clock.get().set(Duration.ofDays(-30));

        try (JavaProcess process = JavaProcess.ofClass(Program.class)
                .environment(clock.get().environment())
                .start()) {
            assertThat(Instant.parse(process.awaitLine("time ")))
                    .isBetween(
                            Instant.now().minus(Duration.ofDays(31)),
                            Instant.now().minus(Duration.ofDays(29)));
            assertThat(Long.parseLong(process.awaitLine("waited "))).isGreaterThanOrEqualTo(Program.MILLIS);
        }
    }

    /** Prints the time, and how many milliseconds a pause has taken. */
    static final class Program {

        static final long MILLIS = 300;

        private Program() {}

        public static void main(String[] args) throws InterruptedException {
            System.out.println("time " + Instant.now());
            Object lock = new Object();
            long start = System.nanoTime();
            synchronized (lock) {
                lock.wait(MILLIS);
            }
            System.out.println("waited " + (System.nanoTime() - start) / 1_000_000);
        }
    }
}
