package io.bangwo8stream.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private static final String TOPIC = "events";

    @TempDir
    private Path directory;

    @Test
    void keepsOnlyCommittedTransactionsVisibleAcrossARestartOnTheSamePort()
            throws ExecutionException, InterruptedException {
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
            createTopic(broker);
            send(broker, "aborted", false);
            send(broker, "committed", true);
            assertThat(readToEnd(broker, "committed")).containsExactly("committed");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
            send(broker, "after the restart", true);
            assertThat(readToEnd(broker, "after the restart")).containsExactly("committed", "after the restart");
        }
    }

    private static void createTopic(EmbeddedBroker broker) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void send(EmbeddedBroker broker, String value, boolean commit) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, value));
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static List<String> readToEnd(EmbeddedBroker broker, String last) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(event -> values.add(event.value()));
                return values.contains(last);
            });
        }
        return values;
    }
}
