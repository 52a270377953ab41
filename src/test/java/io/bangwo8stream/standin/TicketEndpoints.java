package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Ticket views, their counts and tickets, and the tickets changed since. */
final class TicketEndpoints {

    private final HelpDesk desk;
    private final TicketStore book;

    TicketEndpoints(HelpDesk desk) {
        this.desk = desk;
        book = desk.ticketBook();
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.forAgents("ticketviews", "/api/v1/ticketviews.json", this::views),
                Endpoint.forAgents("show-many", "/api/v1/ticketviews/show_many.json", this::showMany),
                Endpoint.forAgents("ticketview", "/api/v1/ticketviews/{id}.json", this::view),
                Endpoint.forAgents("view-tickets", "/api/v1/ticketviews/{id}/tickets.json", this::ticketsOfView),
                Endpoint.forAgents("view-count", "/api/v1/ticketviews/{id}/count.json", this::count),
                Endpoint.forAgents("tickets", "/api/v1/tickets.json", this::tickets));
    }

    private Answer views(Call call) {
        ObjectNode answer = Json.object();
        ArrayNode views = answer.putArray("ticketviews");
        book.views().forEach(view -> views.add(withCount(call, view)));
        return Answer.json(answer.put("count", String.valueOf(views.size())));
    }

    private Answer view(Call call) {
        return book.view(call.variable())
                .map(view -> Answer.json(Json.object().<ObjectNode>set("ticketview", withCount(call, view))))
                .orElseGet(TicketEndpoints::unknownView);
    }

    private ObjectNode withCount(Call call, ObjectNode view) {
        return book.showsCounts()
                        && call.param("fields")
                                .filter("show_tickets_num"::equals)
                                .isPresent()
                ? view.put("ticket_count", countText(view.path("id").asText()))
                : view;
    }

    private Answer ticketsOfView(Call call) {
        String view = call.variable();
        return book.view(view).isEmpty()
                ? unknownView()
                : answer(call, book.tickets(view, call.servedPage(), call.perPage()), book.count(view));
    }

    private Answer count(Call call) {
        if (book.view(call.variable()).isEmpty()) {
            return unknownView();
        }
        ObjectNode answer = Json.object();
        answer.putArray("ticketview_count").add(countOf(call.variable()));
        return Answer.json(answer);
    }

    /** {@code ids=15,2}, or as the vendor's own example writes it, {@code ids={15,2}}; unknown views are left out. */
    private Answer showMany(Call call) {
        ObjectNode answer = Json.object();
        ArrayNode counts = answer.putArray("ticketview_counts");
        String ids = call.param("ids").orElse("").replaceAll("[{}\\s]", "");
        Arrays.stream(ids.split(",")).filter(id -> book.view(id).isPresent()).forEach(id -> counts.add(countOf(id)));
        return Answer.json(answer);
    }

    private ObjectNode countOf(String viewId) {
        return Json.object().put("ticketview_id", viewId).put("count", countText(viewId));
    }

    private String countText(String viewId) {
        return String.valueOf(book.count(viewId));
    }

    private Answer tickets(Call call) {
        Optional<RecordPages.Window> created = RecordPages.Window.of(call, "created_start", "created_end");
        Optional<RecordPages.Window> updated = RecordPages.Window.of(call, "updated_start", "updated_end");
        if (created.isEmpty() || updated.isEmpty()) {
            return Answer.errcode("100010", "a date of the filter is not a date");
        }
        Comparator<ObjectNode> byUpdate =
                Comparator.comparing(ticket -> ticket.path("updateDT").asText(""));
        boolean newestFirst =
                call.param("updated_order").filter("desc"::equalsIgnoreCase).isPresent();
        return page(
                call,
                book.tickets().stream()
                        .filter(ticket -> within(created.get(), ticket, "createDT"))
                        .filter(ticket -> within(updated.get(), ticket, "updateDT"))
                        .sorted(newestFirst ? byUpdate.reversed() : byUpdate)
                        .toList());
    }

    private static boolean within(RecordPages.Window window, ObjectNode ticket, String field) {
        return window.all()
                || VendorTime.day(ticket.path(field).asText(""))
                        .filter(window::contains)
                        .isPresent();
    }

    private Answer page(Call call, List<ObjectNode> tickets) {
        return answer(call, Pages.cut(tickets, call.servedPage(), call.perPage()), tickets.size());
    }

    private Answer answer(Call call, List<ObjectNode> page, int count) {
        List<byte[]> rows = page.stream().map(Json::write).toList();
        return ListAnswer.of(call, desk.awkward(), "{\"tickets\":[", rows, "]", count);
    }

    private static Answer unknownView() {
        return Answer.errcode("100048", "Ticket view not found");
    }
}
