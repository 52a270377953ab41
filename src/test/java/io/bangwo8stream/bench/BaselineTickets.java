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

/** The baseline of tickets: reads the lists of all active views until a pass finds no other
 * ticket, then writes each ticket once, 100 a transaction. */
final class BaselineTickets {

    private static final int PER_PAGE = 100;

    private final BaselineApi api;
    private final BaselineWriter writer;
    private final RecordTyper typer = new RecordTyper(Baseline.ZONE);
    private final FieldTable fields = FieldTable.bundled("ticket");
    private final Map<String, Found> found = new LinkedHashMap<>();

    BaselineTickets(BaselineApi api, BaselineWriter writer) {
        this.api = api;
        this.writer = writer;
    }

    private record Found(ObjectNode row, TreeSet<Integer> views) {}

    void scan() {
        JsonNode views = api.get("/ticketviews.json").join().path("ticketviews");
        int before;
        do {
            before = found.size();
            views.forEach(this::listActive);
        } while (found.size() > before);
        List<Found> tickets = List.copyOf(found.values());
        for (int from = 0; from < tickets.size(); from += PER_PAGE) {
            writer.commit(tickets.subList(from, Math.min(from + PER_PAGE, tickets.size())).stream()
                    .map(this::event)
                    .toList());
        }
    }

    private void listActive(JsonNode view) {
        if (view.path("active").asText().equals("1")) {
            list(view.path("id").asInt());
        }
    }

    /** Merges a page while the next one is fetched. */
    private void list(int view) {
        String list = "/ticketviews/" + view + "/tickets.json?per_page=" + PER_PAGE + "&page=";
        CompletableFuture<JsonNode> listed = api.get(list + 1);
        for (int page = 2; listed != null; page++) {
            JsonNode response = listed.join();
            listed = Baseline.hasNext(response) ? api.get(list + page) : null;
            response.path("tickets")
                    .forEach(ticket -> found.computeIfAbsent(
                                    ticket.path("ticketId").asText(),
                                    id -> new Found((ObjectNode) ticket, new TreeSet<>()))
                            .views()
                            .add(view));
        }
    }

    private Baseline.Event event(Found ticket) {
        ArrayNode views = LenientJson.object().putArray("views");
        ticket.views().forEach(views::add);
        return new Baseline.Event(
                ticket.row().path("ticketId").asText(),
                new EventValue(typer.type(ticket.row(), fields))
                        .add("views", views)
                        .toJson());
    }
}
