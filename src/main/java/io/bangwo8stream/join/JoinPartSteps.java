package io.bangwo8stream.join;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.record.ChatMessageTyper;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.ServiceSummaryParser;
import io.bangwo8stream.record.TypedMessages;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.scan.FetchedRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Steps of the routes that join a record: build the request for a part, and add the response to the record. They call
 * nothing; the routes send the requests.
 */
@Singleton
@Named("joinPartSteps")
@RegisterForReflection
public class JoinPartSteps {

    private final ChatMessageTyper messages;
    private final ServiceSummaryParser summaries;

    JoinPartSteps(RecordTyper typer) {
        this.messages = new ChatMessageTyper(typer, FieldTable.bundled("chat-message"));
        this.summaries = new ServiceSummaryParser(typer, FieldTable.bundled("service-summary"));
    }

    /**
     * The request for a part of {@code record}.
     *
     * @param template path below {@code /api/v1}, with {@code {id}} in the place of the record's id, and after a
     *                 question mark its query
     */
    public ApiRequest request(FetchedRecord record, String template) {
        return record.request(template);
    }

    /** Whether a field of the record is 0: the vendor marks a record without a chat so. */
    public boolean isZero(FetchedRecord record, String field) {
        return "0".equals(record.typed().record().path(field).asText());
    }

    /** Adds {@code chatRecords}: all messages of the chat, in the API's order. */
    public void addChat(FetchedRecord record, List<JsonNode> rows) {
        TypedMessages chat = messages.type(rows);
        record.add("chatRecords", chat.messages(), chat.labels(), chat.unparsed());
    }

    /** Adds {@code chatRecords} of a record without a chat. */
    public void addEmptyChat(FetchedRecord record) {
        addChat(record, List.of());
    }

    /**
     * Adds {@code serviceSummary}.
     *
     * @param response of {@code /servicesummary/{id}.json}
     * @throws ApiRejectedException when it holds neither a summary nor the statement that there is none
     */
    public void addServiceSummary(FetchedRecord record, JsonNode response) {
        TypedRecord summary = summaries
                .parse(response)
                .orElseThrow(() -> new ApiRejectedException(
                        "error",
                        "GET /servicesummary/" + record.id()
                                + ".json answered neither a summary nor that there is none"));
        record.add("serviceSummary", summary.record(), LenientJson.object(), summary.unparsed());
    }
}
