package io.bangwo8stream.kafka;

import io.bangwo8stream.cluster.GroupSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;

/**
 * Compares the rights of the Kafka user on the leaders' group and the transactional ids with those that the product
 * needs, and asks whether both have a coordinator.
 */
final class RightsCheck {

    private final Admin admin;
    private final Duration timeout;

    RightsCheck(Admin admin, Duration timeout) {
        this.admin = admin;
        this.timeout = timeout;
    }

    /** The operations of {@code needed} that {@code granted} does not contain; none when the broker does not know. */
    static List<AclOperation> missing(Set<AclOperation> granted, List<AclOperation> needed) {
        // A broker without authorisation may return nothing, although a description proves the right to describe.
        if (granted == null || !granted.contains(AclOperation.DESCRIBE)) {
            return List.of();
        }
        return needed.stream().filter(operation -> !granted.contains(operation)).toList();
    }

    /** One message for each missing right on the group, and on the transactional ids. */
    List<String> missing(String tenant) throws InterruptedException {
        List<String> messages = new ArrayList<>();
        groupRight(GroupSettings.groupId(tenant)).ifPresent(messages::add);
        transactionRight(KafkaClients.transactionalIdPrefix(tenant)).ifPresent(messages::add);
        return messages;
    }

    private Optional<String> groupRight(String group) throws InterruptedException {
        DescribeConsumerGroupsOptions options = new DescribeConsumerGroupsOptions()
                .includeAuthorizedOperations(true)
                .timeoutMs(Math.toIntExact(timeout.toMillis()));
        try {
            Set<AclOperation> granted = admin.describeConsumerGroups(List.of(group), options)
                    .describedGroups()
                    .get(group)
                    .get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS)
                    .authorizedOperations();
            return missing(granted, List.of(AclOperation.READ)).isEmpty()
                    ? Optional.empty()
                    : Optional.of(KafkaErrors.missingRight("READ", "the group " + group));
        } catch (ExecutionException failed) {
            // A group that does not exist yet is described as an error; only a missing right counts.
            return failed.getCause() instanceof AuthorizationException
                    ? Optional.of(KafkaErrors.explain(failed))
                    : Optional.empty();
        } catch (TimeoutException noAnswer) {
            return Optional.empty();
        }
    }

    private Optional<String> transactionRight(String prefix) throws InterruptedException {
        try {
            describeTransaction(prefix + "check");
            return Optional.empty();
        } catch (ExecutionException failed) {
            return failed.getCause() instanceof AuthorizationException
                    ? Optional.of(KafkaErrors.missingRight("WRITE", "the transactional ids with the prefix " + prefix))
                    : Optional.empty();
        } catch (TimeoutException noAnswer) {
            return Optional.empty();
        }
    }

    /** Whether the broker answers, but names no coordinator for {@code transactionalId}. */
    boolean lacksTransactionCoordinator(String transactionalId) throws InterruptedException {
        try {
            describeTransaction(transactionalId);
            return false;
        } catch (ExecutionException failed) {
            return lacksCoordinator(failed.getCause());
        } catch (TimeoutException noAnswer) {
            return isAnswered();
        }
    }

    /** Whether {@code failure} of a question to a coordinator means that there is none, and not that no broker answers. */
    boolean lacksCoordinator(Throwable failure) throws InterruptedException {
        // The administration client asks for the coordinator until its time is over, and does not state the answers.
        return failure instanceof CoordinatorNotAvailableException
                || failure instanceof org.apache.kafka.common.errors.TimeoutException && isAnswered();
    }

    private boolean isAnswered() throws InterruptedException {
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(Math.toIntExact(timeout.toMillis())))
                    .nodes()
                    .get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException unavailable) {
            return false;
        }
    }

    private void describeTransaction(String transactionalId)
            throws InterruptedException, ExecutionException, TimeoutException {
        admin.describeTransactions(
                        List.of(transactionalId),
                        new DescribeTransactionsOptions().timeoutMs(Math.toIntExact(timeout.toMillis())))
                .description(transactionalId)
                .get(timeout.toMillis() * 2, TimeUnit.MILLISECONDS);
    }
}
