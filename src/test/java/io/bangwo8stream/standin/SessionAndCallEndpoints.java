package io.bangwo8stream.standin;

import java.util.List;

/** The endpoints of IM sessions, their chats, and phone calls. */
final class SessionAndCallEndpoints {

    private final HelpDesk desk;
    private final RecordResponseFactory responses;

    SessionAndCallEndpoints(HelpDesk desk) {
        this.desk = desk;
        responses = new RecordResponseFactory(desk);
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.forAdministrators("im-histories", "/api/v1/imchat/histories.json", this::imSessions),
                Endpoint.forAdministrators("im-chatrecords", "/api/v1/imchat/chatrecords/{id}.json", this::imChat),
                Endpoint.forAdministrators("call-histories", "/api/v1/callrecord/histories.json", this::calls));
    }

    private StandInResponse imSessions(StandInRequest request) {
        return responses.list(
                request,
                "imchats",
                desk.imSessions(),
                session -> request.param("client_id")
                        .map(session.field("client_id")::equals)
                        .orElse(true),
                HelpDeskRecord::rowJson);
    }

    private StandInResponse imChat(StandInRequest request) {
        String open = "{\"im_chatrecords\":{\"r_id\":\"" + request.variable() + "\",\"contents\":[";
        return responses.chat(request, open, desk.imSessions(), DayRange.ALL);
    }

    private StandInResponse calls(StandInRequest request) {
        return responses.list(request, "callrecords", desk.calls(), HelpDeskRecord::rowJson);
    }
}
