package io.bangwo8stream.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.ChatMessageTyper;
import io.bangwo8stream.record.EventValue;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.ServiceSummaryParser;
import io.bangwo8stream.record.TypedMessages;
import io.bangwo8stream.record.TypedRecord;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A hand-written program that does the least work of one scan: no routes, no state, no retries, no metrics. Its speed
 * shows how much of the product's time the machine, the stand-in and the broker take.
 */
public final class Baseline {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final BaselineApi api;
    private final BaselineWriter writer;
    private final boolean joined;
    private final Set<String> seen = new HashSet<>();
    private final RecordTyper typer = new RecordTyper(ZONE);
    private final FieldTable fields = FieldTable.bundled("remote-record");
    private final ChatMessageTyper messages = new ChatMessageTyper(typer, FieldTable.bundled("chat-message"));
    private final ServiceSummaryParser summaries =
            new ServiceSummaryParser(typer, FieldTable.bundled("service-summary"));

    private Baseline(BaselineApi api, BaselineWriter writer, boolean joined) {
        this.api = api;
        this.writer = writer;
        this.joined = joined;
    }

    /**
     * Scans once, prints a line, and waits to be killed, so that its figures in {@code /proc} can be read.
     *
     * @param args base URL, bootstrap servers, topic, requests in flight, and the workload
     */
    public static void main(String[] args) throws IOException {
        BaselineApi api = new BaselineApi(args[0], Integer.parseInt(args[3]));
        MeasuredProgram.Workload workload = MeasuredProgram.Workload.valueOf(args[4]);
        boolean tickets = workload == MeasuredProgram.Workload.TICKETS;
        try (BaselineWriter writer = new BaselineWriter(args[1], args[2], tickets ? "ticket" : "remote-record")) {
            if (tickets) {
                new BaselineTickets(api, writer).scan();
            } else {
                new Baseline(api, writer, workload == MeasuredProgram.Workload.JOINED).scan();
            }
            System.out.println("scanned source=baseline");
            int end = System.in.read();
            assert end < 0 : "nobody writes to the baseline's standard input";
        }
    }

    /** Repeats the list until a pass finds no other record, as a single run of the product does. */
    private void scan() {
        int before;
        do {
            before = seen.size();
            pass();
        } while (seen.size() > before);
    }

    /** Joins a page while the next one is fetched and the previous one is committed. */
    private void pass() {
        LocalDate today = LocalDate.now(ZONE);
        String list = "/remoterecord/histories.json?starttime=" + today.minusDays(7) + "&endtime=" + today
                + "&per_page=100&page=";
        CompletableFuture<Void> committed = CompletableFuture.completedFuture(null);
        CompletableFuture<JsonNode> listed = api.get(list + 1);
        for (int page = 2; listed != null; page++) {
            JsonNode response = listed.join();
            listed = hasNext(response) ? api.get(list + page) : null;
            CompletableFuture<List<Event>> events = events(response.get("remoterecords"));
            committed.join();
            committed = events.thenAcceptAsync(writer::commit, writer);
        }
        committed.join();
    }

    /** A record's id and the document that its event carries. */
    record Event(String id, ObjectNode document) {}

    private CompletableFuture<List<Event>> events(JsonNode rows) {
        List<CompletableFuture<Event>> events = new ArrayList<>(rows.size());
        for (JsonNode row : rows) {
            if (seen.add(row.path("csId").asText())) {
                events.add(event(typer.type((ObjectNode) row, fields)));
            }
        }
        return CompletableFuture.allOf(events.toArray(CompletableFuture[]::new))
                .thenApply(all -> events.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<Event> event(TypedRecord row) {
        String id = row.record().get("csId").asText();
        if (!joined) {
            return CompletableFuture.completedFuture(new Event(id, new EventValue(row).toJson()));
        }
        CompletableFuture<TypedMessages> chat = row.record().path("ChatRecord").asInt() == 0
                ? CompletableFuture.completedFuture(TypedMessages.empty())
                : chat(id, 1, new ArrayList<>()).thenApply(messages::type);
        return chat.thenCombine(
                summary(id),
                (typed, summary) -> new Event(
                        id,
                        new EventValue(row)
                                .add("chatRecords", typed.messages(), typed.labels(), typed.unparsed())
                                .add("serviceSummary", summary.record(), LenientJson.object(), summary.unparsed())
                                .toJson()));
    }

    private CompletableFuture<List<JsonNode>> chat(String id, int page, List<JsonNode> before) {
        return api.get("/remoterecord/chatrecords/" + id + ".json?page=" + page + "&per_page=100")
                .thenCompose(response -> {
                    response.path("remote_chatrecords").path("contents").forEach(before::add);
                    return hasNext(response) ? chat(id, page + 1, before) : CompletableFuture.completedFuture(before);
                });
    }

    private CompletableFuture<TypedRecord> summary(String id) {
        return api.get("/servicesummary/" + id + ".json?servicesummary_type=3")
                .thenApply(response -> summaries.parse(response).orElseThrow());
    }

    static boolean hasNext(JsonNode response) {
        return response.path("next_page").isTextual();
    }
}
