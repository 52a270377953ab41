package io.bangwo8stream.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Makes Kafka records in the binary content mode of CloudEvents' Kafka protocol binding 1.0. */
@Singleton
public class EventRecords {

    private static final String SCHEMA = "urn:bangwo8-stream:schema:%s:1";

    private final Settings settings;
    private final Clock clock;

    EventRecords(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The event that says what a record is now. */
    ProducerRecord<String, byte[]> event(Source source, String id, boolean first, Fingerprint content, byte[] value) {
        ProducerRecord<String, byte[]> event = new ProducerRecord<>(source.topic(), id, value);
        Headers headers = event.headers();
        context(headers, source, id);
        put(headers, "ce_type", source.type() + (first ? ".created" : ".updated"));
        put(headers, "ce_id", content.hex());
        source.schema().ifPresent(schema -> put(headers, "ce_dataschema", SCHEMA.formatted(schema)));
        return event;
    }

    /** The dead letter of a record that could not be published. */
    ProducerRecord<String, byte[]> deadLetter(Source source, FetchedRecord record, JsonNode payload) {
        ObjectNode letter = LenientJson.object();
        letter.put("source", source.name());
        letter.put("id", record.id());
        letter.put("reason", record.failure().reason());
        letter.put("error", record.failure().error());
        letter.set("payload", payload);
        ProducerRecord<String, byte[]> dead =
                new ProducerRecord<>(settings.topic("dead-letters"), record.id(), LenientJson.write(letter));
        Headers headers = dead.headers();
        context(headers, source, record.id());
        put(headers, "ce_type", source.type() + ".dead-lettered");
        put(headers, "ce_id", Fingerprint.of(letter).hex());
        put(headers, "ce_dataschema", SCHEMA.formatted("dead-letter"));
        return dead;
    }

    private void context(Headers headers, Source source, String id) {
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_source", "/bangwo8/" + settings.tenant() + "/" + source.stream());
        if (id != null) {
            put(headers, "ce_subject", id);
        }
        put(headers, "ce_time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        put(headers, "content-type", "application/json");
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
