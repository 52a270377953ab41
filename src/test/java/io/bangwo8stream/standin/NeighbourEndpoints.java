package io.bangwo8stream.standin;

import java.time.LocalDate;
import java.util.List;

/** What a user asks for next: IM sessions with their chats, and calls. */
final class NeighbourEndpoints {

    private static final RecordPages.Window ALL_DAYS = new RecordPages.Window(LocalDate.MIN, LocalDate.MAX);

    private final HelpDesk desk;
    private final RecordPages pages;

    NeighbourEndpoints(HelpDesk desk) {
        this.desk = desk;
        pages = new RecordPages(desk);
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.forAdministrators("im-histories", "/api/v1/imchat/histories.json", this::imSessions),
                Endpoint.forAdministrators("im-chatrecords", "/api/v1/imchat/chatrecords/{id}.json", this::imChat),
                Endpoint.forAdministrators("call-histories", "/api/v1/callrecord/histories.json", this::calls));
    }

    private Answer imSessions(Call call) {
        return pages.list(
                call,
                "imchats",
                desk.imSessions(),
                session -> call.param("client_id")
                        .map(session.field("client_id")::equals)
                        .orElse(true),
                DeskRecord::rowJson);
    }

    private Answer imChat(Call call) {
        String open = "{\"im_chatrecords\":{\"r_id\":\"" + call.variable() + "\",\"contents\":[";
        return pages.chat(call, open, desk.imSessions(), ALL_DAYS);
    }

    private Answer calls(Call call) {
        return pages.list(call, "callrecords", desk.calls(), DeskRecord::rowJson);
    }
}
