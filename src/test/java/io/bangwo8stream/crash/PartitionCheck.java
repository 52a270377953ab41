package io.bangwo8stream.crash;

import io.bangwo8stream.crash.Violations.Kind;
import io.bangwo8stream.process.JavaProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;

/** Adds a partition to the state topic, and checks that an instance refuses it, with a message, before it scans. */
final class PartitionCheck {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String INSTANCE = "partition-check";

    private final TestCluster cluster;

    PartitionCheck(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** Returns what is wrong. The instances must have ended; afterwards none can work. */
    Violations run() throws InterruptedException {
        addPartition();
        Violations violations = new Violations();
        JavaProcess instance = cluster.startOnce(INSTANCE);
        if (!instance.awaitExit(TIMEOUT)) {
            instance.kill();
            violations.add(Kind.NOT_REFUSED, "an instance went on with one more partition of the state topic");
        } else if (instance.awaitExit() == 0 || cluster.hasLogged(INSTANCE, "scanned source=")) {
            violations.add(Kind.NOT_REFUSED, "an instance used the state topic with one more partition");
        } else if (!cluster.hasLogged(INSTANCE, TestCluster.STATE + ".*partitions")) {
            violations.add(Kind.NOT_REFUSED, "an instance did not say what is wrong with the state topic");
        }
        return violations;
    }

    private void addPartition() throws InterruptedException {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers()))) {
            int partitions = admin.describeTopics(List.of(TestCluster.STATE))
                    .allTopicNames()
                    .get()
                    .get(TestCluster.STATE)
                    .partitions()
                    .size();
            admin.createPartitions(Map.of(TestCluster.STATE, NewPartitions.increaseTo(partitions + 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the state topic cannot be changed", e.getCause());
        }
    }
}
