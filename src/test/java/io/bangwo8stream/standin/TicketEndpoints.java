package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The endpoints of ticket views, their counts and their tickets, and of all tickets by date of change. */
final class TicketEndpoints {

    /** A filter may be a day, or a time such as {@code 2019-12-10 16:09:39}. */
    private static final int LENGTH_OF_DAY = 10;

    private final HelpDesk desk;
    private final TicketStore store;

    TicketEndpoints(HelpDesk desk) {
        this.desk = desk;
        store = desk.ticketStore();
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

    private StandInResponse views(StandInRequest request) {
        List<ObjectNode> views = store.views();
        List<byte[]> rows = Paging.pageOf(views, request.servedPage(), request.perPage()).stream()
                .map(view -> Json.write(withCount(request, view)))
                .toList();
        return ListResponse.of(request, desk.hasIrregularResponses(), "{\"ticketviews\":[", rows, "]", views.size());
    }

    private StandInResponse view(StandInRequest request) {
        return store.view(request.variable())
                .map(view ->
                        StandInResponse.json(Json.object().<ObjectNode>set("ticketview", withCount(request, view))))
                .orElseGet(TicketEndpoints::unknownView);
    }

    private ObjectNode withCount(StandInRequest request, ObjectNode view) {
        return store.showsCounts()
                        && request.param("fields")
                                .filter("show_tickets_num"::equals)
                                .isPresent()
                ? view.put("ticket_count", countText(view.path("id").asText()))
                : view;
    }

    private StandInResponse ticketsOfView(StandInRequest request) {
        String view = request.variable();
        return store.view(view).isEmpty()
                ? unknownView()
                : page(request, store.tickets(view, request.servedPage(), request.perPage()), store.count(view));
    }

    private StandInResponse count(StandInRequest request) {
        if (store.view(request.variable()).isEmpty()) {
            return unknownView();
        }
        ObjectNode response = Json.object();
        response.putArray("ticketview_count").add(countOf(request.variable()));
        return StandInResponse.json(response);
    }

    /** Accepts {@code ids=15,2} and, as in the vendor's example, {@code ids={15,2}}; leaves unknown views out. */
    private StandInResponse showMany(StandInRequest request) {
        ObjectNode response = Json.object();
        ArrayNode counts = response.putArray("ticketview_counts");
        String ids = request.param("ids").orElse("").replaceAll("[{}\\s]", "");
        Arrays.stream(ids.split(",")).filter(id -> store.view(id).isPresent()).forEach(id -> counts.add(countOf(id)));
        return StandInResponse.json(response);
    }

    private ObjectNode countOf(String viewId) {
        return Json.object().put("ticketview_id", viewId).put("count", countText(viewId));
    }

    private String countText(String viewId) {
        return String.valueOf(store.count(viewId));
    }

    private StandInResponse tickets(StandInRequest request) {
        Optional<DayRange> created = DayRange.of(request, "created_start", "created_end");
        Optional<DayRange> updated = DayRange.of(request, "updated_start", "updated_end");
        String updatedSince = request.param("updated_start")
                .filter(start -> start.length() > LENGTH_OF_DAY)
                .orElse("");
        if (created.isEmpty() || updated.isEmpty()) {
            return StandInResponse.errcode("100010", "a date of the filter is not a date");
        }
        Comparator<ObjectNode> byUpdate =
                Comparator.comparing(ticket -> ticket.path("updateDT").asText(""));
        boolean newestFirst =
                request.param("updated_order").filter("desc"::equalsIgnoreCase).isPresent();
        return pageOf(
                request,
                store.tickets().stream()
                        .filter(ticket -> within(created.get(), ticket, "createDT"))
                        .filter(ticket -> within(updated.get(), ticket, "updateDT"))
                        .filter(ticket -> ticket.path("updateDT").asText("").compareTo(updatedSince) >= 0)
                        .sorted(newestFirst ? byUpdate.reversed() : byUpdate)
                        .toList());
    }

    private static boolean within(DayRange days, ObjectNode ticket, String field) {
        return days.containsAll()
                || VendorTime.day(ticket.path(field).asText(""))
                        .filter(days::contains)
                        .isPresent();
    }

    private StandInResponse pageOf(StandInRequest request, List<ObjectNode> tickets) {
        return page(request, Paging.pageOf(tickets, request.servedPage(), request.perPage()), tickets.size());
    }

    private StandInResponse page(StandInRequest request, List<ObjectNode> page, int count) {
        List<byte[]> rows = page.stream().map(Json::write).toList();
        return ListResponse.of(request, desk.hasIrregularResponses(), "{\"tickets\":[", rows, "]", count);
    }

    private static StandInResponse unknownView() {
        return StandInResponse.errcode("100048", "Ticket view not found");
    }
}
