package io.bangwo8stream.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.record.EventValue;
import io.bangwo8stream.record.FieldTable;
import io.bangwo8stream.record.LenientJson;
import io.bangwo8stream.record.RecordTyper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** The tickets of all active views by hand: every list, then each ticket once, a hundred in a transaction. */
final class CeilingTickets {

    private static final int PAGE = 100;

    private final CeilingApi api;
    private final CeilingWriter writer;
    private final RecordTyper typer = new RecordTyper(Ceiling.ZONE);
    private final FieldTable fields = FieldTable.bundled("ticket");
    private final Map<String, Found> found = new LinkedHashMap<>();

    CeilingTickets(CeilingApi api, CeilingWriter writer) {
        this.api = api;
        this.writer = writer;
    }

    private record Found(ObjectNode row, TreeSet<Integer> views) {}

    void scan() {
        for (JsonNode view : api.get("/ticketviews.json").join().path("ticketviews")) {
            if (view.path("active").asText().equals("1")) {
                list(view.path("id").asInt());
            }
        }
        List<Found> tickets = List.copyOf(found.values());
        for (int from = 0; from < tickets.size(); from += PAGE) {
            writer.commit(tickets.subList(from, Math.min(from + PAGE, tickets.size())).stream()
                    .map(this::event)
                    .toList());
        }
    }

    /** A page is merged while the next one is fetched. */
    private void list(int view) {
        String list = "/ticketviews/" + view + "/tickets.json?per_page=" + PAGE + "&page=";
        CompletableFuture<JsonNode> listed = api.get(list + 1);
        for (int page = 2; listed != null; page++) {
            JsonNode answer = listed.join();
            listed = Ceiling.hasNext(answer) ? api.get(list + page) : null;
            answer.path("tickets")
                    .forEach(ticket -> found.computeIfAbsent(
                                    ticket.path("ticketId").asText(),
                                    id -> new Found((ObjectNode) ticket, new TreeSet<>()))
                            .views()
                            .add(view));
        }
    }

    private Ceiling.Event event(Found ticket) {
        ArrayNode views = LenientJson.object().putArray("views");
        ticket.views().forEach(views::add);
        return new Ceiling.Event(
                ticket.row().path("ticketId").asText(),
                new EventValue(typer.type(ticket.row(), fields))
                        .add("views", views)
                        .toJson());
    }
}
