package io.bangwo8stream.standin;

import java.util.List;
import java.util.Map;

/** The service summaries of IM sessions, calls and remote assistance. */
final class SummaryEndpoints {

    private final Map<String, RecordStore> storeByType;

    SummaryEndpoints(HelpDesk desk) {
        storeByType = Map.of("1", desk.imSessions(), "2", desk.calls(), "3", desk.remoteRecords());
    }

    List<Endpoint> all() {
        return List.of(Endpoint.forAgents("servicesummary", "/api/v1/servicesummary/{id}.json", this::summary));
    }

    private Answer summary(Call call) {
        RecordStore store = storeByType.get(call.param("servicesummary_type").orElse(""));
        if (store == null) {
            return Answer.json(
                    Json.object().put("status", "100010").put("message", "servicesummary_type must be 1, 2 or 3"));
        }
        return store.find(call.variable())
                .map(DeskRecord::summaryJson)
                .map(Answer::json)
                .orElseGet(() -> Answer.json(Summaries.notFilled()));
    }
}
