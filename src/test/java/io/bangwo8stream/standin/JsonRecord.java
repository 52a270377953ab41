package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A record that consists of JSON trees; each is serialized once. */
final class JsonRecord implements HelpDeskRecord {

    private static final List<String> PROBLEM_TYPES = List.of("ptId", "ptChildId", "ptThird");

    private final String id;
    private final LocalDate createdOn;
    private final ObjectNode row;
    private final List<ObjectNode> chat;
    private final ObjectNode summary;

    // Concurrent readers can write these fields more than once, always with the same content.
    private volatile byte[] rowJson;
    private volatile RowWithLabels rowWithLabels;
    private volatile List<byte[]> chatJson;
    private volatile byte[] summaryJson;

    JsonRecord(String id, LocalDate createdOn, ObjectNode row, List<ObjectNode> chat, ObjectNode summary) {
        this.id = id;
        this.createdOn = createdOn;
        this.row = row.deepCopy();
        this.chat = List.copyOf(chat);
        this.summary = summary.deepCopy();
    }

    static JsonRecord of(HelpDeskRecord other) {
        return new JsonRecord(other.id(), other.createdOn(), other.row(), other.chat(), other.summary());
    }

    JsonRecord withRow(Consumer<ObjectNode> change) {
        ObjectNode changed = row.deepCopy();
        change.accept(changed);
        return new JsonRecord(id, createdOn, changed, chat, summary);
    }

    JsonRecord createdAt(String timeField, LocalDateTime time) {
        ObjectNode changed = row.deepCopy().put(timeField, VendorTime.padded(time));
        return new JsonRecord(id, time.toLocalDate(), changed, chat, summary);
    }

    JsonRecord withChat(Consumer<List<ObjectNode>> change) {
        List<ObjectNode> changed = new ArrayList<>(chat);
        change.accept(changed);
        return new JsonRecord(id, createdOn, row, changed, summary);
    }

    JsonRecord withSummary(ObjectNode response) {
        return new JsonRecord(id, createdOn, row, chat, response);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public LocalDate createdOn() {
        return createdOn;
    }

    @Override
    public ObjectNode row() {
        return row.deepCopy();
    }

    @Override
    public List<ObjectNode> chat() {
        return chat;
    }

    @Override
    public ObjectNode summary() {
        return summary;
    }

    private record RowWithLabels(Map<String, String> labels, byte[] json) {}

    @Override
    public byte[] rowJson() {
        if (rowJson == null) {
            rowJson = Json.write(row);
        }
        return rowJson;
    }

    @Override
    public byte[] rowJson(Map<String, String> problemTypes) {
        // An option may have been renamed since the last request.
        Map<String, String> used = new HashMap<>();
        PROBLEM_TYPES.stream()
                .filter(row::has)
                .forEach(field ->
                        used.put(field, problemTypes.getOrDefault(row.get(field).asText(), "")));
        RowWithLabels known = rowWithLabels;
        if (known == null || !known.labels().equals(used)) {
            ObjectNode copy = row.deepCopy();
            used.forEach(copy::put);
            known = new RowWithLabels(used, Json.write(copy));
            rowWithLabels = known;
        }
        return known.json();
    }

    @Override
    public List<byte[]> chatJson() {
        if (chatJson == null) {
            chatJson = chat.stream().map(Json::write).toList();
        }
        return chatJson;
    }

    @Override
    public byte[] summaryJson() {
        if (summaryJson == null) {
            summaryJson = Json.write(summary);
        }
        return summaryJson;
    }

    @Override
    public String field(String name) {
        return row.path(name).asText("");
    }
}
