package io.bangwo8stream.kafka;

import io.bangwo8stream.config.Settings;
import io.bangwo8stream.text.SafeText;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

/** Checks that the topics exist and have suitable settings, and creates missing ones if it is permitted to. */
@Singleton
public class TopicProvisioner {

    private static final Logger LOG = Logger.getLogger(TopicProvisioner.class);
    private static final int TIMEOUT_SECONDS = 10;

    private final Settings settings;
    private final KafkaClients clients;
    private final StateTopic stateTopic;

    TopicProvisioner(Settings settings, KafkaClients clients, StateTopic stateTopic) {
        this.settings = settings;
        this.clients = clients;
        this.stateTopic = stateTopic;
    }

    /**
     * Prepares the topics that every source needs, those of the state and of the dead letters.
     *
     * @return one message per error of the broker or a topic; else none
     */
    public List<String> prepareCommon() throws InterruptedException {
        return prepare(
                List.of(
                        new TopicSpec("bangwo8.topics.state", settings.topic("state"), TopicSpec.Kind.STATE),
                        new TopicSpec(
                                "bangwo8.topics.dead-letters",
                                settings.topic("dead-letters"),
                                TopicSpec.Kind.DEAD_LETTERS)),
                stateTopic::partitions);
    }

    /**
     * Prepares the topics to which sources write their events.
     *
     * @param topicBySource names of topics; sources may share one
     * @return as {@link #prepareCommon}
     */
    public List<String> prepare(Map<String, String> topicBySource) throws InterruptedException {
        Map<String, TopicSpec> byTopic = new TreeMap<>();
        topicBySource.forEach((source, topic) ->
                byTopic.putIfAbsent(topic, new TopicSpec(namedBy(source, topic), topic, TopicSpec.Kind.EVENTS)));
        byTopic.remove(settings.topic("state"));
        byTopic.remove(settings.topic("dead-letters"));
        return prepare(byTopic.values(), () -> {});
    }

    /** The settings key with this value, or else the route of the source. */
    private String namedBy(String source, String topic) {
        return settings.topics().entrySet().stream()
                .filter(setting -> setting.getValue().equals(topic))
                .map(setting -> "bangwo8.topics." + setting.getKey())
                .sorted()
                .findFirst()
                .orElse("the topic of the source " + source);
    }

    /** @param finalCheck what follows when the topics have no error; it may find one more */
    private List<String> prepare(Collection<TopicSpec> specs, Runnable finalCheck) throws InterruptedException {
        String servers = String.valueOf(clients.consumerSettings().get("bootstrap.servers"));
        try {
            List<String> errors = prepare(clients.admin(), specs);
            if (errors.isEmpty()) {
                finalCheck.run();
            }
            return errors;
        } catch (UnsuitableTopicException unsuitable) {
            return List.of(unsuitable.getMessage());
        } catch (TimeoutException noResponse) {
            return List.of("kafka.bootstrap.servers is '" + servers + "', but no broker answered there within "
                    + TIMEOUT_SECONDS + " s");
        } catch (ExecutionException | RuntimeException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            return List.of("kafka.bootstrap.servers is '" + servers + "', but: " + SafeText.of(cause));
        }
    }

    private static List<String> prepare(Admin admin, Collection<TopicSpec> specs)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Set<String> present = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            List<String> errors = new ArrayList<>();
            for (TopicSpec spec : specs) {
                (present.contains(spec.topic()) ? check(admin, spec) : create(admin, spec)).ifPresent(errors::add);
            }
            return errors;
        } finally {
            // Without a timeout, close would wait for the missing response.
            admin.close(Duration.ZERO);
        }
    }

    private static Optional<String> create(Admin admin, TopicSpec spec) throws InterruptedException, TimeoutException {
        // Empty: the broker's defaults determine the number of replicas, and that of partitions unless the kind does.
        NewTopic topic = new NewTopic(spec.topic(), spec.kind().partitions(), Optional.empty())
                .configs(spec.kind().configs());
        try {
            admin.createTopics(List.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            LOG.infof("topic-created topic=%s", spec.topic());
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                return Optional.of(
                        spec.error("which is missing and could not be created: " + SafeText.of(failed.getCause())));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> check(Admin admin, TopicSpec spec)
            throws InterruptedException, ExecutionException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, spec.topic());
        try {
            String policy = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .get(resource)
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .value();
            Set<String> policies = Set.of(policy.split(","));
            spec.warning(policies).ifPresent(warning -> LOG.warn(warning));
            return spec.error(policies);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TopicAuthorizationException
                    || failed.getCause() instanceof ClusterAuthorizationException) {
                LOG.debugf("unchecked topic=%s reason=%s", spec.topic(), SafeText.of(failed.getCause()));
                return Optional.empty();
            }
            throw failed;
        }
    }
}
