package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** One immutable state of a record of the help desk: its list row, its chat and its service summary. */
interface HelpDeskRecord {

    String id();

    /** The day that the list filters by. */
    LocalDate createdOn();

    /** A copy of the row as the list shows it. */
    ObjectNode row();

    /** The chat's messages, oldest first. */
    List<ObjectNode> chat();

    /** The complete response of the service summary. */
    ObjectNode summary();

    /** The row as UTF-8 JSON. */
    byte[] rowJson();

    /** The row as UTF-8 JSON, with the labels of the problem types in place of their ids. */
    byte[] rowJson(Map<String, String> problemTypes);

    /** The messages as UTF-8 JSON. */
    List<byte[]> chatJson();

    /** The service summary's response as UTF-8 JSON. */
    byte[] summaryJson();

    /** The value of a row's field as text, empty when it is missing. */
    default String field(String name) {
        return row().path(name).asText("");
    }
}
