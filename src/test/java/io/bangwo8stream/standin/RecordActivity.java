package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;

/** Adds realistic remote-assistance records to the help desk, and changes them later. */
final class RecordActivity {

    private static final int LONG_CHAT = 130;

    private final HelpDesk desk;
    private final SeededRandom random;
    private long lastId = 10_230;

    RecordActivity(HelpDesk desk, SeededRandom random) {
        this.desk = desk;
        this.random = random;
    }

    /** Adds a record that is in service, waiting, prolonged or kept, with or without chat, and returns its id. */
    String open(LocalDateTime start) {
        ObjectNode row = row(start)
                .put("csStat", random.percent(70) ? 1 : random.between(2, 4))
                .put("csETime", "0000-00-00 00:00:00")
                .put("payStat", 0)
                .put("payDateTime", "")
                .put("commentScore", 0)
                .put("comment", "")
                .put("isFinish", 0)
                .put("ProblemSolution", "");
        String id = desk.add(row);
        if (random.percent(50)) {
            addMessage(id, start);
        }
        return id;
    }

    /** Adds a record that has ended, mostly finished, sometimes invalid, and returns its id. */
    String finished(LocalDateTime start, boolean longChat) {
        int messages = longChat ? LONG_CHAT : random.percent(15) ? 0 : random.between(1, 9);
        ObjectNode row = row(start)
                .put("csStat", random.percent(3) ? 0 : 5)
                .put("ChatRecord", messages > 0 ? 1 : 0)
                .put("commentScore", random.pick(List.of(5, 5, 3, 1, 0, 0)));
        row.put("csETime", VendorTime.padded(start.plusMinutes(random.between(3, 40))));
        VendorIrregularities.addTo(row, random);
        String id = desk.add(row);
        for (int i = 0; i < messages; i++) {
            desk.addChat(id, message(start.plusSeconds(10L * i)));
        }
        if (random.percent(65)) {
            desk.setSummary(id, summary());
        } else if (random.percent(30)) {
            desk.setSummary(id, SampleSummaries.noTemplate());
        }
        return id;
    }

    private ObjectNode row(LocalDateTime start) {
        SampleProblemTypes.Path path = random.pick(SampleProblemTypes.PATHS);
        String session =
                Base64.getEncoder().encodeToString(VendorTime.padded(start).getBytes(StandardCharsets.US_ASCII));
        ObjectNode row =
                SampleRows.remoteRecord(++lastId, VendorTime.padded(start)).put("csIdS", session);
        row.put("csServicerId", random.between(223, 226))
                .put("uniqueNumber", "0" + random.between(10_000_000, 99_999_999));
        row.put("csPrice", BigDecimal.valueOf(random.pick(List.of(0L, 5_000L, 23_400L, 9_990L)), 2));
        row.put("companyName", random.pick(SampleTexts.COMPANIES)).put("contactor", random.pick(SampleTexts.CONTACTS));
        row.put("contactMethod", "1" + random.between(30, 89) + random.between(10_000_000, 99_999_999));
        row.put("ComputerName", random.pick(SampleTexts.COMPUTERS)).put("note", random.pick(SampleTexts.PROBLEMS));
        row.put("ProblemSolution", random.pick(SampleTexts.SOLUTIONS))
                .put("comment", random.pick(SampleTexts.COMMENTS));
        row.put("ptId", path.first()).put("ptChildId", path.second()).put("ptThird", path.third());
        int files = random.percent(30) ? random.between(1, 4) : 0;
        return row.put("TransferFile", files > 0 ? 1 : 0)
                .put("FileCount", files)
                .put("Remote", random.between(0, 1));
    }

    /** Adds a message; the first one sets {@code ChatRecord}. */
    void addMessage(String id, LocalDateTime now) {
        desk.addChat(id, message(now));
        if (desk.remoteRecords()
                .find(id)
                .filter(record -> record.field("ChatRecord").equals("1"))
                .isEmpty()) {
            desk.change(id, row -> row.put("ChatRecord", 1));
        }
    }

    private ObjectNode message(LocalDateTime time) {
        boolean agent = random.percent(50);
        String text = random.pick(agent ? SampleTexts.REPLIES : SampleTexts.QUESTIONS);
        ObjectNode message = SampleRows.message(
                agent, text, random.percent(80) ? VendorTime.padded(time) : VendorTime.unpadded(time));
        if (agent) {
            message.put("spokesman", random.pick(SampleTexts.AGENTS));
        }
        if (random.percent(30)) {
            message.put("spokesman_identity", agent ? "1" : "2");
        }
        return message;
    }

    void finish(String id, LocalDateTime now) {
        desk.change(
                id,
                row -> row.put("csStat", 5)
                        .put("csETime", VendorTime.padded(now))
                        .put("payStat", 1)
                        .put("payDateTime", VendorTime.padded(now))
                        .put("isFinish", random.percent(85) ? 1 : 0)
                        .put("ProblemSolution", random.pick(SampleTexts.SOLUTIONS)));
    }

    void rate(String id) {
        desk.change(
                id,
                row -> row.put("commentScore", random.pick(List.of(5, 5, 3, 1)))
                        .put("comment", random.pick(SampleTexts.COMMENTS)));
    }

    ObjectNode summary() {
        ObjectNode response = SampleSummaries.filled(
                "远程服务总结",
                "field_1",
                random.pick(SampleTexts.SOLUTIONS),
                "field_3",
                "1",
                "field_2",
                "下拉菜单的某一项",
                "field_4",
                "https://files.example/1.jpg,https://files.example/2.jpg");
        return random.percent(20) ? response.put("status", 200) : response;
    }

    LocalDate createdOn(String id) {
        return desk.remoteRecords().find(id).orElseThrow().createdOn();
    }

    boolean awaitsSummary(String id) {
        return desk.remoteRecords()
                .find(id)
                .filter(record -> record.summary().path("status").asText().equals("120002"))
                .isPresent();
    }

    boolean awaitsRating(String id) {
        return desk.remoteRecords()
                .find(id)
                .filter(record -> record.field("csStat").equals("5")
                        && record.field("commentScore").equals("0"))
                .isPresent();
    }
}
