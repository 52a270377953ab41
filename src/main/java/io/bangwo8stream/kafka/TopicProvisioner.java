package io.bangwo8stream.kafka;

import io.bangwo8stream.config.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Checks that the topics exist and have suitable settings, and creates missing ones if it is permitted to. */
@Singleton
public class TopicProvisioner {

    private static final Duration RIGHTS_TIMEOUT = Duration.ofSeconds(3);

    private final Settings settings;
    private final KafkaClients clients;
    private final StateTopic stateTopic;

    TopicProvisioner(Settings settings, KafkaClients clients, StateTopic stateTopic) {
        this.settings = settings;
        this.clients = clients;
        this.stateTopic = stateTopic;
    }

    /**
     * Prepares the topics that every source needs: those of the state, the dead letters, the status and the commands.
     *
     * @return one message per error of the broker, a topic, a right or the account; else none
     * @throws BrokerUnavailableException when no broker answers, which may change
     */
    public List<String> prepareCommon() throws InterruptedException {
        Optional<String> mismatch = clients.port().mismatch();
        if (mismatch.isPresent()) {
            return List.of(mismatch.get());
        }
        return prepare(common(), this::commonErrors);
    }

    private List<TopicSpec> common() {
        return List.of(
                new TopicSpec("bangwo8.topics.state", settings.topic("state"), TopicSpec.Kind.STATE),
                new TopicSpec(
                        "bangwo8.topics.dead-letters", settings.topic("dead-letters"), TopicSpec.Kind.DEAD_LETTERS),
                new TopicSpec("bangwo8.topics.status", settings.topic("status"), TopicSpec.Kind.STATUS),
                new TopicSpec("bangwo8.topics.commands", settings.topic("commands"), TopicSpec.Kind.COMMANDS));
    }

    /**
     * Prepares the topics to which sources write their events.
     *
     * @param topicBySource names of topics; sources may share one
     * @return as {@link #prepareCommon}
     */
    public List<String> prepare(Map<String, String> topicBySource) throws InterruptedException {
        Collection<TopicSpec> specs = ofEvents(topicBySource);
        return prepare(
                specs,
                admin -> specs.stream()
                        .flatMap(events -> stateTopic.topicError(events).stream())
                        .toList());
    }

    private Collection<TopicSpec> ofEvents(Map<String, String> topicBySource) {
        Map<String, TopicSpec> byTopic = new TreeMap<>();
        topicBySource.forEach((source, topic) ->
                byTopic.putIfAbsent(topic, new TopicSpec(namedBy(source, topic), topic, TopicSpec.Kind.EVENTS)));
        byTopic.remove(settings.topic("state"));
        byTopic.remove(settings.topic("dead-letters"));
        return byTopic.values();
    }

    /**
     * What {@link #inspect} has found.
     *
     * @param problems what is wrong
     * @param absent   what is missing, and is created by a start that has the right to
     */
    public record Inspection(List<String> problems, List<String> absent) {}

    /** Checks topics, rights and owners for these sources, without creating or writing anything. */
    public Inspection inspect(Map<String, String> topicBySource) throws InterruptedException {
        List<String> problems =
                new ArrayList<>(clients.port().mismatch().stream().toList());
        List<String> absent = new ArrayList<>();
        if (problems.isEmpty()) {
            try (Admin admin = clients.admin()) {
                inspect(admin, ofEvents(topicBySource), problems, absent);
            } catch (ExecutionException | TimeoutException | KafkaException failed) {
                problems.add(inspectedReason(failed));
            }
        }
        return new Inspection(problems, absent);
    }

    private void inspect(Admin admin, Collection<TopicSpec> events, List<String> problems, List<String> absent)
            throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> missing = new TreeSet<>();
        TopicCheck check = new TopicCheck(admin, Optional.of(spec -> {
            missing.add(spec.topic());
            absent.add(spec.error("which does not exist yet: the start creates it if it may"));
        }));
        problems.addAll(check.errors(common()));
        problems.addAll(check.errors(events));
        if (problems.isEmpty() && !missing.contains(settings.topic("state"))) {
            problems.addAll(stateTopic.inspect(events));
        }
        RightsCheck rights = new RightsCheck(admin, RIGHTS_TIMEOUT);
        problems.addAll(rights.missing(settings.tenant()));
        if (problems.isEmpty()) {
            openTransactionalId().ifPresent(problems::add);
        }
    }

    /** Not that of a stream: opening one ends the transaction of its leader. */
    private Optional<String> openTransactionalId() {
        String id = KafkaClients.transactionalIdPrefix(settings.tenant()) + "check";
        try (Producer<String, byte[]> producer = clients.transactionalProducer(id)) {
            producer.initTransactions();
            return Optional.empty();
        } catch (KafkaException failed) {
            return Optional.of(
                    "the transactional id " + id + " cannot be opened: " + KafkaErrors.explain(failed, "WRITE", id));
        }
    }

    private String inspectedReason(Exception failure) {
        try {
            return reason(failure);
        } catch (BrokerUnavailableException unavailable) {
            return unavailable.getMessage();
        }
    }

    private List<String> commonErrors(Admin admin) throws InterruptedException {
        List<String> errors = new ArrayList<>();
        stateTopic.partitions();
        stateTopic.accountError().ifPresent(errors::add);
        errors.addAll(new RightsCheck(admin, RIGHTS_TIMEOUT).missing(settings.tenant()));
        return errors;
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

    /** The format of the states; known after {@link #prepareCommon}. */
    public int stateFormat() {
        return stateTopic.format();
    }

    /** @param finalCheck further errors, looked for when the topics have none */
    private List<String> prepare(Collection<TopicSpec> specs, FinalCheck finalCheck) throws InterruptedException {
        try (Admin admin = clients.admin()) {
            List<String> errors = new ArrayList<>(new TopicCheck(admin).errors(specs));
            if (errors.isEmpty()) {
                errors.addAll(finalCheck.errors(admin));
            }
            return errors;
        } catch (UnsuitableTopicException unsuitable) {
            return List.of(unsuitable.getMessage());
        } catch (ExecutionException | TimeoutException | KafkaException failed) {
            return List.of(reason(failed));
        }
    }

    private interface FinalCheck {
        List<String> errors(Admin admin) throws InterruptedException;
    }

    /**
     * The error that {@code failure} means.
     *
     * @throws BrokerUnavailableException when a broker may answer later
     */
    private String reason(Exception failure) {
        String address = "kafka.bootstrap.servers is '" + clients.servers() + "', but: ";
        Optional<String> permanent = KafkaErrors.permanentReason(failure, "DESCRIBE", null);
        if (permanent.isPresent()) {
            return address + permanent.get();
        }
        Optional<String> lacksTls = clients.port().lacksTls();
        if (lacksTls.isPresent()) {
            return lacksTls.get();
        }
        String text = KafkaErrors.explain(failure);
        boolean silent = failure instanceof TimeoutException
                || failure.getCause() instanceof org.apache.kafka.common.errors.TimeoutException;
        throw new BrokerUnavailableException(
                silent
                        ? "kafka.bootstrap.servers is '" + clients.servers() + "', but no broker answers there (" + text
                                + "): start the broker, or correct the address"
                        : address + text,
                failure);
    }
}
