package io.bangwo8stream.kafka;

import io.bangwo8stream.cluster.GroupDiagnosis;
import io.bangwo8stream.cluster.GroupSettings;
import io.bangwo8stream.cluster.LeadershipStatus.Reason;
import io.bangwo8stream.config.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.common.errors.AuthorizationException;

/** Explains why the leaders' group cannot be used: a right, its coordinator, or the broker. */
@Singleton
class LeaderGroupDiagnosis implements GroupDiagnosis {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final String group;

    LeaderGroupDiagnosis(KafkaClients clients, Settings settings) {
        this.clients = clients;
        this.group = GroupSettings.groupId(settings.tenant());
    }

    @Override
    public Explanation explain(RuntimeException failure) {
        return KafkaErrors.permanentReason(failure, "DESCRIBE", null)
                .map(reason -> new Explanation(Reason.GROUP_REFUSED, reason))
                .orElseGet(() -> new Explanation(Reason.GROUP_FAILED, KafkaErrors.explain(failure)));
    }

    @Override
    public Optional<Explanation> investigate() {
        try (Admin admin = clients.admin()) {
            return investigate(admin);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.of(explain(failed));
        }
    }

    private Optional<Explanation> investigate(Admin admin) throws InterruptedException {
        int timeoutMs = Math.toIntExact(TIMEOUT.toMillis());
        try {
            admin.describeConsumerGroups(List.of(group), new DescribeConsumerGroupsOptions().timeoutMs(timeoutMs))
                    .describedGroups()
                    .get(group)
                    .get(timeoutMs * 2L, TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException failed) {
            return found(failed.getCause(), admin);
        } catch (TimeoutException noAnswer) {
            return found(new org.apache.kafka.common.errors.TimeoutException(noAnswer), admin);
        }
    }

    private Optional<Explanation> found(Throwable cause, Admin admin) throws InterruptedException {
        if (new RightsCheck(admin, TIMEOUT).lacksCoordinator(cause)) {
            return Optional.of(new Explanation(
                    Reason.COORDINATOR_MISSING,
                    "the broker has no coordinator for the group " + group + ": its offsets.topic.replication.factor"
                            + " must not exceed the number of its brokers, and all of them must be up"));
        }
        if (cause instanceof AuthorizationException) {
            return Optional.of(new Explanation(Reason.GROUP_REFUSED, KafkaErrors.explain(cause)));
        }
        return cause instanceof org.apache.kafka.common.errors.TimeoutException
                ? Optional.of(brokerUnavailable())
                : Optional.empty();
    }

    private Explanation brokerUnavailable() {
        return new Explanation(
                Reason.BROKER_UNAVAILABLE,
                "no broker answers at kafka.bootstrap.servers=" + clients.servers() + ": start it, or correct the"
                        + " address");
    }
}
