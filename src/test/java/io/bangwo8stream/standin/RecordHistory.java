package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** All versions of all records in the order of their changes, recorded once it is enabled. */
public final class RecordHistory {

    private final List<Version> versions = new ArrayList<>();
    private boolean enabled;

    RecordHistory() {}

    synchronized void enable() {
        enabled = true;
    }

    /** All versions so far, oldest first. */
    public synchronized List<Version> versions() {
        return List.copyOf(versions);
    }

    /** The versions of one record, oldest first. */
    public synchronized List<Version> of(String id) {
        return versions.stream().filter(version -> version.id().equals(id)).toList();
    }

    synchronized void add(HelpDeskRecord state) {
        if (enabled) {
            ArrayNode chat = Json.array();
            state.chat().forEach(chat::add);
            versions.add(new Version(versions.size() + 1L, state.id(), state.row(), chat, state.summary(), false));
        }
    }

    synchronized void addRemoval(String id) {
        if (enabled) {
            versions.add(new Version(versions.size() + 1L, id, Json.object(), Json.array(), Json.object(), true));
        }
    }

    /**
     * The state of a record after one change.
     *
     * @param sequence number of the change among the changes of all records, from 1
     * @param row      the row as the list shows it
     * @param chat     the complete chat, oldest message first
     * @param summary  the complete response of the service summary
     * @param removed  whether this change removed the record
     */
    public record Version(
            long sequence, String id, ObjectNode row, ArrayNode chat, ObjectNode summary, boolean removed) {

        /** The version as one JSON object. */
        public ObjectNode toJson() {
            ObjectNode json =
                    Json.object().put("sequence", sequence).put("id", id).put("removed", removed);
            json.set("row", row);
            json.set("chat", chat);
            json.set("summary", summary);
            return json;
        }
    }
}
