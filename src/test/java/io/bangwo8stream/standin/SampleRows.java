package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** Complete and regular rows with which tests start. */
public final class SampleRows {

    private static final String API = "https://www.bangwo8.com/api/v1";

    private SampleRows() {}

    /**
     * A finished remote-assistance record with every field of both editions of the vendor's page, without chat.
     *
     * @param start the creation time, as {@code 2017-08-27 10:21:10}
     */
    public static ObjectNode remoteRecord(long id, String start) {
        ObjectNode row = Json.object();
        row.put("csId", id)
                .put("csIdS", "MjAxNy0wOC0xOCAxMDozMzowNQ==")
                .put("csBTime", start)
                .put("csETime", start);
        row.put("csStat", 5).put("csServicerId", 223).put("csServicerAgentId", 1232);
        row.put("uniqueNumber", "028978980").put("csSId", 0).put("csPrice", new BigDecimal("234.00"));
        row.put("payStat", 1).put("payDateTime", start).put("companyName", "金万维科技有限公司");
        row.put("contactor", "张三").put("contactMethod", "13240138478").put("ComputerName", "财务室主机");
        row.put("ptId", 221).put("ptChildId", 451).put("ptThird", 341);
        row.put("note", "无法上网")
                .put("ProblemSolution", "重新插好网线")
                .put("commentScore", 5)
                .put("comment", "很好");
        row.put("isFinish", 1)
                .put("ChatRecord", 0)
                .put("Remote", 1)
                .put("TransferFile", 0)
                .put("FileCount", 0);
        ArrayNode fields = row.putArray("custom_fields");
        fields.addObject().put("key", "field_1").put("value", "4334");
        fields.addObject().put("key", "field_2").put("value", "下拉菜单的某一项");
        return row.put("contents", API + "/remoterecord/chatrecords/" + id + ".json");
    }

    /** A chat message of the agent or of the customer. */
    public static ObjectNode message(boolean agent, String text, String time) {
        return Json.object()
                .put("spokesman", agent ? "李客服" : "028978980")
                .put("spokesman_identity", agent ? 1 : 2)
                .put("msg", text)
                .put("time", time);
    }

    /** An active ticket view. */
    public static ObjectNode view(long id, String title) {
        return Json.object()
                .put("id", String.valueOf(id))
                .put("url", API + "/ticketviews/" + id + ".json")
                .put("title", title)
                .put("active", "1")
                .put("createDT", "2019-08-16 00:00:08")
                .put("updateDT", "");
    }

    /** A new ticket, its codes as labels the way the vendor shows them. */
    public static ObjectNode ticket(long id, String subject, String time) {
        ObjectNode row = Json.object()
                .put("ticketId", String.valueOf(id))
                .put("subject", subject)
                .put("descript", "");
        row.put("ticketSource", "工单工作台")
                .put("ticketType", "")
                .put("priorityLevel", "")
                .put("ticketStatus", "新建");
        row.put("custUserId", "21130282").put("servicerUserId", "565123").put("ticketTemplateId", "21130282");
        row.put("tagList", "").put("createDT", time).put("updateDT", time);
        row.putArray("custom_fields").addObject().put("key", "field_12").put("value", "合同制定");
        return row;
    }

    /** An IM session. */
    public static ObjectNode imSession(long id, String start) {
        return Json.object()
                .put("r_id", String.valueOf(id))
                .put("client_id", "21130282")
                .put("start_time", start)
                .put("end_time", start)
                .put("servicer_id", "223")
                .put("evaluate", "5")
                .put("contents", API + "/imchat/chatrecords/" + id + ".json");
    }

    /** A phone call. */
    public static ObjectNode call(long id, String start) {
        return Json.object()
                .put("callid", String.valueOf(id))
                .put("starttime", start)
                .put("endtime", start)
                .put("caller", "01062981234")
                .put("called", "4008001234")
                .put("servicer_id", "223")
                .put("recordurl", "https://www.bangwo8.com/records/" + id + ".wav");
    }
}
