package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A record that differs from the other uniform records only in id and time, and is serialized on request. */
final class UniformRecord implements HelpDeskRecord {

    private static final long FIRST_ID = 1_000_000;
    private static final String TIME = "2017-08-27 10:21:10";
    private static final byte[] QUESTION = Json.write(SampleRows.message(false, "你好,电脑上不了网", TIME));
    private static final byte[] REPLY = Json.write(SampleRows.message(true, "您好,请稍等,我来远程看看", TIME));
    private static final ObjectNode SUMMARY = SampleSummaries.filled("远程服务总结", "field_1", "4334", "field_2", "已解决");
    private static final byte[] SUMMARY_JSON = Json.write(SUMMARY);
    private static final RowTemplate WITH_IDS = template(row -> {});
    private static final RowTemplate WITH_LABELS = template(row -> List.of("ptId", "ptChildId", "ptThird")
            .forEach(field ->
                    row.put(field, SampleProblemTypes.ALL.get(row.path(field).asText()))));

    private final long id;
    private final LocalDate day;
    private final int second;

    private UniformRecord(long id, LocalDate day, int second) {
        this.id = id;
        this.day = day;
        this.second = second;
    }

    static void fill(RecordStore store, int records, int days, Clock clock) {
        LocalDate today = VendorTime.now(clock).toLocalDate();
        for (int i = 0; i < records; i++) {
            int dayIndex = (int) ((long) i * days / records);
            // In the first minutes of a day, so that today's records are in the future for a short time only.
            store.add(new UniformRecord(FIRST_ID + i, today.minusDays(days - 1L - dayIndex), i % 300));
        }
    }

    private static RowTemplate template(Consumer<ObjectNode> change) {
        ObjectNode row = SampleRows.remoteRecord(FIRST_ID, TIME).put("ChatRecord", 1);
        change.accept(row);
        return new RowTemplate(new String(Json.write(row), StandardCharsets.UTF_8)
                .replace(String.valueOf(FIRST_ID), RowTemplate.ID)
                .replace(TIME, RowTemplate.TIME));
    }

    @Override
    public String id() {
        return String.valueOf(id);
    }

    @Override
    public LocalDate createdOn() {
        return day;
    }

    @Override
    public ObjectNode row() {
        return Json.readObject(new String(rowJson(), StandardCharsets.UTF_8));
    }

    @Override
    public List<ObjectNode> chat() {
        return chatJson().stream()
                .map(json -> Json.readObject(new String(json, StandardCharsets.UTF_8)))
                .toList();
    }

    @Override
    public ObjectNode summary() {
        return SUMMARY;
    }

    @Override
    public byte[] rowJson() {
        return WITH_IDS.render(id(), time());
    }

    @Override
    public byte[] rowJson(Map<String, String> problemTypes) {
        return WITH_LABELS.render(id(), time());
    }

    private String time() {
        LocalDateTime time = day.atStartOfDay().plusSeconds(second);
        return VendorTime.padded(time);
    }

    @Override
    public List<byte[]> chatJson() {
        return List.of(QUESTION, REPLY);
    }

    @Override
    public byte[] summaryJson() {
        return SUMMARY_JSON;
    }
}
