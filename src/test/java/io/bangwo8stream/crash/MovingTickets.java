package io.bangwo8stream.crash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bangwo8stream.standin.SampleRows;
import io.bangwo8stream.standin.TicketStore;
import io.bangwo8stream.standin.VendorTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Tickets that are added, changed and removed, and that enter and leave the views of the help desk. One that no followed
 * view lists does not change until one lists it again: the product looks it up only once. From then on it stays in a
 * followed view until everything is published: between two scans it could return, change and leave again unseen.
 */
final class MovingTickets {

    private static final long FIRST_ID = 6_000_000;
    /** The first three are active, so that the product follows them. */
    private static final List<List<String>> VIEWS =
            List.of(List.of("2"), List.of("15"), List.of("17"), List.of("2", "15"), List.of("15", "17", "5"));

    private static final String NOT_FOLLOWED = "5";

    private final TicketStore tickets;
    private final Random random;
    private final Clock clock;
    private final List<String> listed = new ArrayList<>();
    private final List<String> unlisted = new ArrayList<>();
    private final List<String> listedAgain = new ArrayList<>();
    private long lastId = FIRST_ID;

    MovingTickets(TicketStore tickets, Random random, Clock clock) {
        this.tickets = tickets;
        this.random = random;
        this.clock = clock;
    }

    /** Makes one change; {@code text} becomes the content of a ticket. */
    void step(String text) {
        int draw = random.nextInt(12);
        if (draw < 3 || listed.isEmpty()) {
            add(text);
        } else if (draw < 5) {
            tickets.showIn(any(shown()), someViews());
        } else if (draw < 7) {
            unlist(text);
        } else if (draw < 9 && !unlisted.isEmpty()) {
            String id = takeAny(unlisted);
            tickets.showIn(id, someViews());
            listedAgain.add(id);
        } else if (draw < 10) {
            tickets.removeTicket(takeAny(listed));
        } else {
            change(any(shown()), text);
        }
    }

    private List<String> shown() {
        return listedAgain.isEmpty() || random.nextBoolean() ? listed : listedAgain;
    }

    private void add(String text) {
        ObjectNode row = SampleRows.ticket(++lastId, text, VendorTime.padded(VendorTime.now(clock)));
        tickets.addTicket(row, someViews());
        listed.add(Long.toString(lastId));
    }

    private void unlist(String text) {
        String id = takeAny(listed);
        change(id, text);
        tickets.showIn(id, random.nextBoolean() ? new String[] {} : new String[] {NOT_FOLLOWED});
        unlisted.add(id);
    }

    private void change(String id, String text) {
        tickets.changeTicket(
                id, ticket -> ticket.put("subject", text).put("updateDT", VendorTime.padded(VendorTime.now(clock))));
    }

    /**
     * To be called when everything is published. Changes none of the tickets any more that are in no followed view: after
     * the look-back they are forgotten.
     */
    void finish() {
        unlisted.clear();
        listed.addAll(listedAgain);
        listedAgain.clear();
    }

    private String[] someViews() {
        return VIEWS.get(random.nextInt(VIEWS.size())).toArray(String[]::new);
    }

    private String any(List<String> ids) {
        return ids.get(random.nextInt(ids.size()));
    }

    private String takeAny(List<String> ids) {
        return ids.remove(random.nextInt(ids.size()));
    }
}
