package io.bangwo8stream.cluster;

import org.apache.camel.cluster.CamelClusterMember;

/** One instance in relation to one namespace; whether it leads is evaluated at each call. */
final class KafkaClusterMember implements CamelClusterMember {

    private final String id;
    private final String namespace;
    private final Leadership leadership;

    KafkaClusterMember(String id, String namespace, Leadership leadership) {
        this.id = id;
        this.namespace = namespace;
        this.leadership = leadership;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isLeader() {
        return leadership.leaderOf(namespace).filter(id::equals).isPresent();
    }

    @Override
    public boolean isLocal() {
        return leadership.member().equals(id);
    }

    @Override
    public String toString() {
        return id;
    }
}
