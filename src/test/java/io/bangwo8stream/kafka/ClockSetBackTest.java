package io.bangwo8stream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.scan.TestClock;
import io.bangwo8stream.time.SetBackWatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that the clients are replaced after the wall clock is set back, and that calls in progress end then. */
@ExtendWith(SharedBroker.class)
@Timeout(60)
class ClockSetBackTest {

    private final TestBroker broker = TestBroker.withTopics(Map.of());
    private final KafkaClients clients = broker.clients();
    private final TestClock clock = new TestClock("2024-05-01T00:00:00Z");
    private final SetBackWatch watch = new SetBackWatch(clock, clock);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        watch.close();
        broker.close();
    }

    @Test
    void aStreamGoesOnBetweenAndInsideItsTransactionsAndWritesNothingTwice() throws Exception {
        clients.replaceAfterSetBack(watch);
        EventStreamRegistry streams =
                new EventStreamRegistry(broker.settings(), clients, broker.stateTopic(), new SimpleMeterRegistry());
        EventStream stream = streams.of("remote-records");
        stream.lock();
        stream.commit(() -> broker.batch("1", "a", 1));

        setBack();
        stream.commit(() -> broker.batch("2", "b", 1));
        stream.unlock();
        setBack();
        stream.lock();
        int[] decisions = {0};
        stream.commit(() -> {
            if (decisions[0]++ == 0) {
                setBack();
            }
            return broker.batch("3", "c", 1);
        });

        assertThat(decisions[0]).as("decisions").isEqualTo(2);
        assertThat(broker.events()).containsExactly("1=a", "2=b", "3=c");
        assertThat(stream.size()).isEqualTo(3);
        streams.close();
    }

    @Test
    void statusesAreWrittenAndReadFurther() throws Exception {
        broker.provisioner().prepareCommon();
        clients.replaceAfterSetBack(watch);
        StatusTopic topic = new StatusTopic(broker.settings(), clients);
        topic.writeStatus("tickets", LenientJson.object().put("records", 1));
        try (TopicTail tail = topic.statuses()) {
            topic.collect(tail, new HashMap<>());

            setBack();
            topic.writeStatus("tickets", LenientJson.object().put("records", 2));
            assertThatThrownBy(tail::readToEnd)
                    .isInstanceOf(KafkaException.class)
                    .hasMessage("the clock of this machine was set back, so that the Kafka clients are replaced");
        }
        try (TopicTail tail = topic.statuses()) {
            assertThat(tail.readToEnd())
                    .last()
                    .extracting(TopicTail.Entry::value)
                    .isEqualTo(LenientJson.object().put("records", 2));
        }
        topic.close();
    }

    @Test
    void theProbeOfTheBrokerGoesOn() throws Exception {
        clients.replaceAfterSetBack(watch);
        BrokerProbe probe = new BrokerProbe(clients);
        assertThat(probe.problem()).isEmpty();

        setBack();

        assertThat(probe.problem()).isEmpty();
        probe.close();
    }

    @Test
    void callsInProgressEnd() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            KafkaClients waiting = broker.clients(
                    "bootstrap.servers",
                    "127.0.0.1:" + silent.getLocalPort(),
                    "max.block.ms",
                    "3600000",
                    "default.api.timeout.ms",
                    "3600000",
                    "request.timeout.ms",
                    "3600000");
            waiting.replaceAfterSetBack(watch);
            Producer<String, byte[]> producer = waiting.plainProducer();
            Consumer<String, byte[]> consumer = waiting.committedConsumer();
            Admin admin = waiting.admin();
            List<Future<?>> calls = List.of(
                    threads.submit(() -> consumer.endOffsets(List.of(new TopicPartition("any", 0)))),
                    threads.submit(() -> producer.send(new ProducerRecord<>("any", "key", new byte[0]))
                            .get()),
                    threads.submit(() -> admin.describeCluster().clusterId().get()));
            for (Future<?> call : calls) {
                silent.accept();
                assertThat(call).isNotDone();
            }

            clock.jump(Duration.ofDays(-30));

            for (Future<?> call : calls) {
                assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            }
            consumer.close();
        }
    }

    private void setBack() {
        Admin before = clients.admin();
        clock.jump(Duration.ofDays(-30));
        await().until(() -> clients.isAbandoned(before));
    }
}
