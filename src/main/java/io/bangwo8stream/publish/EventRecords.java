package io.bangwo8stream.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.change.RecordState;
import io.bangwo8stream.config.Settings;
import io.bangwo8stream.kafka.OutgoingRecord;
import io.bangwo8stream.kafka.PublishedEvent;
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

    /** The hash of the content of a record that is gone. */
    static final Fingerprint NOTHING = Fingerprint.of(NullNode.getInstance());

    private final Settings settings;
    private final Clock clock;

    EventRecords(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The event with the present content of a record.
     *
     * @param before      the stored state, or {@code null}
     * @param republished whether it was published before, and a command has asked for it
     */
    OutgoingRecord change(
            Source source,
            FetchedRecord record,
            Fingerprint id,
            RecordState before,
            boolean republished,
            byte[] value) {
        boolean first = !republished && (before == null || !before.wasPublished());
        String type = record.isUnlisted() ? ".unlisted" : first ? ".created" : ".updated";
        Map<String, String> headers =
                headers(source, record.id(), id, type, record.hash().content());
        String changed =
                type.equals(".updated") && before != null ? record.hash().changedParts(before) : "";
        if (!changed.isEmpty()) {
            headers.put("ce_changedparts", changed);
        }
        if (republished) {
            headers.put("ce_reason", "republished");
        }
        source.schema().ifPresent(name -> headers.put("ce_dataschema", schema(name)));
        return new OutgoingRecord(source.topic(), record.id(), value, headers);
    }

    /** The event of a record that is gone: a tombstone, with which a compacted topic forgets the record. */
    OutgoingRecord deletion(Source source, String key, Fingerprint id) {
        Map<String, String> headers = headers(source, key, id, ".deleted", NOTHING);
        source.schema().ifPresent(name -> headers.put("ce_dataschema", schema(name)));
        return new OutgoingRecord(source.topic(), key, null, headers);
    }

    private Map<String, String> headers(Source source, String key, Fingerprint id, String type, Fingerprint content) {
        Map<String, String> headers = attributes(source, key, id);
        headers.put("ce_type", source.type() + type);
        headers.put("ce_contenthash", content.hex());
        return headers;
    }

    /** The value of the dead letter of a record that could not be published. */
    ObjectNode letter(Source source, FetchedRecord record, JsonNode payload) {
        return letter(
                source, record.id(), record.failure().reason(), record.failure().error(), payload);
    }

    private static ObjectNode letter(Source source, String id, String reason, String error, JsonNode payload) {
        ObjectNode letter = LenientJson.object();
        letter.put("source", source.name());
        letter.put("id", id);
        letter.put("reason", reason);
        letter.put("error", error);
        letter.set("payload", payload);
        return letter;
    }

    /** The dead letter of a record that could not be published. */
    OutgoingRecord deadLetter(Source source, FetchedRecord record, Fingerprint id, ObjectNode letter) {
        return letter(source, record.id(), id, ".dead-lettered", letter);
    }

    /** The event that ends the dead letter of a record, which is published now. */
    OutgoingRecord recovery(Source source, FetchedRecord record, Fingerprint id) {
        return letter(
                source,
                record.id(),
                id,
                ".recovered",
                letter(source, record.id(), "recovered", null, NullNode.getInstance()));
    }

    private OutgoingRecord letter(Source source, String key, Fingerprint id, String type, ObjectNode letter) {
        Map<String, String> headers = attributes(source, key, id);
        headers.put("ce_type", source.type() + type);
        headers.put("ce_dataschema", schema("dead-letter"));
        return new OutgoingRecord(settings.topic("dead-letters"), key, LenientJson.write(letter), headers);
    }

    private static String schema(String name) {
        return "urn:bangwo8-stream:schema:" + name + ":1";
    }

    private Map<String, String> attributes(Source source, String key, Fingerprint id) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", id.hex());
        headers.put("ce_source", PublishedEvent.source(settings.tenant(), source.stream()));
        if (key != null) {
            headers.put("ce_subject", key);
        }
        headers.put("ce_time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        headers.put("content-type", "application/json");
        return headers;
    }
}
