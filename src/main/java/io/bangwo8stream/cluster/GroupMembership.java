package io.bangwo8stream.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/** Keeps this instance in the leaders' consumer group on a separate thread, and rejoins after every broker error. */
final class GroupMembership {

    private static final Logger LOG = Logger.getLogger(GroupMembership.class);
    /** How often this class checks for new heartbeat responses. */
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(2);
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(2);
    /** Longer than a broker takes to create the topic of its groups, and to let the first member wait for others. */
    private static final Duration FIRST_INVESTIGATION = Duration.ofSeconds(10);

    private static final Duration NEXT_INVESTIGATION = Duration.ofSeconds(30);
    /** A broker that restarts, and a group that decides, are silent for less. */
    private static final long SESSIONS_OF_SILENCE = 4;

    private final Leadership leadership;
    private final Map<String, Object> settings;
    private final Set<String> topic;
    private final Duration longestSilence;
    private final GroupDiagnosis diagnosis;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    /** Whether a new consumer must take the place of the present one. */
    private volatile boolean replaceConsumer;
    /** When the consumer was created or the coordinator last responded, by {@link System#nanoTime}. */
    private volatile long lastResponse;

    /** When to find out why this instance is no member yet, by {@link System#nanoTime}. */
    private long investigateAt;

    /**
     * @param settings all settings of the consumer
     * @param topic    an existing topic; a consumer group must subscribe to one, but nothing is read from it
     */
    GroupMembership(Leadership leadership, Map<String, Object> settings, String topic, GroupDiagnosis diagnosis) {
        this.diagnosis = diagnosis;
        this.leadership = leadership;
        this.settings = settings;
        this.topic = Set.of(topic);
        this.longestSilence =
                Duration.ofMillis(SESSIONS_OF_SILENCE * (int) settings.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG));
        this.thread = new Thread(this::run, "bangwo8-leaders-kafka");
        this.thread.setDaemon(true);
    }

    void start() {
        leadership.onChange(this::wake);
        thread.start();
    }

    /** Leaves the group, so that other instances take over at once; waits at most a few seconds. */
    void stop() throws InterruptedException {
        closed.countDown();
        wake();
        thread.join(LEAVE_TIMEOUT.multipliedBy(2).toMillis());
    }

    /**
     * Joins the group again with a new consumer. One whose clock was set back waits for the clock to show the former time,
     * in its poll, between two heartbeats, and before it connects again.
     */
    void rejoin() {
        replaceConsumer = true;
        wake();
    }

    /** Rejoins when the coordinator has been silent for so long that the consumer itself may be the cause. */
    void rejoinIfSilent() {
        if (consumer != null && System.nanoTime() - lastResponse > longestSilence.toNanos()) {
            LOG.debugf("no response for %d s: replaces the consumer", longestSilence.toSeconds());
            rejoin();
        }
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
            long seenVersion = 0;
            while (!isClosed()) {
                seenVersion = leadership.awaitChange(seenVersion, POLL_INTERVAL);
                joinIfNeeded();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            leadership.markLeft();
        }
    }

    private void joinIfNeeded() throws InterruptedException {
        try {
            if (!leadership.isIdle()) {
                participate();
            }
        } catch (RuntimeException e) {
            report(diagnosis.explain(e));
            closed.await(PAUSE_AFTER_ERROR.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void participate() {
        replaceConsumer = false;
        lastResponse = System.nanoTime();
        investigateAt = System.nanoTime() + FIRST_INVESTIGATION.toNanos();
        KafkaConsumer<byte[], byte[]> joined = new KafkaConsumer<>(settings);
        try {
            consumer = joined;
            joined.subscribe(topic);
            Metric heartbeatResponses = heartbeatMetric(joined);
            while (!isClosed() && !leadership.isIdle() && !replaceConsumer) {
                pollOnce(joined, heartbeatResponses);
            }
        } finally {
            consumer = null;
            leadership.markLeft();
            joined.close(CloseOptions.timeout(LEAVE_TIMEOUT));
        }
    }

    private void pollOnce(KafkaConsumer<byte[], byte[]> joined, Metric heartbeatResponses) {
        if (leadership.takeRejoinRequest()) {
            joined.enforceRebalance("the namespaces that this instance wants or holds have changed");
        }
        Object before = heartbeatResponses.metricValue();
        leadership.startWaiting();
        try {
            joined.poll(POLL_INTERVAL);
        } catch (WakeupException e) {
            LOG.trace("woken up to check for a change");
        }
        if (!before.equals(heartbeatResponses.metricValue())) {
            lastResponse = System.nanoTime();
            leadership.renewLease();
        }
        if (!leadership.isMember()) {
            investigate();
        }
    }

    /** Counts the coordinator's responses, which only Kafka's own heartbeat thread sees. */
    private static Metric heartbeatMetric(KafkaConsumer<byte[], byte[]> joined) {
        return joined.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("heartbeat-total"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this Kafka client has no metric heartbeat-total"));
    }

    /** The consumer retries without an error when the group has no coordinator, or no broker answers. */
    private void investigate() {
        if (System.nanoTime() - investigateAt > 0) {
            diagnosis.investigate().ifPresent(this::report);
            investigateAt = System.nanoTime() + NEXT_INVESTIGATION.toNanos();
        }
    }

    private void report(GroupDiagnosis.Explanation explanation) {
        if (leadership.groupFailed(explanation)) {
            LOG.errorf(
                    "leadership-unavailable member=%s reason=%s: %s. This instance leads nothing until then; it retries"
                            + " every %d s",
                    leadership.member(), explanation.reason(), explanation.detail(), PAUSE_AFTER_ERROR.toSeconds());
        }
    }
}
