package io.bangwo8stream.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The only thread that notifies listeners; it detects an expired lease even while the Kafka thread waits. */
final class LeadershipNotifier {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Leadership leadership;
    private final List<KafkaClusterView> views;
    private final Runnable watch;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param views the views to notify; other threads may add to this list at any time
     * @param watch frees the Kafka thread when it waits for too long; called often
     */
    LeadershipNotifier(Leadership leadership, CopyOnWriteArrayList<KafkaClusterView> views, Runnable watch) {
        this.watch = watch;
        this.leadership = leadership;
        this.views = views;
        this.thread = new Thread(this::run, "bangwo8-leaders-notifier");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread after a last notification of every listener; waits at most a few seconds. */
    void stop() throws InterruptedException {
        closed = true;
        leadership.wakeWaiters();
        thread.join(STOP_TIMEOUT.toMillis());
    }

    private void run() {
        try {
            long seenVersion = 0;
            while (!closed) {
                views.forEach(KafkaClusterView::notifyListeners);
                watch.run();
                seenVersion = leadership.awaitChange(seenVersion, POLL_INTERVAL);
            }
            views.forEach(KafkaClusterView::notifyListeners);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
