package io.bangwo8stream.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.OutgoingRecord;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.scan.FetchedRecord;
import io.bangwo8stream.source.Source;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** The event with the present content of a record. */
    OutgoingRecord event(Source source, String id, boolean first, Fingerprint content, byte[] value) {
        Map<String, String> headers = attributes(source, id);
        headers.put("ce_type", source.type() + (first ? ".created" : ".updated"));
        headers.put("ce_id", content.hex());
        source.schema().ifPresent(schema -> headers.put("ce_dataschema", SCHEMA.formatted(schema)));
        return new OutgoingRecord(source.topic(), id, value, headers);
    }

    /** The dead letter of a record that could not be published. */
    OutgoingRecord deadLetter(Source source, FetchedRecord record, JsonNode payload) {
        ObjectNode letter = LenientJson.object();
        letter.put("source", source.name());
        letter.put("id", record.id());
        letter.put("reason", record.failure().reason());
        letter.put("error", record.failure().error());
        letter.set("payload", payload);
        Map<String, String> headers = attributes(source, record.id());
        headers.put("ce_type", source.type() + ".dead-lettered");
        headers.put("ce_id", Fingerprint.of(letter).hex());
        headers.put("ce_dataschema", SCHEMA.formatted("dead-letter"));
        return new OutgoingRecord(settings.topic("dead-letters"), record.id(), LenientJson.write(letter), headers);
    }

    private Map<String, String> attributes(Source source, String id) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_source", "/bangwo8/" + settings.tenant() + "/" + source.stream());
        if (id != null) {
            headers.put("ce_subject", id);
        }
        headers.put("ce_time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        headers.put("content-type", "application/json");
        return headers;
    }
}
