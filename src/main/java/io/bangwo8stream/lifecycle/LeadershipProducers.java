package io.bangwo8stream.lifecycle;

import io.bangwo8stream.cluster.KafkaClusterService;
import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.KafkaClients;
import io.quarkus.arc.DefaultBean;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.apache.camel.cluster.CamelClusterService;

/** Lets Kafka decide which instance walks which stream; another {@link CamelClusterService} may take its place. */
class LeadershipProducers {

    /** Another cluster service tells of a lost leadership by ending the route alone, and fencing does the rest. */
    @Produces
    @Singleton
    LeadershipCheck leads(CamelClusterService service) {
        return service instanceof KafkaClusterService kafka ? kafka::isLeader : stream -> true;
    }

    @Produces
    @Singleton
    @Unremovable
    @DefaultBean
    CamelClusterService clusterService(KafkaClients clients, Settings settings, Clock clock) {
        return new KafkaClusterService(
                clients.consumerSettings(),
                settings.tenant(),
                settings.topic("state"),
                KafkaClusterService.DEFAULT_SESSION,
                clock);
    }
}
