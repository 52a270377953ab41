package io.bangwo8stream.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/** Checks that topics exist, with suitable settings and the rights to use them, and creates missing ones. */
final class TopicCheck {

    private static final Logger LOG = Logger.getLogger(TopicProvisioner.class);
    private static final int TIMEOUT_SECONDS = 10;

    private final Admin admin;
    private final Optional<Consumer<TopicSpec>> absent;

    TopicCheck(Admin admin) {
        this(admin, Optional.empty());
    }

    /** @param absent takes the name of each missing topic, which is not created then */
    TopicCheck(Admin admin, Optional<Consumer<TopicSpec>> absent) {
        this.admin = admin;
        this.absent = absent;
    }

    /** One message per error of a topic; else none. Asks the broker about all topics at once. */
    List<String> errors(Collection<TopicSpec> specs) throws InterruptedException, ExecutionException, TimeoutException {
        List<String> names = specs.stream().map(TopicSpec::topic).toList();
        DescribeTopicsOptions options = new DescribeTopicsOptions()
                .includeAuthorizedOperations(true)
                .timeoutMs((int) TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
        var described = admin.describeTopics(names, options).topicNameValues();
        Map<TopicSpec, List<String>> messages = new LinkedHashMap<>();
        List<TopicSpec> usable = new ArrayList<>();
        List<TopicSpec> missing = new ArrayList<>();
        for (TopicSpec spec : specs) {
            messages.put(spec, errors(spec, described.get(spec.topic()), usable, missing));
        }
        addSettingsErrors(usable, messages);
        if (absent.isPresent()) {
            missing.forEach(absent.get());
        } else {
            create(missing, messages);
        }
        return messages.values().stream().flatMap(List::stream).toList();
    }

    /** The rights that are missing; adds the topic to those that can be used, or to those that do not exist. */
    private static List<String> errors(
            TopicSpec spec, KafkaFuture<TopicDescription> described, List<TopicSpec> usable, List<TopicSpec> missing)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Set<AclOperation> granted = get(described).authorizedOperations();
            List<AclOperation> lacking =
                    RightsCheck.missing(granted, spec.kind().operations());
            if (lacking.isEmpty()) {
                usable.add(spec);
            }
            return lacking.stream()
                    .map(operation -> spec.error("but " + missingRight(operation.name(), spec)))
                    .toList();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                missing.add(spec);
                return List.of();
            }
            if (failed.getCause() instanceof AuthorizationException) {
                // Whoever may read or write a topic may describe it.
                return List.of(spec.error("but "
                        + KafkaErrors.missingRights(
                                spec.kind().operations().stream()
                                        .map(Enum::name)
                                        .toList(),
                                "the topic " + spec.topic())
                        + "; if the topic does not exist, create it"));
            }
            throw failed;
        }
    }

    private static String missingRight(String operation, TopicSpec spec) {
        return KafkaErrors.missingRight(operation, "the topic " + spec.topic());
    }

    private void create(List<TopicSpec> missing, Map<TopicSpec, List<String>> messages)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (missing.isEmpty()) {
            return;
        }
        var created = admin.createTopics(missing.stream()
                        .map(spec ->
                                // Empty: the broker's defaults determine the number of replicas, and that of partitions
                                // unless the kind does.
                                new NewTopic(spec.topic(), spec.kind().partitions(), Optional.empty())
                                        .configs(spec.kind().configs()))
                        .toList())
                .values();
        for (TopicSpec spec : missing) {
            created(spec, created.get(spec.topic())).ifPresent(error -> messages.put(spec, List.of(error)));
        }
    }

    /** Why a topic could not be created. */
    private static Optional<String> created(TopicSpec spec, KafkaFuture<Void> created)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            get(created);
            LOG.infof("topic-created topic=%s", spec.topic());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw failed;
            }
            if (failed.getCause() instanceof AuthorizationException) {
                return Optional.of(
                        spec.error("which is missing, and " + missingRight("CREATE", spec) + ", or create the topic"));
            }
            if (!(failed.getCause() instanceof TopicExistsException)) {
                return Optional.of(
                        spec.error("which is missing and could not be created: " + KafkaErrors.explain(failed)));
            }
        }
        return Optional.empty();
    }

    private void addSettingsErrors(List<TopicSpec> usable, Map<TopicSpec, List<String>> messages)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (usable.isEmpty()) {
            return;
        }
        var settings = admin.describeConfigs(
                        usable.stream().map(TopicCheck::resource).toList())
                .values();
        for (TopicSpec spec : usable) {
            settingsError(spec, settings.get(resource(spec))).ifPresent(error -> messages.put(spec, List.of(error)));
        }
    }

    private static ConfigResource resource(TopicSpec spec) {
        return new ConfigResource(ConfigResource.Type.TOPIC, spec.topic());
    }

    private static Optional<String> settingsError(TopicSpec spec, KafkaFuture<Config> settings)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            String policy = get(settings).get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
            Set<String> policies = Set.of(policy.split(","));
            spec.warning(policies).ifPresent(warning -> LOG.warn(warning));
            return spec.error(policies);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TopicAuthorizationException
                    || failed.getCause() instanceof ClusterAuthorizationException) {
                LOG.debugf(
                        "unchecked topic=%s reason=%s",
                        spec.topic(), failed.getCause().getMessage());
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
