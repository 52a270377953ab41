package io.bangwo8stream.stream;

import io.bangwo8stream.config.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Looks whether the topics are there, and creates those that are missing where it has the right to. */
@Singleton
public class Topics {

    private static final Logger LOG = Logger.getLogger(Topics.class);
    private static final int SECONDS = 10;
    private static final String A_WEEK_MS = Long.toString(TimeUnit.DAYS.toMillis(7));

    private final Settings settings;
    private final KafkaClients clients;

    Topics(Settings settings, KafkaClients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /** What is wrong with the broker or its topics, one message per mistake; empty when all is well. */
    public List<String> prepare() throws InterruptedException {
        String servers = String.valueOf(clients.consumerSettings().get("bootstrap.servers"));
        try {
            return prepare(clients.admin());
        } catch (TimeoutException silent) {
            return List.of("kafka.bootstrap.servers is '" + servers + "', but no broker answered there within "
                    + SECONDS + " s");
        } catch (ExecutionException | RuntimeException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return List.of("kafka.bootstrap.servers is '" + servers + "', but: " + cause.getMessage());
        }
    }

    private List<String> prepare(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Set<String> missing = new HashSet<>(settings.topics().values());
            missing.removeAll(admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS));
            return create(admin, missing);
        } finally {
            // Closed without a time it would wait for the answer that has not come.
            admin.close(Duration.ZERO);
        }
    }

    private List<String> create(Admin admin, Set<String> missing) throws InterruptedException, TimeoutException {
        List<String> mistakes = new ArrayList<>();
        for (Map.Entry<String, String> topic : settings.topics().entrySet()) {
            if (missing.contains(topic.getValue())) {
                try {
                    admin.createTopics(List.of(topic(topic.getKey(), topic.getValue()))).all()
                            .get(SECONDS, TimeUnit.SECONDS);
                    LOG.infof("created topic=%s", topic.getValue());
                } catch (ExecutionException refused) {
                    if (!(refused.getCause() instanceof TopicExistsException)) {
                        mistakes.add("bangwo8.topics." + topic.getKey() + " is '" + topic.getValue()
                                + "', which is missing and could not be created: " + refused.getCause().getMessage());
                    }
                }
            }
        }
        return mistakes;
    }

    private static NewTopic topic(String what, String name) {
        // Number of partitions and of replicas: what the broker's own defaults say.
        NewTopic topic = new NewTopic(name, Optional.empty(), Optional.empty());
        return switch (what) {
            case "dead-letters" -> topic;
            case "state" -> topic.configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
            // The newest event of a record stays for good, and every change of the last week.
            default -> topic.configs(Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, A_WEEK_MS));
        };
    }
}
