package io.bangwo8stream.join;

import com.fasterxml.jackson.databind.JsonNode;
import io.bangwo8stream.api.ApiClient;
import io.bangwo8stream.api.ApiRejectedException;
import io.bangwo8stream.api.ApiRequest;
import io.bangwo8stream.record.ChatMessages;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.ServiceSummary;
import io.bangwo8stream.record.TypedMessages;
import io.bangwo8stream.record.TypedRecord;
import io.bangwo8stream.scan.FetchedRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Adds to a record the parts that the API keeps elsewhere; the steps of the routes that join. */
@Singleton
@Named("joins")
@RegisterForReflection
public class Joins {

    private final ApiClient api;
    private final RecordLists lists;
    private final ChatMessages messages;
    private final ServiceSummary summaries;

    Joins(ApiClient api, RecordLists lists, RecordTyper typer) {
        this.api = api;
        this.lists = lists;
        this.messages = new ChatMessages(typer, FieldTable.bundled("chat-message"));
        this.summaries = new ServiceSummary(typer, FieldTable.bundled("service-summary"));
    }

    /**
     * Adds {@code chatRecords}, all pages of them.
     *
     * @param path  with {@code {id}} in the place of the record's id
     * @param items member of the answer that holds the messages
     * @param flag  field of the record that is 0 when there is no chat, which then is not asked for
     */
    public void chatRecords(FetchedRecord record, String path, String items, String flag) {
        if ("0".equals(record.typed().record().path(flag).asText())) {
            addChat(record, List.of());
        } else {
            chatRecords(record, path, items);
        }
    }

    /** The same where no field says that there is no chat. */
    public void chatRecords(FetchedRecord record, String path, String items) {
        addChat(record, lists.all(record.request(path, Map.of()), items));
    }

    private void addChat(FetchedRecord record, List<JsonNode> rows) {
        TypedMessages chat = messages.type(rows);
        record.add("chatRecords", chat.messages(), chat.labels(), chat.unparsed());
    }

    /**
     * Adds {@code serviceSummary}.
     *
     * @param type what the record is: 1 an IM session, 2 a call, 3 a remote assistance ({@code servicesummary_type})
     */
    public void serviceSummary(FetchedRecord record, int type) {
        ApiRequest request =
                record.request("/servicesummary/{id}.json", Map.of("servicesummary_type", Integer.toString(type)));
        JsonNode answer = api.get(request);
        TypedRecord summary = summaries
                .interpret(answer)
                .orElseThrow(() -> new ApiRejectedException(
                        "error", request + " answered neither a summary nor that there is none"));
        record.add("serviceSummary", summary.record(), LenientJson.object(), summary.unparsed());
    }
}
