package io.bangwo8stream.kafka;

import io.bangwo8stream.config.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Looks whether the topics are there and fit, and creates those that are missing where it has the right to. */
@Singleton
public class TopicProvisioner {

    private static final Logger LOG = Logger.getLogger(TopicProvisioner.class);
    private static final int SECONDS = 10;

    private final Settings settings;
    private final KafkaClients clients;

    TopicProvisioner(Settings settings, KafkaClients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /** What is wrong with the broker or the topics of the settings, one message per mistake; empty when all is well. */
    public List<String> prepare() throws InterruptedException {
        return prepare(settings.topics().entrySet().stream()
                .map(topic -> new TopicSpec(
                        "bangwo8.topics." + topic.getKey(), topic.getValue(), TopicSpec.Kind.of(topic.getKey())))
                .toList());
    }

    /** The same for the topic that the route of {@code source} names, where no setting does. */
    public List<String> prepare(String source, String topic) throws InterruptedException {
        return settings.topics().containsValue(topic)
                ? List.of()
                : prepare(List.of(new TopicSpec("the topic of the source " + source, topic, TopicSpec.Kind.EVENTS)));
    }

    private List<String> prepare(Collection<TopicSpec> uses) throws InterruptedException {
        String servers = String.valueOf(clients.consumerSettings().get("bootstrap.servers"));
        try {
            return prepare(clients.admin(), uses);
        } catch (TimeoutException silent) {
            return List.of("kafka.bootstrap.servers is '" + servers + "', but no broker answered there within "
                    + SECONDS + " s");
        } catch (ExecutionException | RuntimeException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return List.of("kafka.bootstrap.servers is '" + servers + "', but: " + cause.getMessage());
        }
    }

    private static List<String> prepare(Admin admin, Collection<TopicSpec> uses)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Set<String> present = admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
            List<String> errors = new ArrayList<>();
            for (TopicSpec use : uses) {
                (present.contains(use.topic()) ? check(admin, use) : create(admin, use)).ifPresent(errors::add);
            }
            return errors;
        } finally {
            // Closed without a time it would wait for the answer that has not come.
            admin.close(Duration.ZERO);
        }
    }

    private static Optional<String> create(Admin admin, TopicSpec use) throws InterruptedException, TimeoutException {
        // Number of partitions and of replicas: what the broker's own defaults say.
        NewTopic topic = new NewTopic(use.topic(), Optional.empty(), Optional.empty())
                .configs(use.kind().configs());
        try {
            admin.createTopics(List.of(topic)).all().get(SECONDS, TimeUnit.SECONDS);
            LOG.infof("topic-created topic=%s", use.topic());
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof TopicExistsException)) {
                return Optional.of(use.error("which is missing and could not be created: "
                        + refused.getCause().getMessage()));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> check(Admin admin, TopicSpec use)
            throws InterruptedException, ExecutionException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, use.topic());
        try {
            String policy = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(SECONDS, TimeUnit.SECONDS)
                    .get(resource)
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .value();
            Set<String> policies = Set.of(policy.split(","));
            use.warning(policies).ifPresent(warning -> LOG.warn(warning));
            return use.error(policies);
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof TopicAuthorizationException
                    || refused.getCause() instanceof ClusterAuthorizationException) {
                LOG.debugf(
                        "unchecked topic=%s reason=%s",
                        use.topic(), refused.getCause().getMessage());
                return Optional.empty();
            }
            throw refused;
        }
    }
}
