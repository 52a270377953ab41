package io.bangwo8stream.health;

import io.bangwo8stream.api.RequestActivity;
import io.bangwo8stream.cluster.LeadershipCheck;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.config.StreamConfig;
import io.bangwo8stream.scan.ScanMonitor;
import io.bangwo8stream.scan.ScanTimes;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Reports whether the scans of each stream that this instance leads move. Requests that fail or wait move too: a restart
 * would help neither the API nor the broker. It helps where threads stand still.
 */
@Liveness
@Singleton
class ProgressCheck implements HealthCheck {

    /** No transaction or pause takes that long, and no request with the usual timeout. */
    private static final Duration STANDSTILL = Duration.ofMinutes(10);

    /** The longest pause that a Retry-After or a retry causes, and some time for the rest of a page. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(6);

    private final ScanTimes times;
    private final RequestActivity requests;
    private final LeadershipCheck leaders;
    private final Duration pollInterval;
    private final Duration standstill;
    private final Duration longestPage;

    ProgressCheck(
            ScanMonitor monitor,
            RequestActivity requests,
            LeadershipCheck leaders,
            Settings settings,
            StreamConfig config) {
        this.times = monitor.times();
        this.requests = requests;
        this.leaders = leaders;
        this.pollInterval = settings.scanning().pollInterval();
        int attempts = Integer.parseInt(config.maxRetries().strip()) + 1;
        // A request may wait for its turn, be sent, and fetch a token first; each takes the timeout at most.
        Duration longestRequest = settings.api().requestTimeout().multipliedBy(3);
        this.standstill = longestRequest.compareTo(STANDSTILL) > 0 ? longestRequest : STANDSTILL;
        this.longestPage =
                longestRequest.plus(LONGEST_PAUSE).multipliedBy(attempts).plus(standstill);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("scans make progress").up();
        byStream().forEach((stream, sources) -> {
            boolean inTurn = sources.stream().anyMatch(ScanTimes.Status::inTurn);
            Duration age = sources.stream()
                    .map(ScanTimes.Status::sinceProgress)
                    .min(Duration::compareTo)
                    .orElseThrow();
            // Between two turns nothing happens, for the poll interval at most.
            Duration still = inTurn ? age : age.minus(pollInterval);
            boolean moves = isWithin(standstill, still) || isWithin(standstill, requests.age(stream));
            if ((inTurn || leaders.leads(stream)) && (!moves || !isWithin(longestPage, still))) {
                response.down()
                        .withData(stream, "nothing has moved for " + age.toSeconds() + " s: restart the instance");
            }
        });
        return response.build();
    }

    private static boolean isWithin(Duration limit, Duration age) {
        return age.compareTo(limit) <= 0;
    }

    /** The sources of a stream scan one after another: while one scans, the others wait. */
    private Map<String, List<ScanTimes.Status>> byStream() {
        Map<String, List<ScanTimes.Status>> byStream = new TreeMap<>();
        for (Map.Entry<Source, ScanTimes.Status> entry : times.all().entrySet()) {
            byStream.computeIfAbsent(entry.getKey().stream(), stream -> new ArrayList<>())
                    .add(entry.getValue());
        }
        return byStream;
    }
}
