package io.bangwo8stream.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.bangwo8stream.kafka.SharedBroker;
import io.bangwo8stream.kafka.TestBroker;
import io.bangwo8stream.scan.Scan;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.scan.TestSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** What the first scan of a new instance reports in the log and, in a single run, by its exit code. */
    private boolean isComplete() throws InterruptedException {
        try (TestInstance instance = new TestInstance(broker, clock, List.of())) {
            instance.stream().lock();
            Scan scan = TestSource.scan(instance.source());
            check(instance).check(scan);
            return scan.report().isClean();
        }
    }

    private EmptyTopicCheck check(TestInstance instance) {
        return new EmptyTopicCheck(instance.streams, broker.eventTopics(), clock);
    }

    /** What {@code check} would say, which reads the state without a producer. */
    private Optional<String> problem() {
        try (TestInstance instance = new TestInstance(broker, clock, List.of())) {
            return check(instance).problem(instance.source(), instance.streams.snapshot("remote-records"));
        }
    }

    private void publish(String id) throws InterruptedException {
        try (TestInstance instance = new TestInstance(broker, clock, List.of())) {
            instance.stream().commitBesideScans(() -> broker.batch(id, "a", 1));
        }
    }

    @Test
    void reportsATopicThatWasCreatedAgainUntilEverythingIsToBePublishedAgain() throws Exception {
        broker.provisioner().prepareCommon();
        assertThat(isComplete()).as("nothing is published yet").isTrue();
        assertThat(problem()).isEmpty();
        publish("7");
        assertThat(isComplete()).isTrue();
        assertThat(problem()).isEmpty();

        broker.recreate(broker.events);

        assertThat(problem())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("empty although 1 records are published", "republish --source remote-records --all"));
        assertThat(isComplete()).isFalse();
        assertThat(broker.events()).isEmpty();
        publish("8");
        assertThat(isComplete()).as("the first event does not bring the others").isFalse();
        assertThat(problem()).hasValueSatisfying(text -> assertThat(text).contains("only what has changed"));

        try (TestInstance instance = TestInstance.withAllHandlers(broker, clock)) {
            instance.send("a", "republish --source remote-records --all");
        }

        assertThat(problem()).isEmpty();
        assertThat(isComplete()).isTrue();
    }
}
