package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.util.List;

/** Fills the help desk with the vendor's twelve example views and with tickets, and changes the tickets' states. */
final class TicketActivity {

    private static final List<String> VIEWS = List.of(
            "10|最近解决的工单|0|2019-08-16 00:00:08|", "13|售前|0|2019-12-08 16:11:23|2019-12-08 16:13:40",
            "15|售中|1|2019-12-08 16:14:41|2019-12-08 16:12:48", "17|售后|1|2019-12-08 16:12:48|2019-12-08 16:14:41",
            "2|所有工单|1|2019-08-16 00:00:00|2019-10-07 13:35:59", "3|您未解决的工单|0|2019-08-16 00:00:01|",
            "4|未分配的工单|0|2019-08-16 00:00:02|", "5|所有未解决的工单|0|2019-08-16 00:00:03|",
            "6|最近更新的工单|0|2019-08-16 00:00:04|", "7|你组中的新工单|0|2019-08-16 00:00:05|",
            "8|待回应的工单|0|2019-08-16 00:00:06|", "9|您组中未解决的工单|0|2019-08-16 00:00:07|");
    private static final List<String> STATES = List.of("新建", "已开启", "待回应", "已解决", "手动关闭");

    private static final int UNIFORM_VIEWS = 4;
    private static final long FIRST_ID = 5_109_538;

    private final TicketStore store;
    private final SeededRandom random;
    private long nextId = FIRST_ID;

    TicketActivity(HelpDesk desk, SeededRandom random) {
        store = desk.ticketStore();
        this.random = random;
    }

    /** Adds four views, and uniform tickets that are each listed by two of them. */
    static void fillUniformly(TicketStore store, int tickets) {
        for (int view = 1; tickets > 0 && view <= UNIFORM_VIEWS; view++) {
            store.addView(SampleRows.view(view, "工单 " + view));
        }
        for (int i = 0; i < tickets; i++) {
            store.addTicket(
                    SampleRows.ticket(FIRST_ID + i, "路由器换新", "2019-12-19 14:28:48"),
                    String.valueOf(1 + i % UNIFORM_VIEWS),
                    String.valueOf(1 + (i + 1) % UNIFORM_VIEWS));
        }
    }

    void fill(int tickets, LocalDateTime now) {
        VIEWS.forEach(this::addView);
        for (int i = 0; i < tickets; i++) {
            addTicket(now.minusHours(4L * (tickets - i)));
        }
    }

    private void addView(String line) {
        String[] part = line.split("\\|", -1);
        store.addView(SampleRows.view(Long.parseLong(part[0]), part[1])
                .put("active", part[2])
                .put("createDT", part[3])
                .put("updateDT", part[4]));
    }

    private void addTicket(LocalDateTime time) {
        ObjectNode ticket = SampleRows.ticket(nextId++, random.pick(SampleTexts.SUBJECTS), VendorTime.padded(time));
        ticket.put("descript", random.pick(SampleTexts.PROBLEMS)).put("ticketStatus", random.pick(STATES));
        ticket.put("priorityLevel", random.pick(List.of("", "低", "正常", "高", "4")));
        ticket.put("ticketType", random.pick(List.of("", "问题", "故障", "1")));
        addFields(ticket.withArray("custom_fields"));
        // At least two views list each ticket.
        store.addTicket(ticket, "2", random.percent(50) ? "15" : "17", "5");
    }

    private void addFields(ArrayNode fields) {
        ObjectNode attachment = fields.addObject().put("key", "field_16");
        if (random.percent(40)) {
            attachment
                    .putArray("value")
                    .addObject()
                    .put("name", "195151szk8umd8or8fmfa5.jpg")
                    .put("uri", "386279/snNyQASjsh.jpg")
                    .put("datetime", "2019-12-19 14:28:48");
        } else {
            attachment.putArray("value");
        }
        fields.addObject()
                .put("key", "field_25")
                .put(
                        "value",
                        "a:4:{s:2:\"SN\";s:16:\"xpt87wm7u4a64lv4\";"
                                + "s:5:\"total\";i:0;s:4:\"data\";a:0:{}s:10:\"isAppraise\";i:0;}");
        fields.addObject().put("key", "field_29").put("value", "123.00");
        fields.addObject().put("key", "field_35").put("value", "近(1-15公里)");
        fields.addObject().put("key", "field_24").put("value", "");
    }

    void step(LocalDateTime now) {
        if (random.percent(10)) {
            addTicket(now);
        }
        if (random.percent(20)) {
            String state = random.pick(STATES);
            store.changeTicket(
                    Long.toString(FIRST_ID + random.between(0, (int) (nextId - FIRST_ID) - 1)),
                    ticket -> ticket.put("ticketStatus", state).put("updateDT", VendorTime.padded(now)));
        }
    }
}
