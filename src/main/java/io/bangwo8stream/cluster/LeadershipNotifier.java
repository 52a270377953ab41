package io.bangwo8stream.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The one thread that tells listeners who leads; also notices that the lease ran out while the Kafka thread waits. */
final class LeadershipNotifier {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Leadership leadership;
    private final List<KafkaClusterView> views;
    private final Thread thread;
    private volatile boolean closed;

    /** @param views may grow while this runs; a thread-safe list */
    LeadershipNotifier(Leadership leadership, CopyOnWriteArrayList<KafkaClusterView> views) {
        this.leadership = leadership;
        this.views = views;
        this.thread = new Thread(this::run, "bangwo8-leaders-announcer");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends after everybody was told what is so now; waits for that a few seconds at most. */
    void stop() throws InterruptedException {
        closed = true;
        leadership.wakeWaiters();
        thread.join(STOP_TIMEOUT.toMillis());
    }

    private void run() {
        try {
            long seen = 0;
            while (!closed) {
                views.forEach(KafkaClusterView::notifyListeners);
                seen = leadership.awaitChange(seen, POLL_INTERVAL);
            }
            views.forEach(KafkaClusterView::notifyListeners);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
