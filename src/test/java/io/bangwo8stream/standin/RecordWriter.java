package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;

/** Writes lifelike remote-assistance records into the desk, and what happens to them later. */
final class RecordWriter {

    private static final int LONG_CHAT = 130;

    private final HelpDesk desk;
    private final SeededRandom random;
    private long lastId = 10_230;

    RecordWriter(HelpDesk desk, SeededRandom random) {
        this.desk = desk;
        this.random = random;
    }

    /** A record in service, waiting, prolonged or kept, with a chat that has begun or not. */
    String open(LocalDateTime begin) {
        ObjectNode row = row(begin)
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
            talk(id, begin);
        }
        return id;
    }

    /** A record that is over: mostly done, now and then invalid. */
    String finished(LocalDateTime begin, boolean longChat) {
        int messages = longChat ? LONG_CHAT : random.percent(15) ? 0 : random.between(1, 9);
        ObjectNode row = row(begin)
                .put("csStat", random.percent(3) ? 0 : 5)
                .put("ChatRecord", messages > 0 ? 1 : 0)
                .put("commentScore", random.pick(List.of(5, 5, 3, 1, 0, 0)));
        row.put("csETime", VendorTime.padded(begin.plusMinutes(random.between(3, 40))));
        AwkwardForms.sprinkle(row, random);
        String id = desk.add(row);
        for (int i = 0; i < messages; i++) {
            desk.addChat(id, message(begin.plusSeconds(10L * i)));
        }
        if (random.percent(65)) {
            desk.setSummary(id, summary());
        } else if (random.percent(30)) {
            desk.setSummary(id, Summaries.noTemplate());
        }
        return id;
    }

    private ObjectNode row(LocalDateTime begin) {
        ProblemTypes.Path path = random.pick(ProblemTypes.PATHS);
        String session =
                Base64.getEncoder().encodeToString(VendorTime.padded(begin).getBytes(StandardCharsets.US_ASCII));
        ObjectNode row = Rows.remoteRecord(++lastId, VendorTime.padded(begin)).put("csIdS", session);
        row.put("csServicerId", random.between(223, 226))
                .put("uniqueNumber", "0" + random.between(10_000_000, 99_999_999));
        row.put("csPrice", BigDecimal.valueOf(random.pick(List.of(0L, 5_000L, 23_400L, 9_990L)), 2));
        row.put("companyName", random.pick(Phrases.COMPANIES)).put("contactor", random.pick(Phrases.CONTACTS));
        row.put("contactMethod", "1" + random.between(30, 89) + random.between(10_000_000, 99_999_999));
        row.put("ComputerName", random.pick(Phrases.COMPUTERS)).put("note", random.pick(Phrases.PROBLEMS));
        row.put("ProblemSolution", random.pick(Phrases.SOLUTIONS)).put("comment", random.pick(Phrases.COMMENTS));
        row.put("ptId", path.first()).put("ptChildId", path.second()).put("ptThird", path.third());
        int files = random.percent(30) ? random.between(1, 4) : 0;
        return row.put("TransferFile", files > 0 ? 1 : 0)
                .put("FileCount", files)
                .put("Remote", random.between(0, 1));
    }

    /** One more message; the first one sets {@code ChatRecord}. */
    void talk(String id, LocalDateTime now) {
        desk.addChat(id, message(now));
        if (desk.remoteRecords()
                .find(id)
                .filter(held -> held.field("ChatRecord").equals("1"))
                .isEmpty()) {
            desk.change(id, row -> row.put("ChatRecord", 1));
        }
    }

    private ObjectNode message(LocalDateTime time) {
        boolean agent = random.percent(50);
        String text = random.pick(agent ? Phrases.REPLIES : Phrases.QUESTIONS);
        ObjectNode message =
                Rows.message(agent, text, random.percent(80) ? VendorTime.padded(time) : VendorTime.unpadded(time));
        if (agent) {
            message.put("spokesman", random.pick(Phrases.AGENTS));
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
                        .put("ProblemSolution", random.pick(Phrases.SOLUTIONS)));
    }

    void rate(String id) {
        desk.change(
                id,
                row -> row.put("commentScore", random.pick(List.of(5, 5, 3, 1)))
                        .put("comment", random.pick(Phrases.COMMENTS)));
    }

    ObjectNode summary() {
        ObjectNode answer = Summaries.filled(
                "远程服务总结",
                "field_1",
                random.pick(Phrases.SOLUTIONS),
                "field_3",
                "1",
                "field_2",
                "下拉菜单的某一项",
                "field_4",
                "https://files.example/1.jpg,https://files.example/2.jpg");
        return random.percent(20) ? answer.put("status", 200) : answer;
    }

    boolean awaitsSummary(String id) {
        return desk.remoteRecords()
                .find(id)
                .filter(held -> held.summary().path("status").asText().equals("120002"))
                .isPresent();
    }

    boolean awaitsRating(String id) {
        return desk.remoteRecords()
                .find(id)
                .filter(held -> held.field("csStat").equals("5")
                        && held.field("commentScore").equals("0"))
                .isPresent();
    }
}
