package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** One record of the help desk at one moment: its list row, its chat and its service summary. Never changes. */
interface DeskRecord {

    String id();

    /** The day that the list's creation date filter looks at. */
    LocalDate createdOn();

    /** A copy of the row as the list shows it. */
    ObjectNode row();

    /** The chat's messages, oldest first. */
    List<ObjectNode> chat();

    /** The whole answer of the service summary. */
    ObjectNode summary();

    /** The row as UTF-8 JSON. */
    byte[] rowJson();

    /** The row with the texts of the problem types in place of their ids. */
    byte[] rowJson(Map<String, String> problemTypes);

    /** The messages as UTF-8 JSON. */
    List<byte[]> chatJson();

    /** The service summary's answer as UTF-8 JSON. */
    byte[] summaryJson();

    /** The value of a row's field as text, empty when it is not there. */
    default String field(String name) {
        return row().path(name).asText("");
    }
}
