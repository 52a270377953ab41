package io.bangwo8stream.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SortedSet;

/** Builds event values like the sources of the product. */
final class EventValueFactory {

    private EventValueFactory() {}

    static ObjectNode remoteRecord(TypedRecord row, TypedMessages chat, TypedRecord summary) {
        return new EventValue(row)
                .add("chatRecords", chat.messages(), chat.labels(), chat.unparsed())
                .add("serviceSummary", summary.record(), LenientJson.object(), summary.unparsed())
                .toJson();
    }

    static ObjectNode ticket(TypedRecord row, SortedSet<Long> views) {
        ArrayNode ids = LenientJson.NODES.arrayNode();
        views.forEach(ids::add);
        return new EventValue(row).add("views", ids).toJson();
    }

    static ObjectNode ticketView(TypedRecord row) {
        return new EventValue(row)
                .add(
                        "ticket_count",
                        row.record().path("ticket_count").isIntegralNumber()
                                ? row.record().get("ticket_count")
                                : LenientJson.NODES.nullNode())
                .toJson();
    }
}
