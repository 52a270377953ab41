package io.bangwo8stream.kafka;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.DELETE_RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.acl.AclOperation;

/**
 * The use of a topic, and the settings that it requires.
 *
 * @param namedBy what names the topic, for messages: a settings key, or a source
 * @param topic   name of the topic
 * @param kind    what the topic contains
 */
record TopicSpec(String namedBy, String topic, Kind kind) {

    /** What a topic contains, and the settings with which such a topic is created. */
    enum Kind {
        /** Compacted: keeps the newest event of each record forever, and every event and tombstone for a week. */
        EVENTS(
                Map.of(
                        CLEANUP_POLICY_CONFIG,
                        CLEANUP_POLICY_COMPACT,
                        MIN_COMPACTION_LAG_MS_CONFIG,
                        Long.toString(TimeUnit.DAYS.toMillis(7)),
                        DELETE_RETENTION_MS_CONFIG,
                        Long.toString(TimeUnit.DAYS.toMillis(7))),
                Optional.empty(),
                List.of(AclOperation.WRITE)),
        /** Compacted, in so many partitions that two streams rarely share one, because the number can never change. */
        STATE(
                Map.of(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT),
                Optional.of(64),
                List.of(AclOperation.READ, AclOperation.WRITE)),
        DEAD_LETTERS(Map.of(), Optional.empty(), List.of(AclOperation.WRITE)),
        /** Compacted: the newest status of each source and instance, and the answer to each command. */
        STATUS(
                Map.of(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT),
                Optional.of(1),
                List.of(AclOperation.READ, AclOperation.WRITE)),
        /** Keeps commands for longer than the day in which they may be carried out. */
        COMMANDS(
                Map.of(
                        CLEANUP_POLICY_CONFIG,
                        CLEANUP_POLICY_DELETE,
                        RETENTION_MS_CONFIG,
                        Long.toString(TimeUnit.DAYS.toMillis(2))),
                Optional.of(1),
                List.of(AclOperation.READ));

        private final Map<String, String> configs;
        private final Optional<Integer> partitions;
        private final List<AclOperation> operations;

        Kind(Map<String, String> configs, Optional<Integer> partitions, List<AclOperation> operations) {
            Map<String, String> all = new TreeMap<>(configs);
            // The broker refuses a time of the sender that is an hour ahead: a wrong clock must hold up no event.
            all.put(MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
            this.configs = Collections.unmodifiableMap(all);
            this.partitions = partitions;
            this.operations = operations;
        }

        /** The rights that the product needs on such a topic. */
        List<AclOperation> operations() {
            return operations;
        }

        /** The number of partitions with which such a topic is created; empty for the broker's default. */
        Optional<Integer> partitions() {
            return partitions;
        }

        Map<String, String> configs() {
            return configs;
        }
    }

    String error(String problem) {
        return namedBy + " is '" + topic + "', " + problem;
    }

    /** The error that these cleanup policies cause at once, if any. */
    Optional<String> error(Set<String> policies) {
        return kind == Kind.DEAD_LETTERS && policies.contains(CLEANUP_POLICY_COMPACT)
                ? Optional.of(error("which is compacted and rejects the dead letter of a record without an id: "
                        + "set its cleanup.policy to delete"))
                : Optional.empty();
    }

    /** The problem that these cleanup policies cause later, if any. */
    Optional<String> warning(Set<String> policies) {
        return kind == Kind.STATE && policies.contains(CLEANUP_POLICY_DELETE)
                ? Optional.of(error("which deletes old states, so that their records would be published again: "
                        + "set its cleanup.policy to compact"))
                : Optional.empty();
    }
}
