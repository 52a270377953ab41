package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.kafka.SharedBroker;
import io.bangwo8stream.kafka.TestBroker;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
@Timeout(60)
class EmptyTopicCheckTest {

    private final TestBroker broker = TestBroker.withTopics(Map.of());
    private final TestClock clock = new TestClock("2026-01-31T04:00:00Z");

    @AfterEach
    void close() {
        broker.close();
    }

    /** Whether the first scan of a new instance is reported as complete. */
    private boolean isComplete() throws InterruptedException {
        try (TestInstance instance = new TestInstance(broker, clock, List.of())) {
            instance.stream().lock();
            Scan scan = TestSource.scan(instance.source());
            new EmptyTopicCheck(instance.streams, broker.eventTopics()).check(scan);
            return scan.report().isClean();
        }
    }

    @Test
    void reportsATopicThatWasCreatedAgainBesideItsState() throws Exception {
        broker.provisioner().prepareCommon();
        assertThat(isComplete()).as("nothing is published yet").isTrue();
        try (TestInstance instance = new TestInstance(broker, clock, List.of())) {
            instance.stream().commitBesideScans(() -> broker.batch("7", "a", 1));
        }
        assertThat(isComplete()).isTrue();

        broker.recreate(broker.events);

        assertThat(isComplete()).isFalse();
        assertThat(broker.events()).isEmpty();
    }
}
