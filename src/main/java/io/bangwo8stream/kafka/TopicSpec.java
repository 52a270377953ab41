package io.bangwo8stream.kafka;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a topic is for.
 *
 * @param named what names it, for a message: a key of the settings, or a source
 * @param topic its name
 * @param kind  what it holds
 */
record TopicSpec(String named, String topic, Kind kind) {

    /** What a topic holds, and how one is created that holds it. */
    enum Kind {
        /** The newest event of a record stays for good, and every change of the last week. */
        EVENTS(Map.of(
                CLEANUP_POLICY_CONFIG,
                CLEANUP_POLICY_COMPACT,
                MIN_COMPACTION_LAG_MS_CONFIG,
                Long.toString(TimeUnit.DAYS.toMillis(7)))),
        STATE(Map.of(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT)),
        DEAD_LETTERS(Map.of());

        private final Map<String, String> configs;

        Kind(Map<String, String> configs) {
            this.configs = configs;
        }

        Map<String, String> configs() {
            return configs;
        }

        /** The kind of the topic that {@code bangwo8.topics.} and this word name. */
        static Kind of(String word) {
            return switch (word) {
                case "dead-letters" -> DEAD_LETTERS;
                case "state" -> STATE;
                default -> EVENTS;
            };
        }
    }

    String error(String wrong) {
        return named + " is '" + topic + "', " + wrong;
    }

    /** What goes wrong at once where the topic is cleaned up by these policies, if anything. */
    Optional<String> error(Set<String> policies) {
        return kind == Kind.DEAD_LETTERS && policies.contains(CLEANUP_POLICY_COMPACT)
                ? Optional.of(error("which is compacted and refuses the dead letter of a record that has no id: "
                        + "set its cleanup.policy to delete"))
                : Optional.empty();
    }

    /** What goes wrong one day, if anything. */
    Optional<String> warning(Set<String> policies) {
        return kind == Kind.STATE && policies.contains(CLEANUP_POLICY_DELETE)
                ? Optional.of(error("which forgets with time, so that all would be published once more: "
                        + "set its cleanup.policy to compact"))
                : Optional.empty();
    }
}
