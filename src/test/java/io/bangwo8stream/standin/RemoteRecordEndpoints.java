package io.bangwo8stream.standin;

import java.util.List;
import java.util.Optional;

/** The endpoints of remote-assistance records: the list, the list with labels, one agent's list, the chat. */
final class RemoteRecordEndpoints {

    private static final String LIST_MEMBER = "remoterecords";

    private final HelpDesk desk;
    private final RecordResponseFactory responses;

    RemoteRecordEndpoints(HelpDesk desk) {
        this.desk = desk;
        responses = new RecordResponseFactory(desk);
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.forAdministrators("histories", "/api/v1/remoterecord/histories.json", this::histories),
                Endpoint.forAdministrators("histories_v2", "/api/v1/remoterecord/histories_v2.json", this::withLabels),
                Endpoint.forAdministrators(
                        "agent-histories", "/api/v1/remoterecord/histories/{id}.json", this::ofAgent),
                Endpoint.forAdministrators("chatrecords", "/api/v1/remoterecord/chatrecords/{id}.json", this::chat));
    }

    private StandInResponse histories(StandInRequest request) {
        return responses.list(request, LIST_MEMBER, desk.remoteRecords(), HelpDeskRecord::rowJson);
    }

    private StandInResponse withLabels(StandInRequest request) {
        return responses.list(
                request, LIST_MEMBER, desk.remoteRecords(), record -> record.rowJson(desk.problemTypes()));
    }

    private StandInResponse ofAgent(StandInRequest request) {
        return responses.list(
                request,
                LIST_MEMBER,
                desk.remoteRecords(),
                record -> record.field("csServicerId").equals(request.variable()),
                HelpDeskRecord::rowJson);
    }

    private StandInResponse chat(StandInRequest request) {
        Optional<DayRange> days = DayRange.of(request, "time_start", "time_end");
        if (days.isEmpty()
                || request.param("time_start").isPresent()
                        != request.param("time_end").isPresent()) {
            return StandInResponse.errcode("100010", "time_start and time_end must be dates and be given together");
        }
        String open = "{\"remote_chatrecords\":{\"csId\":\"" + request.variable() + "\",\"contents\":[";
        return responses.chat(request, open, desk.remoteRecords(), days.get());
    }
}
