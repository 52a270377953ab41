package io.bangwo8stream.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/** Keeps this instance in the leaders' consumer group, on a thread of its own, whatever happens to the broker. */
final class GroupMembership {

    private static final Logger LOG = Logger.getLogger(GroupMembership.class);
    /** Heartbeats' answers are looked for this often. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(2);
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(2);

    private final Leadership leadership;
    private final Map<String, Object> settings;
    private final Set<String> topic;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private boolean errorLogged;

    /**
     * @param settings of the consumer, complete
     * @param topic    an existing topic, subscribed to because a group needs one; nothing is read from it
     */
    GroupMembership(Leadership leadership, Map<String, Object> settings, String topic) {
        this.leadership = leadership;
        this.settings = settings;
        this.topic = Set.of(topic);
        this.thread = new Thread(this::run, "bangwo8-leaders-kafka");
        this.thread.setDaemon(true);
    }

    void start() {
        leadership.onChange(this::wake);
        thread.start();
    }

    /** Leaves the group, so that others take over at once; waits for that a few seconds at most. */
    void stop() throws InterruptedException {
        closed.countDown();
        wake();
        thread.join(LEAVE_TIMEOUT.multipliedBy(2).toMillis());
    }

    private void wake() {
        KafkaConsumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void run() {
        try {
            long seen = 0;
            while (!isClosed()) {
                seen = leadership.awaitChange(seen, POLL_INTERVAL);
                joinWhenWanted();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leadership.left();
        }
    }

    private void joinWhenWanted() throws InterruptedException {
        try {
            if (!leadership.isIdle()) {
                takePart();
            }
        } catch (RuntimeException e) {
            logOnce(e);
            closed.await(PAUSE_AFTER_ERROR.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void takePart() {
        KafkaConsumer<byte[], byte[]> joined = new KafkaConsumer<>(settings);
        try {
            consumer = joined;
            joined.subscribe(topic);
            Metric answers = heartbeats(joined);
            while (!isClosed() && !leadership.isIdle()) {
                listen(joined, answers);
            }
        } finally {
            consumer = null;
            leadership.left();
            joined.close(CloseOptions.timeout(LEAVE_TIMEOUT));
        }
    }

    private void listen(KafkaConsumer<byte[], byte[]> joined, Metric answers) {
        if (leadership.takeRejoin()) {
            joined.enforceRebalance("what this instance wants or holds has changed");
        }
        Object before = answers.metricValue();
        leadership.listening();
        try {
            joined.poll(POLL_INTERVAL);
        } catch (WakeupException e) {
            LOG.trace("woken up to look at what has changed");
        }
        if (!before.equals(answers.metricValue())) {
            leadership.heard();
            errorLogged = false;
        }
    }

    /** Counts the coordinator's answers, which are otherwise hidden in Kafka's own heartbeat thread. */
    private static Metric heartbeats(KafkaConsumer<byte[], byte[]> joined) {
        return joined.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("heartbeat-total"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this Kafka client has no metric heartbeat-total"));
    }

    private void logOnce(RuntimeException e) {
        if (!errorLogged) {
            errorLogged = true;
            LOG.errorf(
                    "leadership-unavailable member=%s reason=%s: nothing is led here until it is mended; it is tried "
                            + "again every %d s",
                    leadership.member(), e, PAUSE_AFTER_ERROR.toSeconds());
        }
    }
}
