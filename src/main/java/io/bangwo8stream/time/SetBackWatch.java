package io.bangwo8stream.time;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Notices within a second that the wall clock was set back against monotonic time, and tells what measures its pauses
 * with the wall clock: Kafka's clients and Camel's timers do, and would stand still until it shows the former time again.
 */
@Singleton
public final class SetBackWatch {

    /** A client of Kafka that stands still for less has no consequence: this is half of a leader's lease. */
    public static final Duration TOLERANCE = Duration.ofSeconds(3);

    private static final Logger LOG = Logger.getLogger(SetBackWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** A process that was paused between two readings of the clocks would see a jump where there is none. */
    private static final Duration LONGEST_READING = Duration.ofMillis(200);

    private final Clock wall;
    private final MonotonicTime monotonic;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("clock-set-back"));
    /** The wall clock minus monotonic time; null before the first look. */
    private Duration offset;

    public SetBackWatch(Clock wall, MonotonicTime monotonic) {
        this.wall = wall;
        this.monotonic = monotonic;
    }

    /** Calls {@code listener}, on another thread, whenever the wall clock was set back by more than {@link #TOLERANCE}. */
    public synchronized void onSetBack(Runnable listener) {
        if (listeners.isEmpty()) {
            look();
            thread.scheduleWithFixedDelay(this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
        listeners.add(listener);
    }

    synchronized void look() {
        Duration before = monotonic.now();
        Instant now = wall.instant();
        if (monotonic.now().minus(before).compareTo(LONGEST_READING) > 0) {
            return;
        }
        Duration seen = Duration.between(Instant.EPOCH, now).minus(before);
        Duration back = offset == null ? Duration.ZERO : offset.minus(seen);
        offset = seen;
        if (back.compareTo(TOLERANCE) > 0) {
            LOG.warnf(
                    "clock-set-back seconds=%d: the Kafka clients and the timers, which measure pauses with the clock of"
                            + " this machine, are replaced",
                    back.toSeconds());
            listeners.forEach(SetBackWatch::notify);
        }
    }

    private static void notify(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error failed) {
            // A task that throws is never run again, and the other listeners are still called.
            LOG.errorf(failed, "client-not-replaced: restart this instance");
        }
    }

    @PreDestroy
    public void close() {
        thread.shutdownNow();
    }
}
