package io.bangwo8stream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterRouteTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path logDir;

    private EmbeddedBroker broker;
    private Scanner one;
    private Scanner two;

    @BeforeEach
    void startBroker() throws Exception {
        broker = EmbeddedBroker.start(logDir, 0);
        one = new Scanner(broker.bootstrapServers());
        two = new Scanner(broker.bootstrapServers());
    }

    @AfterEach
    void stopAll() {
        one.context.stop();
        two.context.stop();
        broker.close();
    }

    @Test
    void aRouteRunsInOneContextAndMovesToTheOtherWhenTheFirstContextStops() {
        one.context.start();
        await().atMost(SOON).until(() -> one.scans.get() > 0);

        two.context.start();
        int before = one.scans.get();
        await().atMost(SOON).until(() -> two.knowsTheLeader() && one.scans.get() > before + 20);
        assertThat(two.scans).hasValue(0);

        one.context.stop();
        int last = one.scans.get();
        await().atMost(SOON).until(() -> two.scans.get() > 20);
        assertThat(one.scans).hasValue(last);
    }

    @Test
    void aTimerStartsAnewWhenItsConsumerIsCreatedAgain() {
        one.context.start();
        await().atMost(SOON).until(() -> one.rareScans.get() == 1);

        one.context.getComponent("master", PromptMasterComponent.class).restartConsumers();

        await().atMost(SOON).until(() -> one.rareScans.get() == 2);
        int before = one.scans.get();
        await().atMost(SOON).until(() -> one.scans.get() > before + 20);
    }

    /** A Camel application with two routes that only the leader of {@code remote-records} may run. */
    private static final class Scanner {

        private final CamelContext context = new DefaultCamelContext();
        private final AtomicInteger scans = new AtomicInteger();
        private final AtomicInteger rareScans = new AtomicInteger();
        private final KafkaClusterService service;

        private Scanner(String bootstrapServers) throws Exception {
            // A session that long shows that the handover does not wait for its end.
            service = new KafkaClusterService(
                    Map.of("bootstrap.servers", bootstrapServers),
                    "master",
                    "bangwo8.state",
                    Duration.ofMinutes(3),
                    () -> Duration.ofNanos(System.nanoTime()),
                    new Candidacy("login", 1),
                    new PlainDiagnosis());
            context.addService(service);
            context.addComponent("master", new PromptMasterComponent());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("master:remote-records:timer:scan?delay=0&period=50").process(scan -> scans.incrementAndGet());
                    from("master:remote-records:timer:rare?delay=0&period=1h")
                            .process(scan -> rareScans.incrementAndGet());
                }
            });
        }

        private boolean knowsTheLeader() throws Exception {
            return service.getView("remote-records").getLeader().isPresent();
        }
    }
}
