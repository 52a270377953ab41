package io.bangwo8stream.bench;

import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.record.LenientJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes a page's events in one transaction, on a thread of its own. */
final class BaselineWriter implements Executor, AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Producer<String, byte[]> producer;
    private final String topic;
    private final String kind;

    /** @param kind the kind of record: {@code remote-record} or {@code ticket} */
    BaselineWriter(String bootstrapServers, String topic, String kind) {
        this.topic = topic;
        this.kind = kind;
        // The product's settings, so that both programs load the broker in the same way.
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "transactional.id",
                        topic,
                        "acks",
                        "all",
                        "compression.type",
                        "gzip",
                        "linger.ms",
                        20,
                        "batch.size",
                        256 * 1024),
                new StringSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    void commit(List<Baseline.Event> page) {
        producer.beginTransaction();
        page.forEach(event -> producer.send(record(event)));
        producer.commitTransaction();
    }

    private ProducerRecord<String, byte[]> record(Baseline.Event event) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, event.id(), LenientJson.write(event.document()));
        header(record, "ce_specversion", "1.0");
        header(record, "ce_source", "/bangwo8/baseline/" + kind + "s");
        header(record, "ce_subject", event.id());
        header(record, "ce_time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        header(record, "content-type", "application/json");
        header(record, "ce_type", "bangwo8." + kind + ".created");
        header(record, "ce_id", Fingerprint.of(event.document()).hex());
        header(record, "ce_dataschema", "urn:bangwo8-stream:schema:" + kind + ":1");
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        thread.shutdown();
        producer.close(Duration.ofSeconds(5));
    }
}
