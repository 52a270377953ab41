package io.bangwo8stream.health;

import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.ScanTimes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Reports whether the API has accepted the login since the start. */
@Readiness
@Singleton
class LoginCheck implements HealthCheck {

    private final LoginProbe probe;
    private final ScanTimes times;

    LoginCheck(LoginProbe probe, ScanMonitor monitor) {
        this.probe = probe;
        this.times = monitor.times();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("the API accepts the login");
        Optional<String> problem = probe.problem().filter(reason -> !hasScanned());
        problem.ifPresent(reason -> response.withData("reason", reason));
        return response.status(problem.isEmpty()).build();
    }

    /** A complete scan proves the login as well, and may come before the next probe. */
    private boolean hasScanned() {
        return times.all().values().stream()
                .anyMatch(status -> status.sinceSuccess().isPresent());
    }
}
