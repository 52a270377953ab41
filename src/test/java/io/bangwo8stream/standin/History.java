package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Every version that every record has had, in the order in which they came about; keeps nothing until it is on. */
public final class History {

    private final List<Version> versions = new ArrayList<>();
    private boolean on;

    History() {}

    synchronized void switchOn() {
        on = true;
    }

    /** All versions so far, oldest first. */
    public synchronized List<Version> versions() {
        return List.copyOf(versions);
    }

    /** The versions of one record, oldest first. */
    public synchronized List<Version> of(String id) {
        return versions.stream().filter(version -> version.id().equals(id)).toList();
    }

    synchronized void note(DeskRecord now) {
        if (on) {
            ArrayNode chat = Json.array();
            now.chat().forEach(chat::add);
            versions.add(new Version(versions.size() + 1L, now.id(), now.row(), chat, now.summary(), false));
        }
    }

    synchronized void noteRemoval(String id) {
        if (on) {
            versions.add(new Version(versions.size() + 1L, id, Json.object(), Json.array(), Json.object(), true));
        }
    }

    /**
     * A record as it stood after one change.
     *
     * @param sequence counts the changes of all records from 1
     * @param row      the row as the list shows it
     * @param chat     the whole chat, oldest message first
     * @param summary  the whole answer of the service summary
     * @param removed  whether this change took the record away
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
