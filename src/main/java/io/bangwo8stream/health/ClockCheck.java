package io.bangwo8stream.health;

import io.bangwo8stream.time.ClockWatch;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Names what is wrong with the clock; the instance stays ready, because it scans and publishes all the same. */
@Readiness
@Singleton
class ClockCheck implements HealthCheck {

    private final ClockWatch clock;

    ClockCheck(ClockWatch clock) {
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("the clock is watched").up();
        clock.problem().ifPresent(problem -> response.withData("clock", problem));
        return response.build();
    }
}
