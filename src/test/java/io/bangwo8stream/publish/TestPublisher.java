package io.bangwo8stream.publish;

import io.bangwo8stream.api.EndpointHealth;
import io.bangwo8stream.change.RevisitPolicy;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.EventStreamRegistry;
import io.bangwo8stream.scan.LateJoins;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Makes a publisher for tests of other packages. */
public final class TestPublisher {

    private TestPublisher() {}

    public static PagePublisher of(
            EventStreamRegistry streams, RevisitPolicy policy, Settings settings, TestClock clock) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        return new PagePublisher(
                streams,
                policy,
                new EventRecords(settings, clock),
                new PublishMeters(meters),
                TestSource.monitor(meters, clock),
                new EndpointHealth(),
                new LateJoins(),
                clock.watch());
    }
}
