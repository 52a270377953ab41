package io.bangwo8stream.health;

import io.bangwo8stream.api.EndpointHealth;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Reports the endpoints of the API that are down, with the reason of the last failure. */
@Readiness
@Singleton
class EndpointsCheck implements HealthCheck {

    private final EndpointHealth endpoints;

    EndpointsCheck(EndpointHealth endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("endpoints of the API respond")
                .status(endpoints.down().isEmpty());
        endpoints.down().forEach(response::withData);
        return response.build();
    }
}
