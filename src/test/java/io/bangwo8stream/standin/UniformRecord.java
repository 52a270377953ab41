package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A record that differs from its neighbours in id and time alone and is rendered when it is asked for. */
final class UniformRecord implements DeskRecord {

    private static final long FIRST_ID = 1_000_000;
    private static final String TIME = "2017-08-27 10:21:10";
    private static final byte[] CHAT_QUESTION = Json.write(Rows.message(false, "你好,电脑上不了网", TIME));
    private static final byte[] CHAT_ANSWER = Json.write(Rows.message(true, "您好,请稍等,我来远程看看", TIME));
    private static final ObjectNode SUMMARY = Summaries.filled("远程服务总结", "field_1", "4334", "field_2", "已解决");
    private static final byte[] SUMMARY_JSON = Json.write(SUMMARY);
    private static final Template IDS = template(row -> {});
    private static final Template TEXTS = template(row -> List.of("ptId", "ptChildId", "ptThird")
            .forEach(
                    field -> row.put(field, ProblemTypes.ALL.get(row.path(field).asText()))));

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
            int dayOfRun = (int) ((long) i * days / records);
            // Within the first minutes of a day, so that none of today's lies in the future for long.
            store.add(new UniformRecord(FIRST_ID + i, today.minusDays(days - 1L - dayOfRun), i % 300));
        }
    }

    private static Template template(Consumer<ObjectNode> change) {
        ObjectNode row = Rows.remoteRecord(FIRST_ID, TIME).put("ChatRecord", 1);
        change.accept(row);
        return new Template(new String(Json.write(row), StandardCharsets.UTF_8)
                .replace(String.valueOf(FIRST_ID), Template.ID)
                .replace(TIME, Template.TIME));
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
        return IDS.render(id(), time());
    }

    @Override
    public byte[] rowJson(Map<String, String> problemTypes) {
        return TEXTS.render(id(), time());
    }

    private String time() {
        LocalDateTime time = day.atStartOfDay().plusSeconds(second);
        return VendorTime.padded(time);
    }

    @Override
    public List<byte[]> chatJson() {
        return List.of(CHAT_QUESTION, CHAT_ANSWER);
    }

    @Override
    public byte[] summaryJson() {
        return SUMMARY_JSON;
    }
}
