package io.bangwo8stream.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.record.ChatMessages;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.ServiceSummary;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.VendorTime;

/**
 * What a record says, as three fingerprints: how values are typed is for other tests to judge, so that the product's
 * own classes may type here what the help desk held.
 */
record Content(Fingerprint row, Fingerprint chat, Fingerprint summary) {

    static final Fingerprint NO_CHAT = Fingerprint.of(Json.array());

    private static final RecordTyper TYPER = new RecordTyper(VendorTime.ZONE);
    private static final FieldTable ROW = FieldTable.bundled("remote-record");
    private static final ChatMessages CHAT = new ChatMessages(TYPER, FieldTable.bundled("chat-message"));
    private static final ServiceSummary SUMMARY = new ServiceSummary(TYPER, FieldTable.bundled("service-summary"));

    /** What an event says. */
    static Content ofEvent(JsonNode value) {
        return new Content(
                row(value.path("record"), own(value.path("labels")), own(value.path("unparsed"))),
                Fingerprint.of(value.path("chatRecords")),
                Fingerprint.of(value.path("serviceSummary")));
    }

    static TypedRecord typed(ObjectNode row) {
        return TYPER.type(row, ROW);
    }

    static Fingerprint row(TypedRecord row) {
        return row(row.record(), row.labels(), row.unparsed());
    }

    static Fingerprint chat(ArrayNode messages) {
        return Fingerprint.of(CHAT.type(messages).messages());
    }

    static Fingerprint summary(ObjectNode answer) {
        return Fingerprint.of(SUMMARY.interpret(answer).orElseThrow().record());
    }

    private static Fingerprint row(JsonNode record, JsonNode labels, JsonNode unparsed) {
        ObjectNode row = Json.object();
        row.set("record", record);
        row.set("labels", labels);
        row.set("unparsed", unparsed);
        return Fingerprint.of(row);
    }

    /** Without what belongs to the parts. */
    private static ObjectNode own(JsonNode members) {
        ObjectNode own = Json.object();
        members.properties().forEach(member -> {
            if (!member.getKey().startsWith("chatRecords[") && !member.getKey().startsWith("serviceSummary.")) {
                own.set(member.getKey(), member.getValue());
            }
        });
        return own;
    }
}
