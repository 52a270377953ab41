package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.kafka.StatusTopic;
import io.bangwo8stream.text.SafeText;
import io.bangwo8stream.time.DaemonThread;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Writes statuses to Kafka from a thread of its own, so that no scan waits for them; only the newest of a name counts. */
@Singleton
class StatusWriter {

    private static final Logger LOG = Logger.getLogger(StatusWriter.class);
    private static final long SECONDS_AT_END = 5;

    private final StatusTopic topics;
    private final Map<String, Supplier<? extends JsonNode>> pending = new LinkedHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("operator-topics"));
    private boolean failureLogged;

    StatusWriter(StatusTopic topics) {
        this.topics = topics;
    }

    /** A time as statuses hold it. */
    static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Removes a status soon. */
    void remove(String name) {
        write(name, () -> null);
    }

    /** Writes a status soon. */
    void write(String name, JsonNode status) {
        write(name, () -> status);
    }

    /** Likewise; {@code status} may take its time, because it is called from the writing thread. */
    void write(String name, Supplier<? extends JsonNode> status) {
        synchronized (pending) {
            pending.remove(name);
            pending.put(name, status);
        }
        if (!thread.isShutdown()) {
            thread.execute(this::flush);
        }
    }

    /** Waits until what was given so far is written. */
    void flushed() throws InterruptedException {
        try {
            thread.submit(this::flush).get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Runs {@code task} on the same thread, again and again, with pauses. */
    void every(long milliseconds, Runnable task) {
        thread.scheduleWithFixedDelay(
                () -> {
                    task.run();
                    flush();
                },
                0,
                milliseconds,
                TimeUnit.MILLISECONDS);
    }

    private void flush() {
        try {
            for (Map.Entry<String, Supplier<? extends JsonNode>> next = first(); next != null; next = first()) {
                topics.writeStatus(next.getKey(), next.getValue().get());
                done(next);
                failureLogged = false;
            }
        } catch (RuntimeException failed) {
            if (!failureLogged) {
                failureLogged = true;
                LOG.warnf(
                        "status-unavailable reason=%s: the status is written again once the broker accepts it",
                        SafeText.named(failed));
            }
        }
    }

    private Map.Entry<String, Supplier<? extends JsonNode>> first() {
        synchronized (pending) {
            return pending.isEmpty()
                    ? null
                    : Map.entry(
                            pending.keySet().iterator().next(),
                            pending.values().iterator().next());
        }
    }

    /** Unless a newer one has replaced it meanwhile. */
    private void done(Map.Entry<String, Supplier<? extends JsonNode>> written) {
        synchronized (pending) {
            pending.remove(written.getKey(), written.getValue());
        }
    }

    /** Writes what is left; a broker that is away must not hold up the end of the process. */
    @PreDestroy
    void close() throws InterruptedException {
        thread.shutdown();
        thread.awaitTermination(SECONDS_AT_END, TimeUnit.SECONDS);
    }
}
