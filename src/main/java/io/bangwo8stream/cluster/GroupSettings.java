package io.bangwo8stream.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer settings of the leaders' group, which override the operator's connection settings. */
public final class GroupSettings {

    /** A member learns from its next heartbeat that another member joined or left. */
    private static final int MAX_HEARTBEAT_INTERVAL_MS = 2_000;

    private GroupSettings() {}

    static Map<String, Object> of(
            Map<String, Object> connection, String tenant, Duration session, Leadership leadership) {
        int sessionMs = Math.toIntExact(session.toMillis());
        Map<String, Object> settings = new HashMap<>(connection);
        settings.putAll(group(tenant, leadership));
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, sessionMs);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.min(sessionMs / 4, MAX_HEARTBEAT_INTERVAL_MS));
        // The polling thread does nothing else: if it does not poll for that long, the group can treat it as dead.
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, sessionMs);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, sessionMs);
        return settings;
    }

    /** The group of the instances of {@code tenant}. */
    public static String groupId(String tenant) {
        return "bangwo8-" + tenant + "-leaders";
    }

    private static Map<String, Object> group(String tenant, Leadership leadership) {
        Map<String, Object> group = new HashMap<>();
        group.put(ConsumerConfig.GROUP_ID_CONFIG, groupId(tenant));
        group.put(ConsumerConfig.CLIENT_ID_CONFIG, "bangwo8-leaders-" + leadership.member());
        // Kafka reserves the place of a static member while it is away, so no other instance would take over at once.
        group.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, null);
        // The newer protocol assigns on the broker, and can assign nothing but partitions.
        group.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        group.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(LeaderAssignor.class));
        group.put(LeaderAssignor.LEADERSHIP, leadership);
        group.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        group.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        group.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        group.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return group;
    }
}
