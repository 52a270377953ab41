package io.bangwo8stream.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.ChatMessages;
import io.bangwo8stream.record.EventValue;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import io.bangwo8stream.record.ServiceSummary;
import io.bangwo8stream.record.TypedMessages;
import io.bangwo8stream.record.TypedRecord;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The work of one walk by hand, as little as it can be: no routes, no state, no retries, no metrics. How fast this is
 * tells how much of the product's time is the machine's, the stand-in's and the broker's.
 */
public final class Ceiling {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final CeilingApi api;
    private final CeilingWriter writer;
    private final boolean joined;
    private final RecordTyper typer = new RecordTyper(ZONE);
    private final FieldTable fields = FieldTable.bundled("remote-record");
    private final ChatMessages messages = new ChatMessages(typer, FieldTable.bundled("chat-message"));
    private final ServiceSummary summaries = new ServiceSummary(typer, FieldTable.bundled("service-summary"));

    private Ceiling(CeilingApi api, CeilingWriter writer, boolean joined) {
        this.api = api;
        this.writer = writer;
        this.joined = joined;
    }

    /**
     * Walks once, says so, and waits to be killed, so that what it used can be read.
     *
     * @param args base URL, bootstrap servers, topic, requests in flight, and the job
     */
    public static void main(String[] args) throws IOException {
        CeilingApi api = new CeilingApi(args[0], Integer.parseInt(args[3]));
        Contender.Job job = Contender.Job.valueOf(args[4]);
        boolean tickets = job == Contender.Job.TICKETS;
        try (CeilingWriter writer = new CeilingWriter(args[1], args[2], tickets ? "ticket" : "remote-record")) {
            if (tickets) {
                new CeilingTickets(api, writer).scan();
            } else {
                new Ceiling(api, writer, job == Contender.Job.JOINED).scan();
            }
            System.out.println("scanned source=ceiling");
            int end = System.in.read();
            assert end < 0 : "nobody writes to the ceiling";
        }
    }

    /** A page is joined while the next one is fetched and the one before is committed. */
    private void scan() {
        LocalDate today = LocalDate.now(ZONE);
        String list = "/remoterecord/histories.json?starttime=" + today.minusDays(7) + "&endtime=" + today
                + "&per_page=100&page=";
        CompletableFuture<Void> committed = CompletableFuture.completedFuture(null);
        CompletableFuture<JsonNode> listed = api.get(list + 1);
        for (int page = 2; listed != null; page++) {
            JsonNode answer = listed.join();
            listed = hasNext(answer) ? api.get(list + page) : null;
            CompletableFuture<List<Event>> events = events(answer.get("remoterecords"));
            committed.join();
            committed = events.thenAcceptAsync(writer::commit, writer);
        }
        committed.join();
    }

    /** A record's id and the document that its event carries. */
    record Event(String id, ObjectNode document) {}

    private CompletableFuture<List<Event>> events(JsonNode rows) {
        List<CompletableFuture<Event>> events = new ArrayList<>(rows.size());
        rows.forEach(row -> events.add(event(typer.type((ObjectNode) row, fields))));
        return CompletableFuture.allOf(events.toArray(CompletableFuture[]::new))
                .thenApply(all -> events.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<Event> event(TypedRecord row) {
        String id = row.record().get("csId").asText();
        if (!joined) {
            return CompletableFuture.completedFuture(new Event(id, new EventValue(row).toJson()));
        }
        CompletableFuture<TypedMessages> chat = row.record().path("ChatRecord").asInt() == 0
                ? CompletableFuture.completedFuture(TypedMessages.none())
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
                .thenCompose(answer -> {
                    answer.path("remote_chatrecords").path("contents").forEach(before::add);
                    return hasNext(answer) ? chat(id, page + 1, before) : CompletableFuture.completedFuture(before);
                });
    }

    private CompletableFuture<TypedRecord> summary(String id) {
        return api.get("/servicesummary/" + id + ".json?servicesummary_type=3")
                .thenApply(answer -> summaries.interpret(answer).orElseThrow());
    }

    static boolean hasNext(JsonNode answer) {
        return answer.path("next_page").isTextual();
    }
}
