package io.bangwo8stream.record;

import java.util.SortedSet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Puts typed parts together into the values of events, as the schemas of this package's resources describe them. */
public final class EventValue {
    private EventValue() {
    }

    /**
     * The value of a remote-record event.
     *
     * @param summary what {@link ServiceSummary#interpret} gave
     */
    public static ObjectNode remoteRecord(TypedRecord row, TypedMessages chat, TypedRecord summary) {
        ObjectNode value = started(row, chat.labels());
        value.set("chatRecords", chat.messages());
        value.set("serviceSummary", summary.record());
        return ended(value, row.unparsed(), chat.unparsed(), summary.unparsed());
    }

    /**
     * The value of a ticket event.
     *
     * @param views ids of the followed views that list the ticket; sorted, so that the order of views is no change
     */
    public static ObjectNode ticket(TypedRecord row, SortedSet<Long> views) {
        ObjectNode value = started(row);
        ArrayNode ids = value.putArray("views");
        views.forEach(ids::add);
        return ended(value, row.unparsed());
    }

    /** The value of a ticket-view event. */
    public static ObjectNode ticketView(TypedRecord row) {
        return ended(started(row), row.unparsed());
    }

    private static ObjectNode started(TypedRecord row, ObjectNode... moreLabels) {
        ObjectNode value = LenientJson.object();
        value.set("record", row.record());
        value.set("labels", merged(row.labels(), moreLabels));
        return value;
    }

    private static ObjectNode ended(ObjectNode value, ObjectNode unparsed, ObjectNode... moreUnparsed) {
        ObjectNode originals = merged(unparsed, moreUnparsed);
        return originals.isEmpty() ? value : value.set("unparsed", originals);
    }

    private static ObjectNode merged(ObjectNode first, ObjectNode... others) {
        ObjectNode all = LenientJson.object();
        all.setAll(first);
        for (ObjectNode other : others) {
            all.setAll(other);
        }
        return all;
    }
}
