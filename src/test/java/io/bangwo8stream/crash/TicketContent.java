package io.bangwo8stream.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.change.DocumentHash;
import io.bangwo8stream.change.Fingerprint;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.standin.Json;
import io.bangwo8stream.standin.VendorTime;
import java.util.Set;
import java.util.TreeSet;

/**
 * The content of a ticket.
 *
 * @param views the ids of the followed views that list it
 */
record TicketContent(Fingerprint row, Set<String> views) {

    private static final RecordTyper TYPER = new RecordTyper(VendorTime.ZONE);
    private static final FieldTable ROW = FieldTable.bundled("ticket");

    /** The content of an event. */
    static TicketContent ofEvent(JsonNode value) {
        Set<String> views = new TreeSet<>();
        value.path("views").forEach(view -> views.add(view.asText()));
        return new TicketContent(row(value.path("record"), value.path("labels"), value.path("unparsed")), views);
    }

    /** The whole document of an event. */
    static Fingerprint document(JsonNode value) {
        return DocumentHash.of((ObjectNode) value, ROW).content();
    }

    /** @param views those among them that the product follows */
    static TicketContent of(ObjectNode row, Set<String> views) {
        TypedRecord typed = TYPER.type(row, ROW);
        return new TicketContent(row(typed.record(), typed.labels(), typed.unparsed()), views);
    }

    private static Fingerprint row(JsonNode record, JsonNode labels, JsonNode unparsed) {
        ObjectNode row = Json.object();
        row.set("record", record);
        row.set("labels", labels);
        row.set("unparsed", unparsed.isMissingNode() ? Json.object() : unparsed);
        return document(row);
    }
}
