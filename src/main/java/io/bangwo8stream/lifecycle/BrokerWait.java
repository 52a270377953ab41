package io.bangwo8stream.lifecycle;

import io.bangwo8stream.kafka.BrokerUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Repeats the first use of Kafka while no broker answers, since brokers and this product may start together. */
final class BrokerWait {

    private static final Logger LOG = Logger.getLogger(BrokerWait.class);
    /** Brokers need minutes after an outage; a start that fails earlier would be a loop of restarts. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final LongSupplier nanoTime;
    private final Pause pause;

    /** Waits for a time. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    BrokerWait() {
        this(System::nanoTime, time -> Thread.sleep(time.toMillis()));
    }

    BrokerWait(LongSupplier nanoTime, Pause pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /**
     * The result of {@code attempt}, as soon as a broker answers.
     *
     * @return the only message after five minutes without a broker
     */
    List<String> until(Callable<List<String>> attempt) throws Exception {
        Thread waiting = Thread.currentThread();
        AtomicBoolean over = new AtomicBoolean();
        // A process that is terminated meanwhile must end at once.
        Thread interrupter = new Thread(() -> {
            if (!over.get()) {
                waiting.interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(interrupter);
        try {
            return repeat(attempt);
        } finally {
            over.set(true);
            removeHook(interrupter);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            LOG.trace("the process ends", shuttingDown);
        }
    }

    private List<String> repeat(Callable<List<String>> attempt) throws Exception {
        long start = nanoTime.getAsLong();
        String reported = "";
        while (true) {
            try {
                return attempt.call();
            } catch (BrokerUnavailableException unavailable) {
                if (nanoTime.getAsLong() - start > LONGEST.toNanos()) {
                    return List.of(
                            unavailable.getMessage() + ". No broker answered for " + LONGEST.toMinutes() + " minutes");
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException("the process ends");
                }
                if (!unavailable.getMessage().equals(reported)) {
                    reported = unavailable.getMessage();
                    LOG.warnf("broker-unavailable waitsAtMostSeconds=%d reason=%s", LONGEST.toSeconds(), reported);
                }
                pause.of(PAUSE);
            }
        }
    }
}
