package io.bangwo8stream.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.kafka.StatusTopic;
import io.bangwo8stream.kafka.TopicTail;
import io.bangwo8stream.time.MonotonicTime;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What stands in {@code bangwo8.status}, read at most once a second however often it is asked for. */
@Singleton
public class StatusReader {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final StatusTopic topic;
    private final MonotonicTime time;
    private final Map<String, JsonNode> present = new TreeMap<>();
    private TopicTail tail;
    private Duration readAgainAt = Duration.ZERO;

    StatusReader(StatusTopic topic, MonotonicTime time) {
        this.topic = topic;
        this.time = time;
    }

    /**
     * The statuses of the tenant by their names.
     *
     * @throws RuntimeException when the broker does not respond or refuses to; what was read before is kept
     */
    public synchronized Map<String, JsonNode> read() {
        if (tail == null || time.now().compareTo(readAgainAt) >= 0) {
            try {
                if (tail == null) {
                    tail = topic.statuses();
                }
                topic.collect(tail, present);
                readAgainAt = time.now().plus(INTERVAL);
            } catch (RuntimeException failed) {
                close();
                throw failed;
            }
        }
        return new TreeMap<>(present);
    }

    /** What was read before, also while the broker does not respond. */
    public synchronized Map<String, JsonNode> lastRead() {
        return new TreeMap<>(present);
    }

    @PreDestroy
    synchronized void close() {
        if (tail != null) {
            tail.close();
            tail = null;
        }
    }
}
