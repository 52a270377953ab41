package io.bangwo8stream.lifecycle;

import io.bangwo8stream.cluster.Candidacy;
import io.bangwo8stream.cluster.GroupDiagnosis;
import io.bangwo8stream.cluster.KafkaClusterService;
import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.cluster.LeadershipStatus;
import io.bangwo8stream.cluster.PromptMasterComponent;
import io.bangwo8stream.config.AccountHash;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.KafkaClients;
import io.bangwo8stream.kafka.StateFormat;
import io.bangwo8stream.scan.ScanSteps;
import io.bangwo8stream.time.MonotonicTime;
import io.bangwo8stream.time.SetBackWatch;
import io.quarkus.arc.DefaultBean;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.component.master.MasterComponent;
import org.apache.camel.quarkus.main.events.AfterStart;

/** Provides leadership through Kafka; a bean of another {@link CamelClusterService} replaces it. */
class LeadershipProducers {

    /** Another cluster service ends the route when leadership is lost; the fencing of the producer protects the topics. */
    @Produces
    @Singleton
    LeadershipCheck leads(CamelClusterService service) {
        return service instanceof KafkaClusterService kafka ? new KafkaLeadershipCheck(kafka) : new UnknownLeaders();
    }

    private record KafkaLeadershipCheck(KafkaClusterService service) implements LeadershipCheck {

        @Override
        public boolean leads(String stream) {
            return service.isLeader(stream);
        }

        @Override
        public Optional<String> leaderOf(String stream) {
            return service.leaderOf(stream);
        }

        @Override
        public LeadershipStatus status(String stream) {
            return service.status(stream);
        }
    }

    /** The route of a stream runs on its leader only, but a standby cannot tell whether there is one. */
    private record UnknownLeaders() implements LeadershipCheck {

        @Override
        public boolean leads(String stream) {
            return true;
        }

        @Override
        public boolean isKnown() {
            return false;
        }
    }

    @Produces
    @Singleton
    Candidacy candidacy(Settings settings) {
        return new Candidacy(AccountHash.of(settings), StateFormat.newest());
    }

    /** The component {@code master:} of the routes. */
    @Produces
    @Singleton
    @Named("master")
    @Unremovable
    MasterComponent master(SetBackWatch setBacks) {
        PromptMasterComponent component = new PromptMasterComponent();
        setBacks.onSetBack(component::restartConsumers);
        return component;
    }

    /** Another instance leads a stream only once this one has ended its turn, so that their requests do not overlap. */
    void holdStreamsOfRunningTurns(@Observes AfterStart event, CamelClusterService service, ScanSteps scans) {
        if (service instanceof KafkaClusterService kafka) {
            kafka.holdWhile(scans::isRunning);
        }
    }

    @Produces
    @Singleton
    @Unremovable
    @DefaultBean
    CamelClusterService clusterService(
            KafkaClients clients,
            Settings settings,
            MonotonicTime clock,
            Candidacy candidacy,
            GroupDiagnosis diagnosis,
            SetBackWatch setBacks) {
        KafkaClusterService service = new KafkaClusterService(
                clients.consumerSettings(),
                settings.tenant(),
                settings.topic("state"),
                KafkaClusterService.DEFAULT_SESSION,
                clock,
                candidacy,
                diagnosis);
        setBacks.onSetBack(service::rejoin);
        return service;
    }
}
