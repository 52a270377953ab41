package io.bangwo8stream.standin;

import java.util.List;
import java.util.Map;

/** The endpoint of the service summaries of IM sessions, calls and remote assistance. */
final class SummaryEndpoints {

    private final Map<String, RecordStore> storeByType;

    SummaryEndpoints(HelpDesk desk) {
        storeByType = Map.of("1", desk.imSessions(), "2", desk.calls(), "3", desk.remoteRecords());
    }

    List<Endpoint> all() {
        return List.of(Endpoint.forAgents("servicesummary", "/api/v1/servicesummary/{id}.json", this::summary));
    }

    private StandInResponse summary(StandInRequest request) {
        RecordStore store = storeByType.get(request.param("servicesummary_type").orElse(""));
        if (store == null) {
            return StandInResponse.json(
                    Json.object().put("status", "100010").put("message", "servicesummary_type must be 1, 2 or 3"));
        }
        return store.find(request.variable())
                .map(HelpDeskRecord::summaryJson)
                .map(StandInResponse::json)
                .orElseGet(() -> StandInResponse.json(SampleSummaries.notFilled()));
    }
}
