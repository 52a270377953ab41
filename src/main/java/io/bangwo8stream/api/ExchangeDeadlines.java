package io.bangwo8stream.api;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.time.DaemonThread;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.quarkus.main.events.BeforeStop;

/**
 * Ends every exchange with the API after {@code bangwo8.request-timeout}, in whatever phase it is: timeouts of a socket
 * never end one that receives a byte now and then.
 */
@Singleton
class ExchangeDeadlines {

    /** When the process ends, what is under way gets this long. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final Duration timeout;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<Deadline> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    ExchangeDeadlines(Settings settings) {
        this.timeout = settings.api().requestTimeout();
        this.timer = new ScheduledThreadPoolExecutor(1, DaemonThread.named("bangwo8-deadlines"));
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Starts the deadline of one exchange.
     *
     * @param abort closes its connection, from another thread
     * @param ended called once, when the exchange has ended or its deadline has passed
     */
    Deadline start(Runnable abort, Runnable ended) {
        Deadline deadline = new Deadline(abort, ended);
        running.add(deadline);
        deadline.schedule(stopping && GRACE.compareTo(timeout) < 0 ? GRACE : timeout);
        return deadline;
    }

    /** Ends the exchanges that are under way soon, so that none holds up the end of the process. */
    void stop(@Observes BeforeStop event) {
        stopping = true;
        running.forEach(deadline -> deadline.schedule(GRACE));
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
    }

    /** The deadline of one exchange. */
    final class Deadline {

        private final Runnable abort;
        private final Runnable onEnd;
        private ScheduledFuture<?> alarm;
        private long left;
        private boolean passed;
        private boolean ended;

        private Deadline(Runnable abort, Runnable onEnd) {
            this.abort = abort;
            this.onEnd = onEnd;
        }

        private synchronized void schedule(Duration delay) {
            if (!ended && (alarm == null || alarm.getDelay(TimeUnit.NANOSECONDS) > delay.toNanos())) {
                if (alarm != null) {
                    alarm.cancel(false);
                }
                alarm = timer.schedule(this::pass, delay.toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        /** Stops the time, while the process itself holds up the exchange. */
        synchronized void pause() {
            left = Math.max(0, alarm.getDelay(TimeUnit.NANOSECONDS));
            alarm.cancel(false);
        }

        /** Continues the time after {@link #pause}. */
        synchronized void resume() {
            if (!ended) {
                alarm.cancel(false);
                alarm = timer.schedule(this::pass, left, TimeUnit.NANOSECONDS);
            }
        }

        private void pass() {
            synchronized (this) {
                passed = !ended;
            }
            if (hasPassed()) {
                try {
                    abort.run();
                } finally {
                    // Also where nobody ever closes the response.
                    end();
                }
            }
        }

        /** The exchange is over: nothing is aborted any more. */
        void end() {
            synchronized (this) {
                if (ended) {
                    return;
                }
                ended = true;
                alarm.cancel(false);
            }
            running.remove(this);
            onEnd.run();
        }

        synchronized boolean hasPassed() {
            return passed;
        }

        /** The reason why the exchange failed: the deadline, which closed the connection, or {@code failed} itself. */
        IOException reason(IOException failed) {
            if (!hasPassed()) {
                return failed;
            }
            IOException late = new SocketTimeoutException(
                    stopping
                            ? "the process ends"
                            : "it took longer than bangwo8.request-timeout, which is " + timeout.toMillis() + " ms");
            late.addSuppressed(failed);
            return late;
        }
    }
}
