package io.bangwo8stream.cluster;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;

/**
 * Makes a consumer group agree on leaders instead of partitions: subscriptions carry the claims as user data, and
 * assignments carry the decision. No partition is ever assigned, so nothing is read.
 */
@RegisterForReflection
public final class LeaderAssignor implements ConsumerPartitionAssignor, Configurable {

    /** The consumer setting that passes the {@link Leadership}, because Kafka creates this class itself. */
    static final String LEADERSHIP = "bangwo8.leadership";

    private Leadership leadership;

    /** For Kafka, which calls {@link #configure} next. */
    public LeaderAssignor() {}

    @Override
    public void configure(Map<String, ?> settings) {
        leadership = (Leadership) settings.get(LEADERSHIP);
    }

    @Override
    public String name() {
        return "bangwo8-leaders";
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        return leadership.claim().toBytes();
    }

    @Override
    public GroupAssignment assign(Cluster cluster, GroupSubscription group) {
        List<Claim> claims = group.groupSubscription().values().stream()
                .map(subscription -> Claim.of(subscription.userData()))
                .toList();
        LeaderAssignment leaders = LeaderBalancer.decide(claims);
        return new GroupAssignment(group.groupSubscription().keySet().stream()
                .collect(Collectors.toMap(id -> id, id -> new Assignment(List.of(), leaders.toBytes()))));
    }

    @Override
    public void onAssignment(Assignment assignment, ConsumerGroupMetadata group) {
        leadership.apply(LeaderAssignment.of(assignment.userData()), group.generationId());
    }
}
