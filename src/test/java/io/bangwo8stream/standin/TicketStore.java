package io.bangwo8stream.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Ticket views and the tickets they list; thread-safe. */
public final class TicketStore {

    private final Map<String, ObjectNode> views = new LinkedHashMap<>();
    private final Map<String, Set<String>> listed = new LinkedHashMap<>();
    private final Map<String, ObjectNode> tickets = new LinkedHashMap<>();
    private final TicketHistory history = new TicketHistory();
    private boolean countsShown = true;

    TicketStore() {}

    /** Adds a view; its id is the field {@code id}. */
    public synchronized void addView(ObjectNode view) {
        String id = view.path("id").asText();
        views.put(id, view.deepCopy());
        listed.putIfAbsent(id, new LinkedHashSet<>());
    }

    /** Changes a view's row. */
    public synchronized void changeView(String id, Consumer<ObjectNode> change) {
        change.accept(known(views, id, "view"));
    }

    /** Removes a view; its tickets stay. */
    public synchronized void removeView(String id) {
        views.remove(id);
        listed.remove(id);
    }

    /** Adds a ticket to the views that list it; its id is the field {@code ticketId}. */
    public synchronized void addTicket(ObjectNode ticket, String... viewIds) {
        String id = ticket.path("ticketId").asText();
        tickets.put(id, ticket.deepCopy());
        showIn(id, viewIds);
    }

    /** Lists a ticket in these views and in no others. */
    public synchronized void showIn(String ticketId, String... viewIds) {
        Set<String> wanted = Set.of(viewIds);
        wanted.forEach(view -> known(views, view, "view"));
        listed.forEach((view, ids) -> {
            if (wanted.contains(view)) {
                ids.add(ticketId);
            } else {
                ids.remove(ticketId);
            }
        });
        record(ticketId);
    }

    private void record(String ticketId) {
        Set<String> views = listed.keySet().stream()
                .filter(view -> listed.get(view).contains(ticketId))
                .collect(Collectors.toSet());
        history.add(ticketId, tickets.get(ticketId), views);
    }

    /** Keeps every version of the tickets from now on, starting with their current state. */
    public synchronized void keepHistory() {
        history.enable();
        tickets.keySet().forEach(this::record);
    }

    /** The versions of the tickets since {@link #keepHistory()}, oldest first. */
    public synchronized List<TicketVersion> history() {
        return history.versions();
    }

    /** Changes a ticket's row. */
    public synchronized void changeTicket(String id, Consumer<ObjectNode> change) {
        change.accept(known(tickets, id, "ticket"));
        record(id);
    }

    /** Removes a ticket, from all views too. */
    public synchronized void removeTicket(String id) {
        listed.values().forEach(ids -> ids.remove(id));
        tickets.remove(id);
        record(id);
    }

    private static ObjectNode known(Map<String, ObjectNode> all, String id, String kind) {
        return Optional.ofNullable(all.get(id))
                .orElseThrow(() -> new IllegalArgumentException("no " + kind + " " + id));
    }

    /** Copies of all views' rows. */
    public synchronized List<ObjectNode> views() {
        return copies(views.values());
    }

    /** A copy of a view's row. */
    public synchronized Optional<ObjectNode> view(String id) {
        return Optional.ofNullable(views.get(id)).map(ObjectNode::deepCopy);
    }

    /** Sets whether views contain the number of their tickets when a request asks for it; by default they do. */
    public synchronized void showCounts(boolean shown) {
        countsShown = shown;
    }

    synchronized boolean showsCounts() {
        return countsShown;
    }

    /** How many tickets a view lists. */
    public synchronized int count(String viewId) {
        return listed.getOrDefault(viewId, Set.of()).size();
    }

    /** Copies of all tickets' rows. */
    public synchronized List<ObjectNode> tickets() {
        return copies(tickets.values());
    }

    /** Copies of the rows of one page of the tickets that a view lists. */
    public synchronized List<ObjectNode> tickets(String viewId, int page, int perPage) {
        List<String> ids = List.copyOf(listed.getOrDefault(viewId, Set.of()));
        return copies(
                Paging.pageOf(ids, page, perPage).stream().map(tickets::get).toList());
    }

    private static List<ObjectNode> copies(Iterable<ObjectNode> rows) {
        List<ObjectNode> copies = new ArrayList<>();
        rows.forEach(row -> copies.add(row.deepCopy()));
        return copies;
    }
}
