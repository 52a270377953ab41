package io.bangwo8stream.health;

import io.bangwo8stream.kafka.BrokerProbe;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Reports within 3 s whether a Kafka broker responds. */
@Readiness
@Singleton
class BrokerCheck implements HealthCheck {

    private final BrokerProbe broker;

    BrokerCheck(BrokerProbe broker) {
        this.broker = broker;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("the broker responds");
        Optional<String> problem;
        try {
            problem = broker.problem();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            problem = Optional.of("the process ends");
        }
        problem.ifPresent(reason -> response.withData("reason", reason));
        return response.status(problem.isEmpty()).build();
    }
}
