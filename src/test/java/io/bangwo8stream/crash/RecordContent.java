package io.bangwo8stream.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.DocumentHash;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.record.ChatMessageTyper;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.ServiceSummaryParser;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.SampleSummaries;
import io.bangwo8stream.standin.VendorTime;

/**
 * The content of a record as three fingerprints. The product's own classes type the help desk's records here, because
 * other tests verify the typing.
 */
record RecordContent(Fingerprint row, Fingerprint chat, Fingerprint summary) {

    private static final RecordTyper TYPER = new RecordTyper(VendorTime.ZONE);
    private static final FieldTable ROW = FieldTable.bundled("remote-record");
    private static final ChatMessageTyper CHAT = new ChatMessageTyper(TYPER, FieldTable.bundled("chat-message"));
    private static final ServiceSummaryParser SUMMARY =
            new ServiceSummaryParser(TYPER, FieldTable.bundled("service-summary"));

    static final Fingerprint NO_CHAT = part("chatRecords", Json.array());

    /** Of a record that is gone: no row, and of its parts what the API answers then. */
    static final RecordContent GONE =
            new RecordContent(Fingerprint.of(NullNode.getInstance()), NO_CHAT, summary(SampleSummaries.notFilled()));

    /** The content of an event. */
    static RecordContent ofEvent(JsonNode value) {
        return new RecordContent(
                row(value.path("record"), withoutParts(value.path("labels")), withoutParts(value.path("unparsed"))),
                part("chatRecords", value.path("chatRecords")),
                part("serviceSummary", value.path("serviceSummary")));
    }

    /** The whole document of an event. */
    static Fingerprint document(JsonNode value) {
        return DocumentHash.of((ObjectNode) value, ROW).content();
    }

    static TypedRecord typed(ObjectNode row) {
        return TYPER.type(row, ROW);
    }

    static Fingerprint row(TypedRecord row) {
        return row(row.record(), row.labels(), row.unparsed());
    }

    static Fingerprint chat(ArrayNode messages) {
        return part("chatRecords", CHAT.type(messages).messages());
    }

    static Fingerprint summary(ObjectNode response) {
        return part("serviceSummary", SUMMARY.parse(response).orElseThrow().record());
    }

    private static Fingerprint row(JsonNode record, JsonNode labels, JsonNode unparsed) {
        ObjectNode row = Json.object();
        row.set("record", record);
        row.set("labels", labels);
        row.set("unparsed", unparsed);
        return document(row);
    }

    private static Fingerprint part(String name, JsonNode part) {
        return document(Json.object().set(name, part));
    }

    /** The members that do not belong to the parts. */
    private static ObjectNode withoutParts(JsonNode members) {
        ObjectNode kept = Json.object();
        members.properties().forEach(member -> {
            if (!member.getKey().startsWith("chatRecords[") && !member.getKey().startsWith("serviceSummary.")) {
                kept.set(member.getKey(), member.getValue());
            }
        });
        return kept;
    }
}
