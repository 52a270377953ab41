package io.bangwo8stream.standin;

import java.util.List;
import java.util.Optional;

/** The remote-assistance records: the list, the list with texts, one agent's list, the chat. */
final class RemoteEndpoints {

    private static final String MEMBER = "remoterecords";

    private final HelpDesk desk;
    private final RecordPages pages;

    RemoteEndpoints(HelpDesk desk) {
        this.desk = desk;
        pages = new RecordPages(desk);
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.forAdministrators("histories", "/api/v1/remoterecord/histories.json", this::histories),
                Endpoint.forAdministrators("histories_v2", "/api/v1/remoterecord/histories_v2.json", this::withTexts),
                Endpoint.forAdministrators(
                        "agent-histories", "/api/v1/remoterecord/histories/{id}.json", this::ofAgent),
                Endpoint.forAdministrators("chatrecords", "/api/v1/remoterecord/chatrecords/{id}.json", this::chat));
    }

    private Answer histories(Call call) {
        return pages.list(call, MEMBER, desk.remoteRecords(), DeskRecord::rowJson);
    }

    private Answer withTexts(Call call) {
        return pages.list(call, MEMBER, desk.remoteRecords(), held -> held.rowJson(desk.problemTypes()));
    }

    private Answer ofAgent(Call call) {
        return pages.list(
                call,
                MEMBER,
                desk.remoteRecords(),
                held -> held.field("csServicerId").equals(call.variable()),
                DeskRecord::rowJson);
    }

    private Answer chat(Call call) {
        Optional<RecordPages.Window> window = RecordPages.Window.of(call, "time_start", "time_end");
        if (window.isEmpty()
                || call.param("time_start").isPresent()
                        != call.param("time_end").isPresent()) {
            return Answer.errcode("100010", "time_start and time_end must be dates and be given together");
        }
        String open = "{\"remote_chatrecords\":{\"csId\":\"" + call.variable() + "\",\"contents\":[";
        return pages.chat(call, open, desk.remoteRecords(), window.get());
    }
}
